# SPDX-License-Identifier: Apache-2.0
"""Times transformers on the prompt that NetworkBench hands over, and prints what it measured as one line of JSON.

    python reference.py MODEL_DIRECTORY REQUEST.json

The request holds prefix and prompts, positions of both (3 rows), grid (t, h, w), threads, rounds and tokens; pixels are
made by the rule of ../parity/make_goldens.py. Milliseconds are of wall clock and of processor time, each the best of
all rounds.
"""
import json
import sys
import time

import numpy
import torch
from transformers import Qwen2_5_VLForConditionalGeneration


def pixels(rows):
    index = numpy.arange(rows * 1176, dtype=numpy.uint64)
    byte = ((index * numpy.uint64(2654435761)) % numpy.uint64(2**32)) >> numpy.uint64(24)
    return torch.from_numpy((byte.astype(numpy.float32) / 64 - 2).reshape(rows, 1176))


def main():
    directory, request = sys.argv[1], json.load(open(sys.argv[2]))
    torch.set_num_threads(request["threads"])
    model = Qwen2_5_VLForConditionalGeneration.from_pretrained(
        directory, torch_dtype=torch.float32, attn_implementation="sdpa").eval()
    ids = torch.tensor([request["prefix"] + request["prompts"][0]])
    positions = torch.tensor(request["positions"]).unsqueeze(1)
    grid = torch.tensor([request["grid"]])
    rows = pixels(int(grid.prod()))
    prefill, decode, words, scores = [], [], None, None
    for _ in range(request["rounds"]):
        words = []
        with torch.inference_mode():
            start = time.perf_counter(), time.process_time()
            out = model(input_ids=ids, pixel_values_videos=rows, video_grid_thw=grid, position_ids=positions,
                        use_cache=True, logits_to_keep=1)
            scores = out.logits[0, -1]
            words.append(int(scores.argmax()))
            prefill.append((time.perf_counter() - start[0], time.process_time() - start[1]))
            cache, following = out.past_key_values, int(positions.max()) + 1
            start = time.perf_counter(), time.process_time()
            for step in range(request["tokens"]):
                out = model(input_ids=torch.tensor([[words[-1]]]), past_key_values=cache, use_cache=True,
                            position_ids=torch.full((3, 1, 1), following + step),
                            cache_position=torch.tensor([ids.shape[1] + step]))
                words.append(int(out.logits[0, -1].argmax()))
            decode.append(tuple((now - then) / request["tokens"]
                                for now, then in zip((time.perf_counter(), time.process_time()), start)))
    best = lambda measured: [1000 * min(column) for column in zip(*measured)]
    print(json.dumps({"prefill_ms": best(prefill), "decode_ms": best(decode), "words": words,
                      "first_scores": scores[:5].tolist()}))


if __name__ == "__main__":
    main()
