"""Writes nano's folder: config.json, the processor's and generation's files, and the weights in half precision.

``check`` loads the folder with the reference implementation and compares logits with ``model.py``. ``--resume`` goes the other
way: it makes the checkpoints of training out of the folder and ``heads.safetensors``, so that training can go on from there.
"""

import argparse
import json
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer

from model import Config, Nano, patch_rows
from scenes import CELLS, COLUMNS, PICTURE, ROWS

MEAN = [0.48145466, 0.4578275, 0.40821073]
STD = [0.26862954, 0.26130258, 0.27577711]
HEADS = Path(__file__).with_name("heads.safetensors")


def write(nano: Nano, folder: Path, dtype: torch.dtype = torch.float16) -> None:
    """Writes everything but the tokenizer, which must be there already."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    ids = {text: tokenizer.token_to_id(text) for text in (
        "<|endoftext|>", "<|im_end|>", "<|vision_start|>", "<|vision_end|>", "<|vision_pad|>", "<|image_pad|>", "<|video_pad|>")}
    processor = {
        "min_pixels": 112 * 112, "max_pixels": 224 * 224, "patch_size": 14, "temporal_patch_size": 2, "merge_size": 2,
        "image_mean": MEAN, "image_std": STD, "image_processor_type": "Qwen2VLImageProcessor",
        "processor_class": "Qwen2_5_VLProcessor",
    }
    generation = {
        "bos_token_id": ids["<|endoftext|>"], "pad_token_id": ids["<|endoftext|>"],
        "eos_token_id": [ids["<|im_end|>"], ids["<|endoftext|>"]], "do_sample": False, "repetition_penalty": 1.0,
    }
    config = nano.model.c.published(ids) | {"torch_dtype": str(dtype).removeprefix("torch.")}
    for name, content in (("config", config), ("preprocessor_config", processor), ("generation_config", generation)):
        (folder / f"{name}.json").write_text(json.dumps(content, indent=1) + "\n")
    tensors = {name: value.detach().to(dtype).contiguous() for name, value in nano.state_dict().items()}
    save_file(tensors, folder / "model.safetensors", metadata={"format": "pt"})


def check(folder: Path) -> float:
    """Largest logit difference between the reference implementation and ``model.py`` on one random clip, in fp32."""
    from transformers import Qwen2_5_VLForConditionalGeneration

    from questions import Questions

    reference = Qwen2_5_VLForConditionalGeneration.from_pretrained(
        folder, dtype=torch.float32, attn_implementation="eager").eval()
    nano = load(folder)
    torch.manual_seed(1)
    patches = 3
    rows = patch_rows(torch.randn(patches, 2, 3, *PICTURE[::-1]))
    questions = Questions(folder / "tokenizer.json")
    asked = questions.grounding("a car enters", True, "None")
    ids = torch.tensor([questions.prefix(patches * CELLS) + asked.ids])
    before, after = questions.positions(list(range(0, 2 * patches, 2)), len(asked.ids))
    positions = torch.cat((before, after), 1)[:, None]
    with torch.no_grad():
        theirs = reference(
            input_ids=ids, pixel_values_videos=rows.flatten(0, 1), video_grid_thw=torch.tensor([[patches, 2 * ROWS, 2 * COLUMNS]]),
            position_ids=positions).logits[:, before.shape[1]:]
        embeds = nano.model.embed_tokens(ids[:, :before.shape[1]])
        embeds[ids[:, :before.shape[1]] == questions.video_pad] = nano.visual(rows).flatten(0, 1)
        follow = nano.model.embed_tokens(ids[:, before.shape[1]:])
        streams = nano.model(embeds, before[:, None], follow, after[:, None])
        ours = nano.model.logits(streams[-1][1])
    return (theirs - ours).abs().max().item()


def load(folder: Path) -> Nano:
    """The exported weights in fp32 in the training model."""
    nano = Nano()
    nano.load_state_dict({name: value.float() for name, value in load_file(folder / "model.safetensors").items()})
    return nano.eval()


def resume(folder: Path, work: Path) -> None:
    """Writes tower.pt and decoder.pt, without the optimizers' state."""
    nano = load(folder)
    heads = {name: value.float() for name, value in load_file(HEADS).items()}
    torch.save({"tower": nano.visual.state_dict()}, work / "tower.pt")
    torch.save({"decoder": nano.model.state_dict(), "heads": heads}, work / "decoder.pt")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, help="holds tower.pt and decoder.pt; without it, random weights")
    parser.add_argument("--out", type=Path, required=True, help="the model's folder")
    parser.add_argument("--resume", action="store_true", help="make WORK's checkpoints out of the folder instead")
    args = parser.parse_args()
    if args.resume:
        resume(args.out, args.work)
        return
    torch.manual_seed(0)
    model = Nano(Config())
    if args.work:
        tower, decoder = (torch.load(args.work / f"{name}.pt", map_location="cpu", weights_only=True)
                          for name in ("tower", "decoder"))
        model.visual.load_state_dict(tower["tower"])
        model.model.load_state_dict(decoder["decoder"])
        save_file({name: value.half().contiguous() for name, value in decoder["heads"].items()}, HEADS)
    write(model, args.out)
    print(f"parameters {sum(p.numel() for p in model.parameters()):,}, largest logit difference {check(args.out):.2e}")


if __name__ == "__main__":
    main()
