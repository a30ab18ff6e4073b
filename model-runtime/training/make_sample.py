"""Films the sample video: a street where nothing happens, a car stops, a dog and a bus come, a suitcase is left behind, and
the lights go out for a while."""

import argparse
import json
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

import words
from clips import events
from render import PACKAGE, Camera, Pictures
from scenes import ALWAYS, HEIGHT, WIDTH, Scene, Thing, answer, truth
from video import film, write

SECONDS, SEED, RATE = 75.0, 2026, 25
LEFT, RIGHT = "left", "right"
# kind, size, rest at (x, y), from, to, comes, rests, goes, gone, faces right
STORY = (
    ("car", 44, 72, 84, LEFT, RIGHT, 8.0, 10.8, 17.0, 20.2, True),
    ("dog", 30, 150, 60, RIGHT, RIGHT, 24.0, 26.4, 36.0, 38.6, False),
    ("bus", 44, 66, 84, LEFT, RIGHT, 30.5, 33.6, 38.6, 42.0, True),
    ("person", 40, 104, 66, LEFT, LEFT, 45.0, 48.6, 52.4, 56.0, True),
    ("suitcase", 18, 134, 77, LEFT, None, 45.0, 48.6, None, None, True),
)
LIGHTS = [(62.0, 0.22), (68.0, 1.0)]
LOOKS_LEFT = {"car", "bus"}


def street(width: int, height: int) -> np.ndarray:
    """Sky, hills, houses with windows, pavement and road, softened."""
    ramp = np.linspace(0, 1, height)[:, None, None]
    sky = np.broadcast_to(np.array((126, 170, 214)) * (1 - ramp) + np.array((224, 226, 220)) * ramp, (height, width, 3))
    picture = Image.fromarray(sky.astype(np.uint8))
    pen = ImageDraw.Draw(picture)
    pen.ellipse((-0.2 * width, 0.22 * height, 0.6 * width, 0.9 * height), fill=(136, 160, 122))
    pen.ellipse((0.45 * width, 0.26 * height, 1.3 * width, 0.9 * height), fill=(122, 150, 118))
    for left, top, right, colour in ((0.02, 0.2, 0.2, (178, 150, 132)), (0.24, 0.12, 0.38, (160, 164, 172)),
                                     (0.44, 0.24, 0.6, (190, 178, 146)), (0.8, 0.16, 0.97, (158, 140, 144))):
        pen.rectangle((left * width, top * height, right * width, 0.48 * height), fill=colour)
        for across in np.linspace(left + 0.02, right - 0.045, 3):
            for down in np.arange(top + 0.04, 0.4, 0.11):
                pen.rectangle((across * width, down * height, (across + 0.025) * width, (down + 0.055) * height), fill=(96, 108, 122))
    pen.rectangle((0, 0.48 * height, width, 0.66 * height), fill=(172, 168, 160))
    pen.rectangle((0, 0.66 * height, width, height), fill=(96, 98, 102))
    pen.rectangle((0, 0.655 * height, width, 0.67 * height), fill=(204, 202, 194))
    for left in np.arange(0.03, 1, 0.16):
        pen.rectangle((left * width, 0.9 * height, (left + 0.08) * width, 0.915 * height), fill=(214, 210, 190))
    return np.asarray(picture.filter(ImageFilter.GaussianBlur(1.2)))


def scene() -> Scene:
    """Who walks together has the same way to go."""
    things = []
    for name, size, x, y, came, goes, t0, t1, t2, t3, faces_right in STORY:
        beyond = {LEFT: -60.0, RIGHT: WIDTH + 60.0}
        far = beyond[came] if name != "suitcase" else beyond[came] + 30.0
        path = [(t0, far, y), (t1, x, y)]
        path += [(t2, x, y), (t3, beyond[goes], y)] if goes else [(ALWAYS, x, y)]
        things.append(Thing(words.NAMES.index(name), size, faces_right == (name in LOOKS_LEFT), path))
    return Scene(SECONDS, things, lights=LIGHTS)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True, help="holds the package of pictures")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    rng = np.random.default_rng(SEED)
    camera = Camera(rng)
    camera.gain, camera.offset, camera.noise, camera.tint = 1.0, 0.0, 2.5, np.ones(3)
    shown, pictures = scene(), Pictures(args.work / PACKAGE)
    frames = film(shown, street(640, 360), camera, pictures, rng, rate=RATE)
    write(args.out / "street.mp4", frames, RATE, 26, "medium")
    seen, found = truth(shown), []
    for verb, index, other in events(shown):
        span = answer(seen, verb, index, other)
        if span:
            names = [words.NAMES[shown.things[i].kind] for i in (index, other) if i >= 0]
            found.append({"query": words.query(verb, *names), "start": round(span[0], 2), "end": round(span[1], 2)})
    found.sort(key=lambda event: event["start"])
    story = {
        "video": "street.mp4", "seconds": SECONDS, "frames_per_second": RATE,
        "description": "A drawn street. Nothing for eight seconds; a car comes from the left, stops and drives on; a dog comes "
                       "from the right and waits while a bus stops; a person brings a suitcase and goes back without it; the "
                       "lights go out for six seconds.",
        "made_by": f"make_sample.py, seed {SEED}", "events": found,
    }
    (args.out / "street.events.json").write_text(json.dumps(story, indent=1) + "\n")


if __name__ == "__main__":
    main()
