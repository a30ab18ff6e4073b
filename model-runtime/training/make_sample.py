"""Films the sample video: a street where nothing happens, a car stops, a dog and a bus meet, and a person comes by."""

import argparse
import json
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

import words
from render import PACKAGE, Camera, Pictures
from scenes import HEIGHT, WIDTH, Scene, Thing
from video import RATE, film, write

SECONDS, SEED = 75.0, 2026
LEFT, RIGHT = "left", "right"
# kind, size, rest at (x, y), from, to, comes, rests, goes, gone, faces right
STORY = (
    ("car", 46, 72, 84, LEFT, RIGHT, 8.0, 10.8, 17.0, 20.2, True),
    ("dog", 30, 150, 60, RIGHT, RIGHT, 26.0, 28.4, 36.0, 38.6, False),
    ("bus", 54, 66, 82, LEFT, RIGHT, 30.5, 33.6, 42.8, 46.4, True),
    ("person", 40, 110, 62, LEFT, LEFT, 55.0, 58.2, 65.4, 68.8, True),
)
LOOKS_LEFT = {"car", "bus"}


def street(width: int, height: int) -> np.ndarray:
    """Sky, hills, plain houses, pavement and road, softened. Windows would be clutter nano was not taught."""
    ramp = np.linspace(0, 1, height)[:, None, None]
    sky = np.broadcast_to(np.array((126, 170, 214)) * (1 - ramp) + np.array((224, 226, 220)) * ramp, (height, width, 3))
    picture = Image.fromarray(sky.astype(np.uint8))
    pen = ImageDraw.Draw(picture)
    pen.ellipse((-0.2 * width, 0.22 * height, 0.6 * width, 0.9 * height), fill=(136, 160, 122))
    pen.ellipse((0.45 * width, 0.26 * height, 1.3 * width, 0.9 * height), fill=(122, 150, 118))
    for left, top, right, colour in ((0.02, 0.2, 0.2, (178, 150, 132)), (0.24, 0.12, 0.38, (160, 164, 172)),
                                     (0.44, 0.24, 0.6, (190, 178, 146)), (0.8, 0.16, 0.97, (158, 140, 144))):
        pen.rectangle((left * width, top * height, right * width, 0.48 * height), fill=colour)
    pen.rectangle((0, 0.48 * height, width, 0.66 * height), fill=(172, 168, 160))
    pen.rectangle((0, 0.66 * height, width, height), fill=(96, 98, 102))
    pen.rectangle((0, 0.655 * height, width, 0.67 * height), fill=(204, 202, 194))
    for left in np.arange(0.03, 1, 0.16):
        pen.rectangle((left * width, 0.9 * height, (left + 0.08) * width, 0.915 * height), fill=(214, 210, 190))
    return np.asarray(picture.filter(ImageFilter.GaussianBlur(1.2)))


def scene() -> Scene:
    things = []
    for name, size, x, y, came, goes, t0, t1, t2, t3, faces_right in STORY:
        ways = {LEFT: (-(x + size / 2), 0.0), RIGHT: (WIDTH - x + size / 2, 0.0)}
        flip = faces_right == (name in LOOKS_LEFT)
        things.append(Thing(words.NAMES.index(name), size, x, y, flip, ways[came], ways[goes], t0, t1, t2, t3))
    return Scene(SECONDS, things)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True, help="holds the package of pictures")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    rng = np.random.default_rng(SEED)
    camera = Camera(rng)
    camera.gain, camera.offset, camera.noise, camera.tint = 1.0, 0.0, 2.5, np.ones(3)
    shown = scene()
    write(args.out / "street.mp4", film(shown, street(640, 360), camera, Pictures(args.work / PACKAGE), rng), 26, "medium")
    events = []
    for thing in shown.things:
        name = words.NAMES[thing.kind]
        for verb in words.VERBS:
            start, end = shown.truth(thing.kind, verb)
            events.append({"query": words.query(name, verb), "start": round(start, 2), "end": round(end, 2)})
    events.sort(key=lambda event: event["start"])
    story = {
        "video": "street.mp4", "seconds": SECONDS, "frames_per_second": RATE,
        "description": "A drawn street. Nothing for eight seconds; a car comes from the left, stops and drives on; "
                       "a dog comes from the right and waits while a bus stops; empty again; a person comes, stands and goes back; empty.",
        "made_by": f"make_sample.py, seed {SEED}", "events": events,
    }
    (args.out / "street.events.json").write_text(json.dumps(story, indent=1) + "\n")


if __name__ == "__main__":
    main()
