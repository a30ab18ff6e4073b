"""Rendered clips, and what the frozen tower sees in them: features float16 [n, 16, 28, H], written once, used often."""

import argparse
import pickle
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch

from clips import Clip
from model import Nano
from render import PACKAGE, Camera, Pictures, background, compress, draw
from scenes import HEIGHT, WIDTH, Scene, label, look, make_scene
from train_tower import pixels

SECONDS = 16
CHANCES = (0.06, 0.3, 0.34, 0.3)


def rendered(scene: Scene, pictures: Pictures, rng: np.random.Generator) -> np.ndarray:
    """The sampled frames of a clip, uint8 [patches, 2, 112, 196, 3]."""
    canvas, camera = background(rng, WIDTH, HEIGHT), Camera(rng)
    frames = [compress(camera.expose(draw(canvas, scene, k / 2, pictures), rng), rng)
              for k in range(2 * int(scene.seconds))]
    return np.stack(frames).reshape(-1, 2, HEIGHT, WIDTH, 3)


def shifted(scene: Scene, begin: float, seconds: float) -> Scene:
    """The same things in a window that begins later."""
    things = [replace(t, t0=t.t0 - begin, t1=t.t1 - begin, t2=t.t2 - begin, t3=t.t3 - begin) for t in scene.things]
    return Scene(seconds, things)


class Cache:
    """All cached clips of a folder; a draw may be any window of one."""

    def __init__(self, work: Path):
        self.scenes: list[Scene] = []
        features = []
        for path in sorted(work.glob("features-*.pt")):
            saved = torch.load(path, weights_only=False)
            self.scenes += pickle.loads(saved["scenes"])
            features.append(saved["features"])
        self.features = torch.cat(features)

    def clip(self, rng: np.random.Generator, patches: int) -> Clip:
        index = int(rng.integers(len(self.scenes)))
        begin = int(rng.integers(SECONDS - patches + 1))
        scene = shifted(self.scenes[index], begin, patches)
        seen = look(scene, patches)
        feature = self.features[index, begin:begin + patches].float()
        return Clip(scene, seen, label(scene, seen), feature)


def render_clips(work: Path, seed: int, count: int) -> None:
    """Writes ``clips-SEED.npy``, uint8 [count, 16, 2, 112, 196, 3], and its scenes."""
    pictures = Pictures(work / PACKAGE)
    frames = np.lib.format.open_memmap(
        work / f"clips-{seed}.npy", "w+", np.uint8, (count, SECONDS, 2, HEIGHT, WIDTH, 3))
    scenes = []
    for number in range(count):
        rng = np.random.default_rng((41, seed, number))
        scenes.append(make_scene(rng, SECONDS, CHANCES))
        frames[number] = rendered(scenes[-1], pictures, rng)
    (work / f"clips-{seed}.pkl").write_bytes(pickle.dumps(scenes))


@torch.no_grad()
def see(work: Path, seed: int, first: int, end: int) -> None:
    """Writes ``features-SEED-FIRST.pt``: what the tower of now makes of those clips."""
    tower = Nano().visual
    tower.load_state_dict(torch.load(work / "tower.pt", weights_only=True)["tower"])
    frames = np.load(work / f"clips-{seed}.npy", mmap_mode="r")[first:end]
    scenes = pickle.loads((work / f"clips-{seed}.pkl").read_bytes())[first:end]
    features = torch.empty(len(frames), SECONDS, 28, tower.c.out_hidden_size, dtype=torch.float16)
    for number, clip in enumerate(frames):
        with torch.autocast("cpu", torch.bfloat16):
            features[number] = tower(pixels(np.array(clip)))
    torch.save({"scenes": pickle.dumps(scenes), "features": features}, work / f"features-{seed}-{first}.pt")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True, help="holds tower.pt and the package of pictures")
    parser.add_argument("--seed", type=int, required=True, help="also names the files")
    parser.add_argument("--render", type=int, default=0, metavar="CLIPS", help="render so many clips instead")
    parser.add_argument("--part", type=int, nargs=2, default=(0, None), metavar=("FIRST", "END"), help="see only these clips")
    parser.add_argument("--threads", type=int, default=1)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    if args.render:
        render_clips(args.work, args.seed, args.render)
    else:
        see(args.work, args.seed, *args.part)
