"""Measures an exported folder on labelled mp4s with the reference implementation, greedily, with CANON positions."""

import argparse
import json
import re
from collections import defaultdict
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

import words
from questions import Questions
from train_tower import pixels
from video import sample

SPAN = re.compile(r"The given query happens in (\d+\.\d) - (\d+\.\d) seconds\.")
LONGEST = 24


class Reference:
    """Qwen2_5_VLForConditionalGeneration with the prefix of a clip computed once."""

    def __init__(self, folder: Path):
        from transformers import Qwen2_5_VLForConditionalGeneration

        self.model = Qwen2_5_VLForConditionalGeneration.from_pretrained(folder, dtype=torch.float32).eval()
        self.questions = Questions(folder / "tokenizer.json")
        self.end = self.questions.encode("<|im_end|>")[0]
        self.yes, self.no = self.questions.encode("The")[0], self.questions.encode("None")[0]

    @torch.no_grad()
    def answers(self, seconds: list[float], rows: Tensor, queries: list[str], suffix: bool) -> list[tuple[str, float]]:
        """For each query the answer's text, and the share of "The" against "None" at its first token."""
        patches, count = len(rows), len(queries)
        times = [int(np.float32(s) * np.float32(2)) for s in seconds[::2]]
        asked = [self.questions.grounding(query, suffix, "") for query in queries]
        asked = [question.ids[:question.answer] for question in asked]
        length = max(map(len, asked))
        prefix = torch.tensor([self.questions.prefix(patches * 28)])
        before, after = self.questions.positions(times, length + LONGEST)
        seen = self.model(input_ids=prefix, pixel_values_videos=rows.flatten(0, 1), position_ids=before[:, None],
                          video_grid_thw=torch.tensor([[patches, 8, 14]]), use_cache=True)
        cache, past = seen.past_key_values, prefix.shape[1]
        cache.batch_repeat_interleave(count)
        ids = torch.zeros(count, length, dtype=torch.long)
        positions = torch.zeros(3, count, length + LONGEST, dtype=torch.long)
        mask = torch.ones(count, past + length + LONGEST, dtype=torch.long)
        for row, question in enumerate(asked):
            pads = length - len(question)
            ids[row, pads:] = torch.tensor(question)
            positions[:, row, pads:] = after[:, :length + LONGEST - pads]
            mask[row, past:past + pads] = 0
        said, ended, begin = [], torch.zeros(count, dtype=torch.bool), 0
        for _ in range(LONGEST):
            end = begin + ids.shape[1]
            out = self.model(input_ids=ids, past_key_values=cache, position_ids=positions[:, :, begin:end], use_cache=True,
                             attention_mask=mask[:, :past + end], cache_position=torch.arange(past + begin, past + end))
            last = out.logits[:, -1]
            if not said:
                shares = torch.sigmoid(last[:, self.yes] - last[:, self.no]).tolist()
            ids, begin = last.argmax(-1, keepdim=True), end
            said.append(ids[:, 0])
            ended |= ids[:, 0] == self.end
            if ended.all():
                break
        texts = [self.questions.tokenizer.decode(tokens, skip_special_tokens=False).split("<|im_end|>")[0]
                 for tokens in torch.stack(said, 1).tolist()]
        return list(zip(texts, shares))


def overlap(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Intersection over union of two spans."""
    both = min(a[1], b[1]) - max(a[0], b[0])
    return max(0.0, both) / (a[1] - a[0] + b[1] - b[0] - max(0.0, both)) if both > 0 else 0.0


def measure(folder: Path, labels: Path, scenes: int | None, suffix: bool) -> dict:
    reference = Reference(folder)
    lines = [json.loads(line) for line in labels.read_text().splitlines()]
    by_video = defaultdict(list)
    for line in lines:
        by_video[line["video"]].append(line)
    results = []
    for video in list(by_video)[:scenes]:
        seconds, frames = sample(labels.parent / video)
        rows = pixels(frames.reshape(-1, 2, *frames.shape[1:]))
        asked = by_video[video]
        said = reference.answers(seconds, rows, [line["query"] for line in asked], suffix)
        for line, (text, share) in zip(asked, said):
            match = SPAN.fullmatch(text)
            span = (float(match[1]), float(match[2])) if match else None
            iou = overlap(span, line["spans"][0]) if span and line["spans"] else 0.0
            results.append({**line, "text": text, "share": share, "span": span, "iou": iou,
                            "readable": match is not None or text == words.NONE})
    return summary(results) | {"results": results}


def summary(results: list[dict]) -> dict:
    present = [r for r in results if r["spans"]]
    absent = [r for r in results if not r["spans"]]
    iou = np.array([r["iou"] for r in present])
    found = [r for r in present if r["span"]]
    edges = [abs(r["span"][side] - r["spans"][0][side]) for r in found for side in (0, 1)]
    return {
        "scenes": len({r["video"] for r in results}), "present": len(present), "absent": len(absent),
        "mIoU": iou.mean(), "R1@0.3": (iou >= 0.3).mean(), "R1@0.5": (iou >= 0.5).mean(), "R1@0.7": (iou >= 0.7).mean(),
        "present answered None": np.mean([r["text"] == words.NONE for r in present]),
        "absent answered with an event": np.mean([r["text"] != words.NONE for r in absent]),
        "median border error s": float(np.median(edges)) if edges else None,
        "unreadable": np.mean([not r["readable"] for r in results]),
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--labels", type=Path, required=True)
    parser.add_argument("--scenes", type=int, help="only the first ones")
    parser.add_argument("--no-suffix", action="store_true", help="ask without the absent-answer sentence")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--out", type=Path, help="every single answer, as JSON lines")
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    measured = measure(args.model, args.labels, args.scenes, not args.no_suffix)
    answers = measured.pop("results")
    if args.out:
        args.out.write_text("".join(json.dumps(r) + "\n" for r in answers))
    for name, value in measured.items():
        print(f"{name:32} {value if isinstance(value, int) or value is None else round(float(value), 3)}")
