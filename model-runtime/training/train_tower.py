"""Stage A: teaches the vision tower alone to say, per merged token, kind, motion and visibility in the codebook."""

import argparse
import math
import re
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

import together
import words
from codebook import Codebook, brightness
from export import MEAN, STD
from model import Nano, Tower, patch_rows
from muon import Optimizers
from pairs import TARGETS, UNASKED
from scenes import ALONE, BACKGROUND, BOTH, COLUMNS, FIRST, ROWS, SECOND


def pixels(frames: np.ndarray | Tensor) -> Tensor:
    """uint8 [n, 2, height, width, 3] to normalised patch rows [n, N, 1176]."""
    rows = patch_rows(torch.as_tensor(frames).permute(0, 1, 4, 2, 3)).unflatten(2, (3, -1))
    mean, std = (torch.tensor(values, device=rows.device)[:, None] for values in (MEAN, STD))
    return torch.addcmul(-mean / std, rows.float(), 1 / (255 * std)).flatten(2)


def jitter(frames: Tensor) -> Tensor:
    """Each pair in another light, with more noise: for a GPU, which sees every pair dozens of times."""
    def spread(low: float, high: float, *shape: int) -> Tensor:
        return torch.empty(len(frames), *shape, device=frames.device).uniform_(low, high)

    gain = spread(-0.25, 0.25, 1, 1, 1, 1).exp() * spread(0.94, 1.06, 1, 1, 1, 3)
    noise = torch.randn(frames.shape, device=frames.device) * spread(0, 4, 1, 1, 1, 1)
    return (frames * gain + spread(-8, 8, 1, 1, 1, 1) + noise).clamp(0, 255).byte()


SHARD = re.compile(r"(easy|crowd|pairs)-\d+\.npy")
SHELF = 64  # pairs of a batch that come out of one shard: a batch of a GPU is several of a processor


class Shards:
    """Rendered shards, in a GPU's memory if there is one, and deleted once they are there if that is wanted; looks for new ones
    now and then. The first is kept for evaluation."""

    def __init__(self, work: Path, device: str, consume: bool):
        self.work, self.device, self.consume, self.open, self.kept = work, device, consume, {}, work / "pairs-00.npy"

    def refresh(self) -> None:
        for path in sorted(self.work.glob("*.npy")):
            if path not in self.open and SHARD.fullmatch(path.name):
                targets = np.load(path.with_name(path.stem + "-targets.npy"))
                self.open[path] = tuple(torch.from_numpy(part).to(self.device) for part in (np.load(path, mmap_mode="c"), targets))
                if self.consume and path != self.kept:
                    path.unlink()

    def batch(self, count: int, rng: np.random.Generator, sort: str) -> tuple[Tensor, Tensor]:
        """Pairs of a sort, at most ``SHELF`` out of one shard."""
        train = [path for path in self.open if path != self.kept and path.name.startswith(sort)]
        parts = [self._some(train[rng.integers(len(train))], min(count - begin, SHELF), rng) for begin in range(0, count, SHELF)]
        return tuple(torch.cat(part) for part in zip(*parts))

    def _some(self, path: Path, count: int, rng: np.random.Generator) -> tuple[Tensor, Tensor]:
        frames, targets = self.open[path]
        index = torch.from_numpy(np.sort(rng.integers(0, len(frames), count))).to(self.device)
        frames, targets = frames[index], targets[index].long()
        if rng.random() < 0.5:  # all of them in a mirror
            frames, targets = frames.flip(3), targets.unflatten(2, (ROWS, COLUMNS)).flip(3).flatten(2)
        if rng.random() < 0.5:  # all of them backwards: what comes goes
            frames, visible = frames.flip(1), targets[:, TARGETS.index("visible")]
            visible.copy_(torch.where(visible == BOTH, BOTH, FIRST + SECOND - visible))
        return frames, targets

    def held_out(self, count: int) -> tuple[Tensor, Tensor]:
        frames, targets = self.open[self.kept]
        return frames[:count], targets[:count].long()


RARE = torch.tensor((1.0, 6.0, 6.0))  # weights of ALONE, TOGETHER, CARRIED
# kinds whose meetings are held out are always alone in training: that is not taught, or they would learn "never"
LONERS = torch.tensor([words.held_out(kind) == words.MEETS for kind in range(BACKGROUND)] + [False])


def losses(feature: Tensor, targets: Tensor, light: Tensor, codes: Codebook) -> tuple[Tensor, dict[str, float]]:
    """``feature`` [n, cells, H], ``targets`` [n, 6, cells] as ``pairs.TARGETS``, ``light`` [n, 2] octaves."""
    kind, motion, visible, company, partner, weight = targets.unbind(1)
    there, said = kind != BACKGROUND, codes.read(feature)
    known = (company != UNASKED) & ~LONERS.to(kind.device)[kind]
    company = torch.where(known, company, ALONE)
    known = known & there
    paired = known & (partner != BACKGROUND)
    weight = weight * torch.where(there, 2.5, 0.7)
    parts = {
        "kind": (F.cross_entropy(said["kind"].flatten(0, 1), kind.flatten(), reduction="none") * weight.flatten()).mean(),
        "motion": F.cross_entropy(said["motion"][there], motion[there]),
        "visible": F.cross_entropy(said["visible"][there], visible[there]),
        "company": F.cross_entropy(said["company"][known], company[known], RARE.to(feature.device)) if known.any() else feature.sum() * 0,
        "partner": F.cross_entropy(said["partner"][paired], partner[paired]) if paired.any() else feature.sum() * 0,
        "light": (said["light"] - light[:, None]).square().mean(),
    }
    whole = codes.feature(kind, motion, visible, company, partner, light[:, None])
    square = ((feature - whole).square().sum(-1) * (weight > 0) * (known | ~there)).mean()
    loss = (parts["kind"] + 0.3 * (parts["motion"] + parts["visible"] + parts["company"]) + 0.3 * parts["partner"]
            + 0.1 * parts["light"] + 0.02 * square)

    def hits(name: str, wanted: Tensor, where: Tensor) -> float:
        return (said[name].argmax(-1) == wanted)[where].float().mean().item()

    empty = ~there & (weight > 0)
    return loss, {
        "kind": parts["kind"].item(), "there": hits("kind", kind, there), "empty": hits("kind", kind, empty),
        "motion": hits("motion", motion, there), "visible": hits("visible", visible, there),
        "company": hits("company", company, known & (company > 0)), "partner": hits("partner", partner, paired),
        "light": parts["light"].item(), "square": square.item(),
    }


@torch.no_grad()
def evaluate(tower: Tower, shards: Shards, codes: Codebook) -> dict[str, float]:
    frames, targets = shards.held_out(768)
    device = frames.device
    with torch.autocast(device.type, torch.bfloat16):
        feature = torch.cat([tower(pixels(part)) for part in frames.split(64)])
    return losses(feature.float(), targets, brightness(frames), codes)[1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True, help="shards are read and tower.pt is written here")
    parser.add_argument("--minutes", type=float, required=True)
    parser.add_argument("--batch", type=int, default=48)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--easy", type=int, default=300, help="steps on large things before plain backgrounds, to begin with")
    parser.add_argument("--jitter", action="store_true", help="more light and noise, where every pair is seen often")
    parser.add_argument("--consume", action="store_true", help="delete a shard once it is in the GPU's memory")
    parser.add_argument("--muon-lr", type=float, default=0.02)
    parser.add_argument("--adam-lr", type=float, default=2e-3)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    rank = together.join()
    shards = Shards(args.work, args.device, args.consume)
    nano = Nano()
    tower, codes = nano.visual.to(args.device), Codebook(nano.model.c.hidden_size).to(args.device)
    optimizers = Optimizers(list(tower.named_parameters()), args.muon_lr, args.adam_lr)
    checkpoint, spent, step = args.work / "tower.pt", 0.0, 0
    if checkpoint.exists():
        saved = torch.load(checkpoint, map_location=args.device, weights_only=True)
        tower.load_state_dict(saved["tower"])
        if "optimizers" in saved:
            optimizers.load_state_dict(saved["optimizers"])
            spent, step = saved["spent"], saved["step"]
    rng = np.random.default_rng((args.seed, rank, step))
    clock, last, running = together.Clock(spent), time.time(), {}
    while (spent := clock.spent()) < args.minutes * 60:
        if step % 100 == 0 or not shards.open:
            shards.refresh()
        progress = spent / (args.minutes * 60)
        crowds = rng.random() < max(0.15, 0.75 - progress)
        sort = "easy" if step < args.easy else "crowd" if crowds else "pairs"
        frames, targets = shards.batch(args.batch, rng, sort)
        if args.jitter:
            frames = jitter(frames)
        rows = pixels(frames)
        with torch.autocast(rows.device.type, torch.bfloat16):
            feature = tower(rows)
        loss, parts = losses(feature.float(), targets, brightness(frames), codes)
        loss.backward()
        optimizers.step(min(1, (step + 1) / 50) * (0.5 + 0.5 * math.cos(math.pi * progress) if progress > 0 else 1))
        step += 1
        for name, value in parts.items():
            name = name if sort == "pairs" else f"{sort} {name}"
            if name not in (*parts, "crowd there", "crowd empty", "easy there") or value != value:
                continue
            running[name] = 0.95 * running.get(name, value) + 0.05 * value
        if step % 25 == 0 and rank == 0:
            print(f"{spent / 60:5.1f} min step {step} " + " ".join(f"{k} {v:.3f}" for k, v in running.items()), flush=True)
        if time.time() - last > 150 and rank == 0:
            last = time.time()
            print("      held out: " + " ".join(f"{k} {v:.3f}" for k, v in evaluate(tower, shards, codes).items()), flush=True)
            torch.save({"tower": tower.state_dict(), "optimizers": optimizers.state_dict(), "spent": spent, "step": step},
                       checkpoint)
    if rank > 0:
        return
    print("held out:", evaluate(tower, shards, codes), flush=True)
    torch.save({"tower": tower.state_dict(), "optimizers": optimizers.state_dict(), "spent": spent, "step": step}, checkpoint)


if __name__ == "__main__":
    main()
