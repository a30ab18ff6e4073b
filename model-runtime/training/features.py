"""Rendered clips of 16 s, and what the frozen tower sees in them: features float16, written once, used often."""

import argparse
import pickle
from pathlib import Path

import numpy as np
import torch

from clips import Clip, recast, window
from codebook import Codebook
from model import Nano
from pairs import RESTLESS
from render import PACKAGE, Pictures, footage, rendered
from scenes import RATES, Scene, instants, make_scene
from train_tower import pixels

SECONDS = 16.0


class Cache:
    """All cached clips of a folder, by the rate of their frames; a draw may be any window of one, half of them recast."""

    def __init__(self, work: Path):
        self.clips: dict[str, list[tuple[Scene, np.ndarray, torch.Tensor]]] = {rate: [] for rate in RATES}
        for path in sorted(work.glob("features-*.pt")):
            saved = torch.load(path, weights_only=False)
            for (rate, scene, times), feature in zip(pickle.loads(saved["clips"]), saved["features"]):
                self.clips[rate].append((scene, times, feature))
        self.codes = Codebook(feature.shape[-1])

    def clip(self, rng: np.random.Generator, patches: int, rate: str) -> Clip:
        shelf = [clip for clip in self.clips[rate] if len(clip[1]) >= patches]
        whole, times, feature = shelf[rng.integers(len(shelf))]
        begin = int(rng.integers(len(times) - patches + 1))
        clip = Clip(*window(whole, times, begin, patches), feature[begin:begin + patches].float())
        return recast(clip, self.codes, rng) if rng.random() < 0.5 else clip


@torch.no_grad()
def see(work: Path, seed: int, count: int) -> None:
    """Writes ``features-SEED.pt``: new clips as the tower of now sees them."""
    pictures = Pictures(work / PACKAGE)
    tower = Nano().visual
    tower.load_state_dict(torch.load(work / "tower.pt", weights_only=True)["tower"])
    clips, features = [], []
    for number in range(count):
        rng = np.random.default_rng((41, seed, number))
        rate = str(rng.choice(list(RATES), p=list(RATES.values())))
        restless = rng.random() < RESTLESS
        scene = Scene(SECONDS) if restless else make_scene(rng, SECONDS)
        times = instants(rng, scene, rate)
        frames = footage(times, pictures, rng) if restless else rendered(scene, times, pictures, rng)
        with torch.autocast("cpu", torch.bfloat16):
            features.append(tower(pixels(frames)).half())
        clips.append((rate, scene, times))
    target = work / f"features-{seed}.pt"
    torch.save({"clips": pickle.dumps(clips), "features": features}, target.with_suffix(".tmp"))
    target.with_suffix(".tmp").rename(target)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True, help="holds tower.pt and the package of pictures")
    parser.add_argument("--seed", type=int, required=True, help="also names the file")
    parser.add_argument("--clips", type=int, default=1000)
    parser.add_argument("--threads", type=int, default=1)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    see(args.work, args.seed, args.clips)
