# SPDX-License-Identifier: Apache-2.0
"""Writes the tiny random checkpoint and the reference's own numbers on it, for TinyParityTest.

    python -m venv .venv && .venv/bin/pip install -r requirements.txt && .venv/bin/python make_goldens.py

Position ids are computed here, by the original release's rule (spec section 0.1), and handed to the reference, because
its releases disagree with each other about videos.
"""
import hashlib
import json
import pathlib

import numpy
import safetensors
import tokenizers
import torch
import transformers
from safetensors.torch import save_file
from transformers import Qwen2_5_VLConfig, Qwen2_5_VLForConditionalGeneration

SEED = 20260101
OUT = pathlib.Path(__file__).parent.parent / "resources/dev/longwatch/model/network"
CHECKPOINT = OUT / "tiny"
# 256 bytes, then these; the network's rows beyond are padding, as in published models
SPECIAL = ["<|endoftext|>", "<|im_start|>", "<|im_end|>", "<|vision_start|>", "<|vision_end|>", "<|vision_pad|>",
           "<|image_pad|>", "<|video_pad|>"]
END_OF_TEXT, TURN_START, TURN_END, VISION_START, VISION_END, VISION, IMAGE, VIDEO = range(256, 264)

CONFIG = {
    "architectures": ["Qwen2_5_VLForConditionalGeneration"],
    "model_type": "qwen2_5_vl",
    "hidden_size": 64,
    "intermediate_size": 80,
    "num_hidden_layers": 2,
    "num_attention_heads": 4,
    "num_key_value_heads": 2,
    "vocab_size": 272,
    "hidden_act": "silu",
    "rms_norm_eps": 1e-06,
    "rope_theta": 1000000.0,
    "rope_scaling": {"type": "mrope", "mrope_section": [2, 3, 3]},
    "max_position_embeddings": 4096,
    "use_sliding_window": False,
    "tie_word_embeddings": False,
    "bos_token_id": END_OF_TEXT,
    "eos_token_id": TURN_END,
    "image_token_id": IMAGE,
    "video_token_id": VIDEO,
    "vision_start_token_id": VISION_START,
    "vision_end_token_id": VISION_END,
    "torch_dtype": "float16",
    "vision_config": {
        "depth": 4,
        "hidden_act": "silu",
        "hidden_size": 32,
        "in_chans": 3,
        "intermediate_size": 48,
        "num_heads": 2,
        "out_hidden_size": 64,
        "patch_size": 14,
        "spatial_merge_size": 2,
        "temporal_patch_size": 2,
        "tokens_per_second": 2,
        "window_size": 112,
        "fullatt_block_indexes": [1, 3],
    },
}


PREPROCESSOR = {
    "min_pixels": 3136,
    "max_pixels": 25088,
    "patch_size": 14,
    "temporal_patch_size": 2,
    "merge_size": 2,
    "image_mean": [0.48145466, 0.4578275, 0.40821073],
    "image_std": [0.26862954, 0.26130258, 0.27577711],
}


def tokenizer():
    """Every byte is a token, and there are no merges."""
    bytes_ = sorted(tokenizers.pre_tokenizers.ByteLevel.alphabet())
    made = tokenizers.Tokenizer(tokenizers.models.BPE({byte: i for i, byte in enumerate(bytes_)}, []))
    made.pre_tokenizer = tokenizers.pre_tokenizers.ByteLevel(add_prefix_space=False)
    made.decoder = tokenizers.decoders.ByteLevel()
    made.add_special_tokens(SPECIAL)
    return made


def pixels(rows):
    """Numbers that any language makes alike: eighths of a byte's range, all exact in float32."""
    index = numpy.arange(rows * 1176, dtype=numpy.uint64)
    byte = ((index * numpy.uint64(2654435761)) % numpy.uint64(2**32)) >> numpy.uint64(24)
    return torch.from_numpy((byte.astype(numpy.float32) / 64 - 2).reshape(rows, 1176))


def positions(ids, blocks):
    """Original rule: text counts on; after a block comes one more than its farthest corner on any axis."""
    columns, following, at, blocks = [], 0, 0, list(blocks)
    while at < len(ids):
        if ids[at] not in (IMAGE, VIDEO):
            columns.append((following,) * 3)
            following, at = following + 1, at + 1
            continue
        (t, h, w), seconds_per_grid = blocks.pop(0)
        box = []
        for a in range(t):
            time = int(torch.tensor(float(a)) * torch.tensor(seconds_per_grid) * 2) if t > 1 else 0
            box += [(following + time, following + b, following + c) for b in range(h // 2) for c in range(w // 2)]
        columns += box
        following, at = max(max(place) for place in box) + 1, at + len(box)
    return torch.tensor(columns, dtype=torch.int64).T.unsqueeze(1), following


def randomise(model):
    generator = torch.Generator().manual_seed(SEED)
    for name, weight in model.named_parameters():
        noise = torch.randn(weight.shape, generator=generator)
        if weight.dim() == 1:
            value = noise * 0.1 if name.endswith("bias") else 1 + noise * 0.1
        else:
            value = noise / weight[0].numel() ** 0.5 * 1.5
        weight.data = value.half().float()  # what the file holds exactly


def legacy(name):
    return name.replace("model.visual.", "visual.").replace("model.language_model.", "model.")


def tap(model, case):
    """Keeps what leaves each box."""
    taps = {}

    def keep(name):
        def hook(module, arguments, output):
            value = output[0] if isinstance(output, tuple) else output
            taps.setdefault(name, []).append(value.detach().reshape(-1, value.shape[-1]).contiguous())
        return hook

    visual, language = model.model.visual, model.model.language_model
    handles = [visual.patch_embed.register_forward_hook(keep("vision.patch_embed"))]
    for i, block in enumerate(visual.blocks):
        handles.append(block.attn.register_forward_hook(keep(f"vision.{i}.attn")))
        handles.append(block.register_forward_hook(keep(f"vision.{i}")))
    handles.append(visual.register_forward_hook(keep("vision.merged")))
    for i, layer in enumerate(language.layers):
        handles.append(layer.self_attn.register_forward_hook(keep(f"decoder.{i}.attn")))
        handles.append(layer.register_forward_hook(keep(f"decoder.{i}")))
    with torch.no_grad():
        logits = model(**case).logits[0]
    for handle in handles:
        handle.remove()
    named = {"logits": logits.contiguous()}
    for name, values in taps.items():
        # images and videos go through the vision tower one after the other
        for call, value in enumerate(values):
            named[name if len(values) == 1 else f"{name}@{call}"] = value
    return named


def goldens(model, name, ids, images, videos, seconds_per_grid):
    blocks = [(grid, 0.0) for grid in images] + [(grid, seconds_per_grid) for grid in videos]
    place, following = positions(ids, blocks)

    def case(ids, place):
        case = {"input_ids": torch.tensor([ids]), "position_ids": place}
        if images:
            case["pixel_values"] = pixels(sum(t * h * w for t, h, w in images))
            case["image_grid_thw"] = torch.tensor(images)
        if videos:
            case["pixel_values_videos"] = pixels(sum(t * h * w for t, h, w in videos))
            case["video_grid_thw"] = torch.tensor(videos)
        return case

    named = tap(model, case(ids, place))
    continuation, margin, all_ids, all_place = [], [], list(ids), place
    for step in range(12):
        with torch.no_grad():
            scores = model(**case(all_ids, all_place)).logits[0, -1]
        best = scores.topk(2)
        continuation.append(int(best.indices[0]))
        margin.append(float(best.values[0] - best.values[1]))
        all_ids.append(continuation[-1])
        all_place = torch.cat([all_place, torch.full((3, 1, 1), following + step)], -1)
    named["ids"] = torch.tensor(ids, dtype=torch.float32)
    named["positions"] = place[:, 0].float().contiguous()
    named["continuation"] = torch.tensor(continuation, dtype=torch.float32)
    save_file(named, str(OUT / f"goldens-{name}.safetensors"))
    return {"continuation": continuation, "narrowest_margin": min(margin)}


def main():
    CHECKPOINT.mkdir(parents=True, exist_ok=True)
    (CHECKPOINT / "config.json").write_text(json.dumps(CONFIG, indent=2) + "\n")
    config = Qwen2_5_VLConfig(**{key: value for key, value in CONFIG.items() if key != "torch_dtype"})
    config._attn_implementation = "eager"
    model = Qwen2_5_VLForConditionalGeneration(config).float().eval()
    randomise(model)
    save_file({legacy(name): value.half().contiguous() for name, value in model.state_dict().items()},
              str(CHECKPOINT / "model.safetensors"), {"format": "pt"})
    (CHECKPOINT / "preprocessor_config.json").write_text(json.dumps(PREPROCESSOR, indent=2) + "\n")
    (CHECKPOINT / "generation_config.json").write_text(json.dumps({"eos_token_id": [TURN_END, END_OF_TEXT]}) + "\n")
    tokenizer().save(str(CHECKPOINT / "tokenizer.json"))
    config.save_pretrained(OUT / "nested")  # the layout that newer releases write

    text = lambda *words: list(words)
    video = goldens(model, "video", text(5, 6, 7, VISION_START) + [VIDEO] * 45 + text(VISION_END, 8, 9, 10, 11, 12),
                    [], [(3, 6, 10)], 0.75)
    mixed = goldens(model, "mixed", text(5, VISION_START) + [IMAGE] * 6 + text(VISION_END, 20, 21, VISION_START)
                    + [VIDEO] * 16 + text(VISION_END, 22, 23, 24), [(1, 4, 6)], [(2, 4, 8)], 1.25)
    manifest = {
        "seed": SEED,
        "versions": {"torch": torch.__version__, "transformers": transformers.__version__,
                     "safetensors": safetensors.__version__, "numpy": numpy.__version__},
        "checkpoint_sha256": hashlib.sha256((CHECKPOINT / "model.safetensors").read_bytes()).hexdigest(),
        "rebuild": "src/test/parity/make_goldens.py",
        "video": video,
        "mixed": mixed,
    }
    (OUT / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n")


if __name__ == "__main__":
    main()
