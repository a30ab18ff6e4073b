"""Stage A: teaches the vision tower alone to say, per merged token, kind, motion and visibility in the codebook."""

import argparse
import math
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from codebook import Codebook, KINDS
from export import MEAN, STD
from model import Nano, Tower, patch_rows
from muon import Optimizers


def pixels(frames: np.ndarray | Tensor, gain: Tensor | float = 1.0, shift: Tensor | float = 0.0) -> Tensor:
    """uint8 [n, 2, height, width, 3] to normalised patch rows [n, N, 1176]; ``gain`` and ``shift`` [n, 1, 3, 1] of 0..1 pixels."""
    rows = patch_rows(torch.as_tensor(frames).permute(0, 1, 4, 2, 3)).unflatten(2, (3, -1))
    mean, std = torch.tensor(MEAN)[:, None], torch.tensor(STD)[:, None]
    return torch.addcmul((shift - mean) / std, rows.float(), gain / (255 * std)).flatten(2)


def exposure(count: int, generator: torch.Generator) -> tuple[Tensor, Tensor]:
    """A random gain with a tint, and a shift, for each of ``count`` pairs, [count, 1, 3, 1]."""
    gain = 0.75 + 0.5 * torch.rand(count, 1, 1, 1, generator=generator)
    tint = 0.94 + 0.12 * torch.rand(count, 1, 3, 1, generator=generator)
    return gain * tint, 0.08 * torch.rand(count, 1, 1, 1, generator=generator) - 0.04


class Shards:
    """Rendered shards; looks for new ones now and then. The first shard is kept for evaluation."""

    def __init__(self, work: Path, limit: int):
        self.work, self.limit, self.open = work, limit, {}

    def refresh(self) -> None:
        for path in sorted(self.work.glob("pairs-[0-9][0-9].npy"))[:self.limit]:
            if path not in self.open:
                labels = np.load(path.with_name(path.stem + "-labels.npy"))
                self.open[path] = torch.from_numpy(np.load(path)), torch.from_numpy(labels).long()

    def batch(self, count: int, rng: np.random.Generator) -> tuple[Tensor, Tensor]:
        paths = list(self.open)
        train = paths[1:] or paths
        frames, labels = self.open[train[rng.integers(len(train))]]
        index = torch.from_numpy(rng.integers(0, len(frames), count))
        frames, labels = frames[index], labels[index]
        if rng.random() < 0.5:  # the whole batch in a mirror
            return frames.flip(3), labels.view(-1, 3, 4, 7).flip(3).flatten(2)
        return frames, labels

    def held_out(self, count: int) -> tuple[Tensor, Tensor]:
        frames, labels = next(iter(self.open.values()))
        return frames[:count], labels[:count]


def losses(feature: Tensor, labels: Tensor, codes: Codebook) -> tuple[Tensor, dict[str, float]]:
    kind, motion, visible = labels.unbind(1)
    there = kind != KINDS - 1
    kinds, motions, visibles = codes.read(feature)
    weight = torch.where(there, 2.0, 0.7)
    kind_loss = (F.cross_entropy(kinds.flatten(0, 1), kind.flatten(), reduction="none") * weight.flatten()).mean()
    motion_loss = F.cross_entropy(motions[there], motion[there])
    visible_loss = F.cross_entropy(visibles[there], visible[there])
    square = (feature - codes.feature(kind, motion, visible)).square().sum(-1).mean()
    right = kinds.argmax(-1) == kind
    parts = {
        "kind": kind_loss.item(), "there": right[there].float().mean().item(), "empty": right[~there].float().mean().item(),
        "motion": (motions[there].argmax(-1) == motion[there]).float().mean().item(),
        "visible": (visibles[there].argmax(-1) == visible[there]).float().mean().item(), "square": square.item(),
    }
    return kind_loss + 0.3 * motion_loss + 0.3 * visible_loss + 0.02 * square, parts


@torch.no_grad()
def evaluate(tower: Tower, shards: Shards, codes: Codebook) -> dict[str, float]:
    frames, labels = shards.held_out(512)
    device = tower.patch_embed.proj.weight.device
    with torch.autocast(device.type, torch.bfloat16):
        feature = torch.cat([tower(pixels(part).to(device)) for part in frames.split(64)])
    return losses(feature.float(), labels.to(device), codes)[1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True, help="shards are read and tower.pt is written here")
    parser.add_argument("--minutes", type=float, default=40)
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--shards", type=int, default=10)
    parser.add_argument("--muon-lr", type=float, default=0.02)
    parser.add_argument("--adam-lr", type=float, default=2e-3)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    rng, generator = np.random.default_rng(args.seed), torch.Generator().manual_seed(args.seed)
    shards = Shards(args.work, args.shards)
    nano = Nano()
    tower, codes = nano.visual.to(args.device), Codebook(nano.model.c.hidden_size).to(args.device)
    optimizers = Optimizers(list(tower.named_parameters()), args.muon_lr, args.adam_lr)
    checkpoint, spent, step = args.work / "tower.pt", 0.0, 0
    if checkpoint.exists():
        saved = torch.load(checkpoint, map_location=args.device, weights_only=True)
        tower.load_state_dict(saved["tower"])
        optimizers.load_state_dict(saved["optimizers"])
        spent, step = saved["spent"], saved["step"]
    began, last = time.time() - spent, time.time()
    running = {}
    while (spent := time.time() - began) < args.minutes * 60:
        if step % 100 == 0 or not shards.open:
            shards.refresh()
        frames, labels = shards.batch(args.batch, rng)
        rows = pixels(frames, *exposure(len(frames), generator)).to(args.device)
        with torch.autocast(rows.device.type, torch.bfloat16):
            feature = tower(rows)
        loss, parts = losses(feature.float(), labels.to(args.device), codes)
        loss.backward()
        progress = spent / (args.minutes * 60)
        optimizers.step(min(1, (step + 1) / 50) * (0.5 + 0.5 * math.cos(math.pi * progress) if progress > 0 else 1))
        step += 1
        for name, value in parts.items():
            running[name] = 0.95 * running.get(name, value) + 0.05 * value
        if step % 25 == 0:
            print(f"{spent / 60:5.1f} min step {step} " + " ".join(f"{k} {v:.3f}" for k, v in running.items()), flush=True)
        if time.time() - last > 150:
            last = time.time()
            print("      held out: " + " ".join(f"{k} {v:.3f}" for k, v in evaluate(tower, shards, codes).items()), flush=True)
            torch.save({"tower": tower.state_dict(), "optimizers": optimizers.state_dict(), "spent": spent, "step": step},
                       checkpoint)
    print("held out:", evaluate(tower, shards, codes), flush=True)
    torch.save({"tower": tower.state_dict(), "optimizers": optimizers.state_dict(), "spent": spent, "step": step}, checkpoint)


if __name__ == "__main__":
    main()
