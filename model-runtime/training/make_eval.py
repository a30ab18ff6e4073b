"""Writes held-out clips of 16 s as mp4 (320x180, H.264) and their labels; seeds never meet those of training.

``labels.jsonl``: {"video", "query", "spans", "group"} for ``longwatch eval``; no span means that it does not happen.
``captions.jsonl``: {"video", "events": [{"start", "end", "text"}]}. ``about.jsonl``: beside each label whether its pair of
object and event was held out of training, and whether it is put in the usual words; ``groups.py`` reads it.
"""

import argparse
import json
from pathlib import Path

import numpy as np

import words
from clips import events, order
from render import PACKAGE, Camera, Pictures, background, poles
from scenes import Scene, Thing, answer, label, look, make_scene, truth
from video import film, write
from words import MEETS, VERBS

SECONDS = 16.0
SHORTEST = 1.0
PRESENT, ASKED = 4, 7
RATES = (10, 12, 15)
PICTURE = (320, 180)


def does_what_is_held_out(things: list[Thing]) -> bool:
    """Whether one of the things does what training never shows its kind do."""
    seen = truth(Scene(SECONDS, things))
    return any(answer(seen, verb, index, other) not in (None, False)
               for verb, index, other in events(Scene(SECONDS, things))
               if verb not in words.LIGHTS and words.held_out(things[index].kind) == verb)


def queries(scene: Scene, rng: np.random.Generator) -> list[dict]:
    """Up to four queries of things that happen, those of held-out pairs first in every other scene, the rest of things that
    do not: some of things that are there, some of others."""
    seen, present, absent = truth(scene), [], []
    for verb, index, other in events(scene):
        said = answer(seen, verb, index, other)
        kinds = [scene.things[i].kind for i in (index, other) if i >= 0]
        if said is None:
            absent.append((verb, kinds, []))
        elif said and said[1] - said[0] >= SHORTEST:
            present.append((verb, kinds, [[round(said[0], 2), round(said[1], 2)]]))
    rng.shuffle(present)
    rng.shuffle(absent)
    if rng.random() < 0.5:
        present.sort(key=lambda asked: not words.is_held_out(asked[0], asked[1]))
    chosen = present[:PRESENT] + absent[:2]
    here = {thing.kind for thing in scene.things}
    others = [int(kind) for kind in rng.permutation(len(words.NAMES)) if kind not in here]
    while len(chosen) < ASKED:
        verb = VERBS[rng.choice(7, p=(0.46, 0.1, 0.1, 0.1, 0.1, 0.07, 0.07))]
        kinds = [others.pop()]
        if verb == MEETS:
            kinds.append(scene.things[rng.integers(len(scene.things))].kind if scene.things else others.pop())
        chosen.append((verb, kinds, []))
    return [_line(verb, kinds, spans, rng) for verb, kinds, spans in chosen]


def _line(verb: str, kinds: list[int], spans: list, rng: np.random.Generator) -> dict:
    usual = bool(rng.random() < 0.5)
    form = 0 if usual else int(rng.integers(1, len(words.PHRASES[verb])))
    text = words.query(verb, *[words.NAMES[kind] for kind in kinds], form=form, colour=not usual and bool(rng.random() < 0.3))
    return {"query": text, "spans": spans, "group": verb, "held out": words.is_held_out(verb, kinds), "usual": usual}


def caption(scene: Scene) -> list[dict]:
    seen = truth(scene)
    rows = []
    for index, _, _, came, went in order(seen, label(scene, seen)):
        start, end = answer(seen, words.THERE, index)
        rows.append({"start": round(start, 2), "end": round(end, 2),
                     "text": words.description(words.NAMES[scene.things[index].kind], came, went)})
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scenes", type=int, nargs=2, default=(0, 1000), metavar=("FIRST", "END"))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--work", type=Path, required=True, help="holds the package of pictures")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--quality", type=int, nargs=2, default=(20, 30), help="x264 crf from..to")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    pictures = Pictures(args.work / PACKAGE)
    lines: dict[str, list[dict]] = {"labels": [], "captions": [], "about": []}
    for number in range(*args.scenes):
        rng = np.random.default_rng((31, args.seed, number))
        wanted = does_what_is_held_out if rng.random() < 0.5 else None
        scene = make_scene(rng, SECONDS, training=False, wanted=wanted)
        asked = queries(scene, rng)
        name = f"scene-{number:04d}.mp4"
        lines["captions"].append({"video": name, "events": caption(scene)})
        for line in asked:
            lines["labels"].append({"video": name} | {key: line[key] for key in ("query", "spans", "group")})
            lines["about"].append({"video": name} | {key: line[key] for key in ("query", "held out", "usual")})
        if (args.out / name).exists():
            continue
        canvas, camera, bars = background(rng, *PICTURE, pictures), Camera(rng), poles(rng, *PICTURE)
        part = args.out / f"part-{number:04d}.mp4"
        write(part, film(scene, canvas, camera, pictures, rng, bars, rate := int(rng.choice(RATES))), rate,
              int(rng.integers(*args.quality)))
        part.rename(args.out / name)
    for name, rows in lines.items():
        (args.out / f"{name}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))


if __name__ == "__main__":
    main()
