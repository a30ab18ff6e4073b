"""Renders shards of labelled frame pairs for the vision tower: pictures uint8 [n, 2, 168, 280, 3] and ``TARGETS``."""

import argparse
from pathlib import Path

import numpy as np

import words
from render import PACKAGE, Pictures, footage, rendered
from scenes import (ALONE, APART, BACKGROUND, BOTH, CELLS, FIRST, HEIGHT, NEAR, PICTURE, SECOND, SIZES, WIDTH, Labels, Scene, Seen, Thing,
                    instants, label, look, make_scene)
from words import ENTERS, LEAVES, MEETS

SECONDS, PER_SCENE = 8.0, 2
CROWD = (0.03, 0.22, 0.4, 0.35)
LARGE, SMALL = (0.22, 0.45), (0.06, 0.15)
RESTLESS = 0.1  # share of footage without anything to ask for
UNASKED = 255  # in place of a company that is not to be learned
TARGETS = ("kind", "motion", "visible", "company", "partner", "weight")


def targets(scene: Scene, seen: Seen, labels: Labels) -> np.ndarray:
    """What every cell should say, uint8 [6, T, cells]: kind or BACKGROUND, STILL or MOVING, BOTH, FIRST or SECOND,
    ALONE, TOGETHER or CARRIED, the partner's kind or BACKGROUND, and 0 where nothing is asked."""
    patch = np.arange(len(seen.times))[:, None]
    thing, there = labels.thing, labels.thing >= 0
    if not scene.things:
        blank = np.zeros((6, *thing.shape), np.uint8)
        blank[[0, 4]], blank[5] = BACKGROUND, 1
        return blank
    first, second = seen.visible[..., 0], seen.visible[..., 1]
    visible = np.where(first & second, BOTH, np.where(first, FIRST, SECOND))
    kinds = np.array([t.kind for t in scene.things] + [BACKGROUND])
    states = [np.where(there, state[thing, patch], default) for state, default in
              ((seen.moving, 0), (visible, BOTH), (seen.company, ALONE), (kinds[seen.partner], BACKGROUND))]
    return np.stack((labels.kind, *states, ~labels.unsure)).astype(np.uint8)


def crowd(rng: np.random.Generator) -> tuple[Scene, list[int]]:
    """Two frames full of things, each where it covers no other, and the unit of each: many times the lessons of a scene. Half of
    the units are two that stand together or go along with each other."""
    things, units, kinds = [], [], list(rng.permutation(BACKGROUND))
    for unit in range(int(rng.integers(20, 60))):
        two = len(kinds) > 1 and rng.random() < 0.5
        members = [int(kind) for kind in kinds[:1 + two]]
        sizes = np.exp(rng.uniform(*np.log(SIZES), len(members))) * HEIGHT
        sizes = np.maximum(sizes, 0.5 * sizes[::-1])  # as ``meeting`` and ``errand`` have them
        x, y = rng.uniform(0, WIDTH), rng.uniform(0, HEIGHT)
        moves = rng.random() < (0.55 if two else 0.4)
        step = rng.uniform(-16, 16, 2) * moves
        if two and not moves and MEETS in map(words.held_out, members):
            continue
        gap = rng.choice((-1, 1)) * (0.45 * sizes.sum() + rng.uniform(0.5, NEAR - 2.5))
        feet = (sizes[0] - sizes[-1]) / 2
        added = [Thing(kind, float(size), bool(rng.random() < 0.5),
                       [(0.0, x + dx, y + dy), (0.5, x + dx + step[0], y + dy + step[1]), (1.0, x + dx, y + dy)])
                 for kind, size, dx, dy in zip(members, sizes, (0, gap), (0, feet))]
        apart = all(max(abs(t.path[0][1] - o.path[0][1]), abs(t.path[0][2] - o.path[0][2])) > 0.5 * (t.size + o.size) + 6
                    for t in added for o in things)
        if apart and not any(_comes_or_goes(thing) and words.held_out(thing.kind) in (ENTERS, LEAVES) for thing in added):
            things += added
            units += [unit] * len(added)
            kinds = kinds[len(added):]
    return Scene(1.0, things), units


def _comes_or_goes(thing: Thing) -> bool:
    first, second = thing.visible(np.array([0.0, 0.5]))
    return first != second


def undecided(things: list[Thing], units: list[int]) -> list[bool]:
    """Whether a thing stands so near one of another unit that nobody can say who keeps it company."""
    return [any(units[i] != units[j] and max(abs(t.path[0][1] - o.path[0][1]), abs(t.path[0][2] - o.path[0][2]))
                <= 0.45 * (t.size + o.size) + APART for j, o in enumerate(things)) for i, t in enumerate(things)]


def crowd_shard(seed: int, count: int, pictures: Pictures) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng((10, seed))
    frames = np.empty((count, 2, *PICTURE[::-1], 3), np.uint8)
    wanted = np.empty((count, len(TARGETS), CELLS), np.uint8)
    times = np.array([[0.0, 0.5]])
    for index in range(count):
        scene, units = crowd(rng)
        scene.lights = [(0.0, 0.25)] if rng.random() < 0.08 else []
        seen = look(scene, times)
        labels = label(scene, seen)
        wanted[index] = targets(scene, seen, labels)[:, 0]
        unasked = np.array([*undecided(scene.things, units), True])[labels.thing[0]]
        wanted[index, 3, unasked] = UNASKED
        frames[index] = rendered(scene, times, pictures, rng)[0]
    return frames, wanted


def shard(seed: int, count: int, pictures: Pictures, easy: bool) -> tuple[np.ndarray, np.ndarray]:
    """Pictures and targets [n, 6, cells]."""
    rng = np.random.default_rng((8 if easy else 7, seed))
    frames = np.empty((count, 2, *PICTURE[::-1], 3), np.uint8)
    wanted = np.empty((count, len(TARGETS), CELLS), np.uint8)
    for index in range(0, count, PER_SCENE):
        # small things need more practice than they have a share of
        sizes = LARGE if easy else SIZES if rng.random() < 0.7 else SMALL
        restless = not easy and rng.random() < RESTLESS
        scene = Scene(SECONDS) if restless else make_scene(rng, SECONDS, chances=CROWD, sizes=sizes)
        times = instants(rng, scene)
        chosen = np.sort(rng.permutation(len(times))[:PER_SCENE])
        seen = look(scene, times)
        wanted[index:index + PER_SCENE] = targets(scene, seen, label(scene, seen))[:, chosen].swapaxes(0, 1)
        frames[index:index + PER_SCENE] = (footage(times[chosen], pictures, rng) if restless else
                                           rendered(scene, times[chosen], pictures, rng, easy))
    return frames, wanted


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--shards", type=int, nargs=2, default=(0, 6), metavar=("FIRST", "END"))
    parser.add_argument("--count", type=int, default=2048)
    parser.add_argument("--sort", choices=("pairs", "easy", "crowd"), default="pairs",
                        help="easy: large things before plain backgrounds, to begin with; crowd: pictures full of things")
    args = parser.parse_args()
    loaded = Pictures(args.work / PACKAGE)
    for number in range(*args.shards):
        name = args.work / f"{args.sort}-{number:02d}.npy"
        if name.exists():
            continue
        if args.sort == "crowd":
            frames, wanted = crowd_shard(number, args.count, loaded)
        else:
            frames, wanted = shard(number, args.count, loaded, args.sort == "easy")
        np.save(args.work / f"{args.sort}-{number:02d}-targets.npy", wanted)
        np.save(name.with_suffix(".tmp.npy"), frames)
        name.with_suffix(".tmp.npy").rename(name)
