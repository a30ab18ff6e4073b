"""Pixels for scenes: backgrounds, pictures of things, camera and compression faults."""

import io
import tarfile
from functools import lru_cache
from pathlib import Path

import numpy as np
from PIL import Image, ImageFilter

import words
from scenes import HEIGHT, WIDTH, Scene

PACKAGE = "emoji-datasource-google-16.0.0.tgz"


class Pictures:
    """The 64-px pictures of all kinds out of the npm package, resized on demand."""

    def __init__(self, package: Path):
        with tarfile.open(package) as archive:
            self.originals = [
                Image.open(io.BytesIO(archive.extractfile(f"package/img/google/64/{code}.png").read())).convert("RGBA")
                for code in words.KINDS.values()
            ]
        self.sized = lru_cache(maxsize=20_000)(self._sized)

    def _sized(self, kind: int, width: int, height: int, flip: bool) -> np.ndarray:
        """Premultiplied colour and alpha, float32 [height, width, 4] in 0..255 and 0..1."""
        picture = self.originals[kind]
        if flip:
            picture = picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
        pixels = np.asarray(picture.convert("RGBa").resize((width, height), Image.Resampling.BICUBIC), np.float32).copy()
        pixels[..., 3] /= 255
        return pixels


def background(rng: np.random.Generator, width: int, height: int) -> np.ndarray:
    """A still uint8 picture: a gradient or smooth colours, with some plain shapes before it."""
    if rng.random() < 0.4:
        top, bottom = rng.integers(20, 235, (2, 3))
        ramp = np.linspace(0, 1, height)[:, None, None]
        pixels = np.broadcast_to(top * (1 - ramp) + bottom * ramp, (height, width, 3))
    else:
        cells = (int(rng.integers(2, 6)), int(rng.integers(2, 9)))
        mean, spread = rng.integers(50, 205, 3), rng.uniform(5, 45)
        coarse = np.clip(mean + rng.normal(0, spread, (*cells, 3)), 0, 255).astype(np.uint8)
        pixels = np.asarray(Image.fromarray(coarse).resize((width, height), Image.Resampling.BICUBIC))
    picture = Image.fromarray(pixels.astype(np.uint8))
    for _ in range(rng.choice(5, p=(0.3, 0.25, 0.2, 0.15, 0.1))):
        w, h = int(rng.uniform(0.05, 0.4) * width), int(rng.uniform(0.05, 0.5) * height)
        mask = Image.new("L", (w, h), int(rng.uniform(60, 220)))
        if rng.random() < 0.4:
            ellipse = (np.hypot(*np.meshgrid(np.linspace(-1, 1, w), np.linspace(-1, 1, h))) < 1)
            mask = Image.fromarray((np.asarray(mask) * ellipse).astype(np.uint8))
        colour = tuple(int(c) for c in rng.integers(20, 235, 3))
        picture.paste(colour, (int(rng.uniform(-0.1, 0.95) * width), int(rng.uniform(-0.1, 0.95) * height)), mask)
    if rng.random() < 0.3:
        texture = rng.normal(0, rng.uniform(2, 10), (height // 2, width // 2, 1)).repeat(2, 0).repeat(2, 1)
        texture = np.pad(texture, ((0, height - texture.shape[0]), (0, width - texture.shape[1]), (0, 0)))
        picture = Image.fromarray(np.clip(np.asarray(picture) + texture, 0, 255).astype(np.uint8))
    return np.asarray(picture)


def draw(canvas: np.ndarray, scene: Scene, t: float, pictures: Pictures) -> np.ndarray:
    """A float32 copy of the background with all things of time ``t`` on it; any canvas of about 16:9."""
    height, width = canvas.shape[:2]
    sx, sy = width / WIDTH, height / HEIGHT
    frame = canvas.astype(np.float32)
    for thing in scene.things:
        if not thing.drawn(t):
            continue
        dx, dy = thing.offset(np.array(t))
        w, h = max(1, round(thing.size * sx)), max(1, round(thing.size * sy))
        left, top = round((thing.x + dx) * sx - w / 2), round((thing.y + dy) * sy - h / 2)
        x0, x1, y0, y1 = max(left, 0), min(left + w, width), max(top, 0), min(top + h, height)
        if x0 < x1 and y0 < y1:
            sprite = pictures.sized(thing.kind, w, h, thing.flip)[y0 - top:y1 - top, x0 - left:x1 - left]
            frame[y0:y1, x0:x1] = frame[y0:y1, x0:x1] * (1 - sprite[..., 3:]) + sprite[..., :3]
    return frame


class Camera:
    """One clip's exposure and sensor noise, the same for all its frames."""

    def __init__(self, rng: np.random.Generator):
        self.gain = rng.uniform(0.45, 1.15) if rng.random() < 0.6 else 1.0
        self.offset = rng.uniform(-15, 15)
        self.noise = rng.uniform(0, 8)
        self.tint = rng.uniform(0.92, 1.08, 3)

    def expose(self, frame: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        noise = rng.standard_normal(frame.shape, np.float32) * self.noise
        return np.clip(frame * (self.gain * self.tint) + self.offset + noise, 0, 255).astype(np.uint8)


def compress(frame: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Faults like those of a scaled H.264 picture: a little blur, JPEG blocks."""
    picture = Image.fromarray(frame)
    if rng.random() < 0.5:
        picture = picture.filter(ImageFilter.GaussianBlur(rng.uniform(0.1, 0.8)))
    if rng.random() < 0.7:
        buffer = io.BytesIO()
        picture.save(buffer, "JPEG", quality=int(rng.integers(35, 95)))
        picture = Image.open(buffer)
    return np.asarray(picture)
