"""Renders shards of labelled frame pairs for the vision tower: pictures uint8 [n, 2, 112, 196, 3], labels uint8 [n, 3, 28]."""

import argparse
from pathlib import Path

import numpy as np

from render import PACKAGE, Camera, Pictures, background, compress, draw
from scenes import HEIGHT, WIDTH, label, look, make_scene

SECONDS, PER_SCENE = 6, 2
CROWD = (0.02, 0.18, 0.3, 0.3, 0.2)


def shard(seed: int, count: int, pictures: Pictures) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng((7, seed))
    frames = np.empty((count, 2, HEIGHT, WIDTH, 3), np.uint8)
    labels = np.empty((count, 3, 28), np.uint8)
    for index in range(0, count, PER_SCENE):
        scene = make_scene(rng, SECONDS, CROWD)
        said = label(scene, look(scene, SECONDS))
        canvas, camera = background(rng, WIDTH, HEIGHT), Camera(rng)
        for n, patch in enumerate(rng.permutation(SECONDS)[:PER_SCENE]):
            for half in (0, 1):
                frame = camera.expose(draw(canvas, scene, patch + half / 2, pictures), rng)
                frames[index + n, half] = compress(frame, rng)
            labels[index + n] = said.kind[patch], said.motion[patch], said.visible[patch]
    return frames, labels


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--shards", type=int, nargs=2, default=(0, 6), metavar=("FIRST", "END"))
    parser.add_argument("--count", type=int, default=4096)
    args = parser.parse_args()
    loaded = Pictures(args.work / PACKAGE)
    for number in range(*args.shards):
        frames, labels = shard(number, args.count, loaded)
        np.save(args.work / f"pairs-{number:02d}-labels.npy", labels)
        np.save(args.work / f"pairs-{number:02d}.tmp.npy", frames)
        (args.work / f"pairs-{number:02d}.tmp.npy").rename(args.work / f"pairs-{number:02d}.npy")
