"""Rendered clips of 16 s, and what the frozen tower sees in them: features float16, written once, used often."""

import argparse
import pickle
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch

from clips import Clip, recast, window
from codebook import Codebook
from model import Nano, Tower
from pairs import RESTLESS
from render import PACKAGE, Pictures, footage, rendered
from scenes import RATES, Scene, instants, make_scene
from train_tower import pixels

SECONDS = 16.0


class Cache:
    """All cached clips of a folder, by the rate of their frames; a draw may be any window of one, half of them recast."""

    def __init__(self, work: Path):
        self.work, self.files = work, set()
        self.clips: dict[str, list[tuple[Scene, np.ndarray, torch.Tensor]]] = {rate: [] for rate in RATES}
        self.refresh()
        self.codes = Codebook(next(shelf[0][2].shape[-1] for shelf in self.clips.values() if shelf))

    def refresh(self) -> None:
        """Opens what has come since. Files are mapped, so that processes share their memory."""
        for path in sorted(self.work.glob("features-*.pt")):
            if path not in self.files:
                self.files.add(path)
                saved = torch.load(path, weights_only=False, mmap=True)
                for (rate, scene, times), feature in zip(pickle.loads(saved["clips"]), saved["features"]):
                    self.clips[rate].append((scene, times, feature))

    def clip(self, rng: np.random.Generator, patches: int, rate: str) -> Clip:
        shelf = [clip for clip in self.clips[rate] if len(clip[1]) >= patches]
        whole, times, feature = shelf[rng.integers(len(shelf))]
        begin = int(rng.integers(len(times) - patches + 1))
        clip = Clip(*window(whole, times, begin, patches), feature[begin:begin + patches].float())
        return recast(clip, self.codes, rng) if rng.random() < 0.5 else clip


def films(seed: int, count: int, pictures: Pictures) -> Iterator[tuple[tuple[str, Scene, np.ndarray], np.ndarray]]:
    """New clips, and their frames."""
    for number in range(count):
        rng = np.random.default_rng((41, seed, number))
        rate = str(rng.choice(list(RATES), p=list(RATES.values())))
        restless = rng.random() < RESTLESS
        scene = Scene(SECONDS) if restless else make_scene(rng, SECONDS)
        times = instants(rng, scene, rate)
        yield (rate, scene, times), footage(times, pictures, rng) if restless else rendered(scene, times, pictures, rng)


@torch.no_grad()
def see(tower: Tower, frames: np.ndarray) -> torch.Tensor:
    """Features of one clip."""
    device = tower.patch_embed.proj.weight.device
    with torch.autocast(device.type, torch.bfloat16):
        return tower(pixels(torch.as_tensor(frames).to(device))).half().cpu()


def write(target: Path, clips: list[tuple[str, Scene, np.ndarray]], **tensors: list[torch.Tensor]) -> None:
    """Appears under its name when it is whole."""
    torch.save({"clips": pickle.dumps(clips), **tensors}, target.with_suffix(".tmp"))
    target.with_suffix(".tmp").rename(target)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True, help="holds tower.pt and the package of pictures")
    parser.add_argument("--seeds", type=int, nargs=2, default=(1, 2), metavar=("FIRST", "END"), help="each names a file")
    parser.add_argument("--clips", type=int, default=1000, help="in each file")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--film", action="store_true", help="only render, into film-SEED.pt: the tower is still being trained")
    parser.add_argument("--watch", action="store_true", help="turn the films that are there, and all that come, into features")
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    if not args.film:
        tower = Nano().visual
        tower.load_state_dict(torch.load(args.work / "tower.pt", map_location="cpu", weights_only=True)["tower"])
        tower.to(args.device)
    while args.watch:
        for film in sorted(args.work.glob("film-*.pt")):
            saved = torch.load(film, weights_only=False, mmap=True)
            features = [see(tower, frames) for frames in saved["frames"]]
            write(args.work / f"features-{film.stem[5:]}.pt", pickle.loads(saved["clips"]), features=features)
            film.unlink()
        time.sleep(1)
    pictures = Pictures(args.work / PACKAGE)
    for seed in range(*args.seeds):
        target = args.work / f"{'film' if args.film else 'features'}-{seed}.pt"
        if target.exists():
            continue
        clips, seen = [], []
        for clip, frames in films(seed, args.clips, pictures):
            clips.append(clip)
            seen.append(torch.from_numpy(frames) if args.film else see(tower, frames))
        write(target, clips, **{"frames" if args.film else "features": seen})


if __name__ == "__main__":
    main()
