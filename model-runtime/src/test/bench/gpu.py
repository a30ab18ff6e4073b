# SPDX-License-Identifier: Apache-2.0
"""The other side of GpuBench: transformers on the same device, and the table of both.

    python gpu.py reference NANO DEVICE SHAPE CHECKPOINT DIRECTORY
    python gpu.py report DIRECTORY

`reference` answers DIRECTORY/nano.json by the embedded model in float32 and in bf16, writes a checkpoint of a published
shape with random weights to CHECKPOINT and answers DIRECTORY/published.json by it in bf16. Whatever fails is told and
the rest goes on. Milliseconds are of wall clock, a list of all rounds after a warm-up.
"""
import json
import statistics
import struct
import sys
import time
import traceback
from pathlib import Path

SHAPES = {
    "tiny": dict(hidden_size=256, intermediate_size=512, num_hidden_layers=3, num_attention_heads=2,
                 num_key_value_heads=1, vocab_size=151936, tie_word_embeddings=True),
    "3b": dict(hidden_size=2048, intermediate_size=11008, num_hidden_layers=36, num_attention_heads=16,
               num_key_value_heads=2, vocab_size=151936, tie_word_embeddings=True),
    "7b": dict(hidden_size=3584, intermediate_size=18944, num_hidden_layers=28, num_attention_heads=28,
               num_key_value_heads=4, vocab_size=152064, tie_word_embeddings=False),
}
VISION = dict(model_type="qwen2_5_vl", depth=32, hidden_size=1280, intermediate_size=3420, num_heads=16, patch_size=14,
              spatial_patch_size=14, spatial_merge_size=2, temporal_patch_size=2, window_size=112,
              fullatt_block_indexes=[7, 15, 23, 31], tokens_per_second=2, hidden_act="silu", in_chans=3, in_channels=3)
ROUNDS, ROUNDS_TOGETHER = 4, 2  # eight questions with a clip each take seconds


# ---------------------------------------------------------------- a checkpoint

def config(shape):
    vision = dict(VISION, out_hidden_size=SHAPES[shape]["hidden_size"])
    if shape == "tiny":
        vision.update(depth=2, hidden_size=160, intermediate_size=320, num_heads=2, fullatt_block_indexes=[1])
    return dict(SHAPES[shape], architectures=["Qwen2_5_VLForConditionalGeneration"], model_type="qwen2_5_vl",
                hidden_act="silu", rms_norm_eps=1e-6, rope_theta=1e6, max_position_embeddings=128000,
                rope_scaling={"type": "mrope", "mrope_section": [16, 24, 24]}, use_sliding_window=False,
                sliding_window=32768, max_window_layers=70, bos_token_id=151643, eos_token_id=151645,
                image_token_id=151655, video_token_id=151656, vision_start_token_id=151652,
                vision_end_token_id=151653, torch_dtype="bfloat16", vision_config=vision)


def random_model(shape, directory, device):
    """Made where it runs, then written down: reading 7 GB again would only cost time."""
    import torch
    from transformers import Qwen2_5_VLConfig, Qwen2_5_VLForConditionalGeneration
    directory.mkdir(parents=True, exist_ok=True)
    (directory / "config.json").write_text(json.dumps(config(shape)))
    (directory / "tokenizer.json").write_text("{}")
    torch.manual_seed(1)
    with torch.device(device):
        model = Qwen2_5_VLForConditionalGeneration._from_config(
            Qwen2_5_VLConfig.from_pretrained(directory), attn_implementation="sdpa", dtype=torch.bfloat16).eval()
    tied = SHAPES[shape]["tie_word_embeddings"]
    if tied:
        model.get_output_embeddings().weight = model.get_input_embeddings().weight
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            parameter.normal_(0, 0.02)
            if parameter.dim() == 1 and name.endswith("weight"):
                parameter.add_(1)
    parameters = {name.replace("model.language_model.", "model.").replace("model.visual.", "visual."): parameter.detach()
                  for name, parameter in model.named_parameters()}
    if tied:
        parameters.pop("lm_head.weight", None)
    write(directory / "model.safetensors", parameters)
    return model


def write(path, tensors):
    import torch
    header, end = {}, 0
    for name, tensor in tensors.items():
        start, end = end, end + 2 * tensor.numel()
        header[name] = {"dtype": "BF16", "shape": list(tensor.shape), "data_offsets": [start, end]}
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        for tensor in tensors.values():
            tensor.contiguous().view(torch.uint8).cpu().numpy().tofile(file)


# ---------------------------------------------------------------- transformers

class Asked:
    """One clip of a request and the model it is put to."""

    def __init__(self, model, clip, directory):
        import numpy
        import torch
        from reference import pixels
        self.torch, self.model, self.device = torch, model, next(model.parameters()).device
        self.clip, self.words = clip, clip["words"]
        self.positions = torch.tensor(clip["positions"]).unsqueeze(1)
        self.following = int(self.positions.max()) + 1
        self.grid = torch.tensor([clip["grid"]])
        if "rows" in clip:
            self.pixels = torch.from_numpy(numpy.fromfile(directory / clip["rows"], "<f4").reshape(-1, 1176))
        else:
            self.pixels = pixels(int(self.grid.prod()))

    def here(self, tensor):
        return tensor.to(self.device)

    def prefill(self, questions):
        """All questions as a batch, each with a clip of its own."""
        ids = self.torch.tensor([self.clip["prefix"] + prompt for prompt in self.clip["prompts"][:questions]])
        return self.model(input_ids=self.here(ids),
                          pixel_values_videos=self.here(self.pixels.repeat(questions, 1) if questions > 1 else self.pixels),
                          video_grid_thw=self.here(self.grid.repeat(questions, 1)),
                          position_ids=self.here(self.positions.repeat(1, questions, 1)),
                          use_cache=True, logits_to_keep=1)

    def shared(self):
        """What one can do by hand: the clip once, its cache copied for each question."""
        start = len(self.clip["prefix"])
        out = self.model(input_ids=self.here(self.torch.tensor([self.clip["prefix"]])),
                         pixel_values_videos=self.here(self.pixels), video_grid_thw=self.here(self.grid),
                         position_ids=self.here(self.positions[:, :, :start]), use_cache=True, logits_to_keep=1)
        prompts = self.torch.tensor(self.clip["prompts"])
        out.past_key_values.batch_repeat_interleave(len(prompts))
        return self.model(input_ids=self.here(prompts), past_key_values=out.past_key_values, use_cache=True,
                          position_ids=self.here(self.positions[:, :, start:].repeat(1, len(prompts), 1)), logits_to_keep=1)

    def step(self, out, questions, count):
        ids = self.torch.full((questions, 1), self.words[count], device=self.device)
        place = self.torch.full((3, questions, 1), self.following + count, device=self.device)
        return self.model(input_ids=ids, past_key_values=out.past_key_values, use_cache=True, position_ids=place)

    def answer(self, out, questions):
        best = out.logits[:, -1].argmax(-1).tolist()
        for count in range(len(self.words)):
            out = self.step(out, questions, count)
            best = out.logits[:, -1].argmax(-1).tolist()
        return best

    def scores(self):
        """The first question's scores before each of its words and after the last."""
        out = self.prefill(1)
        rows = [out.logits[0, -1].float().cpu()]
        for count in range(len(self.words)):
            out = self.step(out, 1, count)
            rows.append(out.logits[0, -1].float().cpu())
        return self.torch.stack(rows)

    def wait(self):
        if self.device.type == "cuda":
            self.torch.cuda.synchronize()

    def timed(self, rounds, what, work, times=1):
        self.wait()
        start = time.perf_counter()
        result = work()
        self.wait()
        rounds.setdefault(what, []).append((time.perf_counter() - start) * 1000 / times)
        return result

    def alone(self, rounds):
        visual = self.model.model.visual
        self.timed(rounds, "vision", lambda: visual(self.here(self.pixels).to(visual.dtype), grid_thw=self.here(self.grid)))
        out = self.timed(rounds, "whole_prefill", lambda: self.prefill(1))
        self.timed(rounds, "token", lambda: self.answer(out, 1), len(self.words))

    def together(self, rounds):
        count = len(self.clip["prompts"])
        self.timed(rounds, "questions_shared", lambda: self.answer(self.shared(), count))
        self.timed(rounds, "questions_repeated", lambda: self.answer(self.prefill(count), count))


def answer(model, request, directory, result):
    import torch
    clips = [Asked(model, clip, directory) for clip in json.loads((directory / request).read_text())["clips"]]
    with torch.inference_mode():
        with open(directory / f"{result}.f32", "wb") as file:
            for clip in clips:
                clip.scores().numpy().tofile(file)
        if model.dtype == torch.float32:
            return  # is there to be compared with, not for its speed
        rounds = {}
        for work, count in ((clips[0].alone, ROUNDS), (clips[0].together, ROUNDS_TOGETHER)):
            work({})
            for _ in range(count):
                work(rounds)
            # after each kind: whoever runs out of time keeps the first
            (directory / f"{result}.json").write_text(json.dumps(rounds))


def reference(nano, device, shape, checkpoint, directory):
    sys.path.insert(0, str(Path(__file__).parent))
    import torch
    import transformers
    from transformers import Qwen2_5_VLForConditionalGeneration
    begun = time.perf_counter()
    directory = Path(directory)
    torch.backends.cudnn.allow_tf32 = False  # float32 is what bf16 is measured by
    print(f"torch {torch.__version__}, transformers {transformers.__version__}", flush=True)

    def embedded(dtype, result):
        model = Qwen2_5_VLForConditionalGeneration.from_pretrained(nano, dtype=dtype, attn_implementation="sdpa").eval()
        answer(model.to(device), "nano.json", directory, result)

    def published():
        model = random_model(shape, Path(checkpoint), device)
        print(f"checkpoint of {shape} written after {time.perf_counter() - begun:.1f} s", flush=True)
        answer(model, "published.json", directory, "reference-published")
        if device != "cpu":
            print(f"torch's most memory: {torch.cuda.max_memory_allocated() / 2**30:.1f} GiB", flush=True)

    for work in (lambda: embedded(torch.float32, "reference-nano-fp32"),
                 lambda: embedded(torch.bfloat16, "reference-nano-bf16"), published):
        try:
            work()
        except Exception:
            traceback.print_exc()
        print(f"{time.perf_counter() - begun:.1f} s", flush=True)


# ---------------------------------------------------------------- the table

class Results:
    def __init__(self, directory, request):
        self.directory = directory
        self.words = [clip["words"] for clip in json.loads((directory / request).read_text())["clips"]]

    def scores(self, result):
        """(clips, words + 1, vocabulary), or nothing."""
        import numpy
        path = self.directory / f"{result}.f32"
        if not path.exists():
            return None
        numbers = numpy.fromfile(path, "<f4")
        rows = len(self.words) * (len(self.words[0]) + 1)
        if len(numbers) == 0 or len(numbers) % rows:
            return None
        return numbers.reshape(len(self.words), len(self.words[0]) + 1, -1)

    def times(self, result):
        path = self.directory / f"{result}.json"
        try:
            return {key: statistics.median(value) for key, value in json.loads(path.read_text()).items()
                    if isinstance(value, list)}
        except (OSError, ValueError):
            return {}

    def distance(self, name, one, other):
        import numpy
        one, other = self.scores(one), self.scores(other)
        if one is None or other is None or one.shape != other.shape:
            print(f"  {name:<46} not measured")
            return
        apart, best = numpy.abs(one - other), one.argmax(-1)[..., None]
        lost = (other.max(-1) - numpy.take_along_axis(other, best, -1)[..., 0])
        if not numpy.isfinite(apart).all():
            print(f"  {name:<46} NOT FINITE")
        print(f"  {name:<46} first scores: most {apart[:, 0].max():.4f} mean {apart[:, 0].mean():.4f}   "
              f"all: most {apart.max():.4f} mean {apart.mean():.5f}   "
              f"another best word {(lost > 0).sum()} of {lost.size} times, then at most {lost.max():.4f} short")

    def speeds(self, here, there):
        here, there = self.times(here), self.times(there)
        if "whole_prefill" in there and "vision" in there:
            there["prefill"] = there["whole_prefill"] - there["vision"]
        if "vision" in here and "prefill" in here:
            here["whole_prefill"] = here["vision"] + here["prefill"]
        if "questions" in here:
            here["questions_repeated"] = here["questions_shared"] = here["questions"]
        for key, name in (("vision", "vision"), ("prefill", "prefill without vision"), ("whole_prefill", "prefill"),
                          ("token", "a token"), ("questions_repeated", "8 questions, theirs with a clip each"),
                          ("questions_shared", "8 questions, theirs with a copied cache")):
            one, other = here.get(key), there.get(key)
            ratio = f"{other / one:.2f}" if one and other else "-"
            print(f"  {name:<42} Java {one or float('nan'):10.2f} ms   transformers {other or float('nan'):10.2f} ms   "
                  f"times faster {ratio}")
        print(f"  Java alone: {here.get('vision_arguments', float('nan')):.2f} ms of vision before the device has anything, "
              f"{here.get('token_of_all', float('nan')):.2f} ms for a token of each of 8 questions")


def report(directory):
    directory = Path(directory)
    nano = Results(directory, "nano.json")
    print("embedded model, scores apart")
    nano.distance("transformers bf16 from transformers float32", "reference-nano-bf16", "reference-nano-fp32")
    nano.distance("Java bf16 from transformers float32", "java-nano", "reference-nano-fp32")
    nano.distance("Java bf16 from transformers bf16", "java-nano", "reference-nano-bf16")
    nano.distance("Java float32 from transformers float32", "java-nano-fp32", "reference-nano-fp32")
    print("embedded model, bf16, medians")
    nano.speeds("java-nano", "reference-nano-bf16")
    published = Results(directory, "published.json")
    print("published shape, random weights, scores apart")
    published.distance("Java bf16 from transformers bf16", "java-published", "reference-published")
    print("published shape, bf16, medians")
    published.speeds("java-published", "reference-published")
    for file in sorted(directory.glob("java-*.json")):
        print(f"{file.name}: " + ", ".join(f"{key} {value}" for key, value in json.loads(file.read_text()).items()
                                           if not isinstance(value, list)))


if __name__ == "__main__":
    {"reference": reference, "report": report}[sys.argv[1]](*sys.argv[2:])
