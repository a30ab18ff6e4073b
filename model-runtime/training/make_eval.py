"""Writes held-out clips of 16 s as mp4 (448x256, 25 fps, H.264) and ``labels.jsonl`` with true spans.

Each line is {"video", "query", "spans"}; no span means that it does not happen. Seeds never meet those of training.
"""

import argparse
import json
from pathlib import Path

import numpy as np

import words
from render import PACKAGE, Camera, Pictures, background
from scenes import Scene, answer, look, make_scene
from video import film, write

SECONDS = 16
SHORTEST = 1.0


def queries(scene: Scene, rng: np.random.Generator) -> list[tuple[str, list[list[float]]]]:
    """About four queries of things that happen and two of things that do not."""
    seen = look(scene, SECONDS)
    present, absent = [], []
    for index, thing in enumerate(scene.things):
        name = words.NAMES[thing.kind]
        for verb in words.VERBS:
            said, span = answer(scene, seen, index, verb), scene.truth(thing.kind, verb)
            form = int(rng.integers(len(words.PHRASES[verb]))) if rng.random() < 0.5 else 0
            if said and span and span[1] - span[0] >= SHORTEST:
                present.append((words.query(name, verb, form), [[round(span[0], 2), round(span[1], 2)]]))
            elif said is None and span is None:
                absent.append((words.query(name, verb, form), []))
    rng.shuffle(present)
    here = {thing.kind for thing in scene.things}
    chosen = present[:4] + absent[:1]
    others = [kind for kind in rng.permutation(len(words.NAMES)) if kind not in here]
    for kind in others[:6 - len(chosen)]:
        verb = words.VERBS[rng.choice(3, p=(0.5, 0.25, 0.25))]
        chosen.append((words.query(words.NAMES[kind], verb), []))
    return chosen


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scenes", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--work", type=Path, required=True, help="holds the package of pictures")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--quality", type=int, nargs=2, default=(20, 30), help="x264 crf from..to")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    pictures = Pictures(args.work / PACKAGE)
    with open(args.out / "labels.jsonl", "w") as labels:
        for number in range(args.scenes):
            rng = np.random.default_rng((31, args.seed, number))
            scene = make_scene(rng, SECONDS)
            asked = queries(scene, rng)
            name = f"scene-{number:03d}.mp4"
            canvas, camera = background(rng, 448, 256), Camera(rng)
            write(args.out / name, film(scene, canvas, camera, pictures, rng), int(rng.integers(*args.quality)))
            for query, spans in asked:
                labels.write(json.dumps({"video": name, "query": query, "spans": spans}) + "\n")
            labels.flush()


if __name__ == "__main__":
    main()
