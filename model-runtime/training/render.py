"""Pixels for scenes: backgrounds from smooth to cluttered, pictures of things, light, camera and compression faults."""

import io
import re
import tarfile
from functools import lru_cache
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

import words
from scenes import HEIGHT, PICTURE, WIDTH, Scene, Thing

PACKAGE = "emoji-datasource-google-16.0.0.tgz"
SMALL = re.compile(r"package/img/google/64/([0-9a-f-]+)\.png")
# Pictures that look like one of the kinds to anybody are no strangers.
ALIKE = re.compile(r"1f3fb|1f3fc|1f3fd|1f3fe|1f3ff|1f68[0-9a-f]|1f69|1f6[a-c]|1f4[01]|1f42|1f43|1f98|1f99|1f33|1f34|1f35|1f3b|"
                   r"26f|1f1|1f63|1f46|1f9d|1f9c[c-f]|1f385|1f47|1f92|1f55|1f4b|1f4d|1f511|1f3c|1f6f|1f58|1f9f3|23f|23f0|231|1f382|2602|2614|1f302")


class Pictures:
    """The 64-px pictures out of the npm package, those of the kinds and those of strangers, resized on demand."""

    def __init__(self, package: Path):
        wanted = {code: kind for kind, (code, _) in enumerate(words.KINDS.values())}
        kinds, strangers = {}, {}
        with tarfile.open(package) as archive:
            for member in archive:
                match = SMALL.fullmatch(member.name)
                if match and (match[1] in wanted or not ALIKE.match(match[1])):
                    picture = Image.open(io.BytesIO(archive.extractfile(member).read())).convert("RGBA")
                    if match[1] in wanted:
                        kinds[wanted[match[1]]] = picture
                    else:
                        strangers[match[1]] = picture
        self.kinds = [kinds[kind] for kind in range(len(wanted))]
        self.strangers = [strangers[code] for code in sorted(strangers)]
        self.sized = lru_cache(maxsize=30_000)(self._sized)

    def _sized(self, kind: int, strange: bool, width: int, height: int, flip: bool) -> np.ndarray:
        """Premultiplied colour and alpha, float32 [height, width, 4] in 0..255 and 0..1."""
        shelf = self.strangers if strange else self.kinds
        picture = shelf[kind % len(shelf)]
        if flip:
            picture = picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
        pixels = np.asarray(picture.convert("RGBa").resize((width, height), Image.Resampling.BOX
                                                           if width < 24 else Image.Resampling.BICUBIC), np.float32).copy()
        pixels[..., 3] /= 255
        return pixels


# ---------------------------------------------------------------- backgrounds

def _colour(rng: np.random.Generator) -> tuple[int, ...]:
    return tuple(int(c) for c in rng.integers(15, 240, 3))


def _ground(rng: np.random.Generator, width: int, height: int) -> Image.Image:
    """A gradient, smooth colours, or the cloudy spectrum of photographs."""
    pick = rng.random()
    if pick < 0.3:
        top, bottom = rng.integers(20, 235, (2, 3))
        ramp = np.linspace(0, 1, height)[:, None, None]
        pixels = np.broadcast_to(top * (1 - ramp) + bottom * ramp, (height, width, 3))
    elif pick < 0.7:
        cells = (int(rng.integers(2, 6)), int(rng.integers(2, 9)))
        mean, spread = rng.integers(50, 205, 3), rng.uniform(5, 45)
        coarse = np.clip(mean + rng.normal(0, spread, (*cells, 3)), 0, 255).astype(np.uint8)
        pixels = np.asarray(Image.fromarray(coarse).resize((width, height), Image.Resampling.BICUBIC))
    else:
        fy, fx = np.meshgrid(np.fft.fftfreq(height), np.fft.rfftfreq(width), indexing="ij")
        power = np.maximum(np.hypot(fy, fx), 1 / width) ** -rng.uniform(1.0, 1.7)
        layers = []
        for _ in range(3):
            wave = np.fft.irfft2(power * np.exp(2j * np.pi * rng.random(power.shape)), (height, width))
            layers.append(wave / wave.std())
        mixed = np.stack(layers, -1) @ (np.eye(3) * rng.uniform(0.1, 0.6) + rng.uniform(0.5, 1))
        pixels = np.clip(rng.integers(60, 195, 3) + mixed * rng.uniform(8, 28), 0, 255)
    return Image.fromarray(pixels.astype(np.uint8))


def _shape(rng: np.random.Generator, pen: ImageDraw.ImageDraw, width: int, height: int) -> None:
    """One plain thing of a street or a room: a block, a disc, a house with windows, stripes, a fence, a pole, letters."""
    w, h = rng.uniform(0.05, 0.4) * width, rng.uniform(0.05, 0.5) * height
    x, y = rng.uniform(-0.1, 0.95) * width, rng.uniform(-0.1, 0.95) * height
    colour, second = _colour(rng), _colour(rng)
    pick = rng.integers(8)
    if pick <= 1:
        pen.rectangle((x, y, x + w, y + h), fill=colour)
    elif pick == 2:
        pen.ellipse((x, y, x + w, y + h), fill=colour)
    elif pick == 3:
        pen.rectangle((x, y, x + w, y + h), fill=colour)
        across, down = rng.integers(2, 6, 2)
        for row in range(down):
            for column in range(across):
                left, top = x + (column + 0.25) * w / across, y + (row + 0.25) * h / down
                pen.rectangle((left, top, left + 0.5 * w / across, top + 0.5 * h / down), fill=second)
    elif pick == 4:
        for n in range(int(rng.integers(3, 9))):
            pen.line((x + n * w / 6, y, x + n * w / 6 + rng.normal(0, 3), y + h), fill=colour, width=int(rng.integers(1, 5)))
    elif pick == 5:
        corners = [(x + rng.uniform(-0.5, 0.5) * w, y + rng.uniform(-0.5, 0.5) * h) for _ in range(int(rng.integers(3, 7)))]
        pen.polygon(corners, fill=colour)
    elif pick == 6:
        for n in range(int(rng.integers(2, 8))):
            pen.line((x, y + n * h / 5, x + w, y + n * h / 5), fill=colour, width=int(rng.integers(1, 4)))
    else:
        letters = "".join(chr(int(c)) for c in rng.integers(65, 91, rng.integers(2, 9)))
        pen.text((x, y), letters, fill=colour, font_size=float(rng.uniform(0.06, 0.2) * height))


def background(rng: np.random.Generator, width: int, height: int, pictures: Pictures, plain: bool = False) -> np.ndarray:
    """A still uint8 picture. Half are calm; the others carry up to thirty shapes, some of them pictures of strangers."""
    picture = _ground(rng, width, height)
    if plain:
        return np.asarray(picture)
    pen = ImageDraw.Draw(picture)
    count = int(rng.choice((rng.integers(0, 4), rng.integers(4, 12), rng.integers(12, 31)), p=(0.5, 0.3, 0.2)))
    for _ in range(count):
        _shape(rng, pen, width, height)
    if count >= 4:
        picture = picture.filter(ImageFilter.GaussianBlur(float(rng.uniform(0, 0.012) * height)))
    for _ in range(rng.choice(4, p=(0.6, 0.2, 0.12, 0.08))):
        size = max(3, int(rng.uniform(0.06, 0.45) * height))
        shelf = pictures.strangers
        stranger = shelf[rng.integers(len(shelf))].resize((size, size), Image.Resampling.BICUBIC)
        picture.paste(stranger, (int(rng.uniform(-0.1, 1) * width), int(rng.uniform(-0.1, 1) * height)), stranger)
    pixels = np.asarray(picture)
    if rng.random() < 0.5:  # as pale as most of what cameras see
        gray = pixels.mean(2, keepdims=True)
        pixels = (gray + (pixels - gray) * rng.uniform(0.1, 0.7)).astype(np.uint8)
    if rng.random() < 0.3:
        grain = rng.normal(0, rng.uniform(2, 10), (height // 2 + 1, width // 2 + 1, 1)).repeat(2, 0).repeat(2, 1)
        pixels = np.clip(pixels + grain[:height, :width], 0, 255).astype(np.uint8)
    return pixels


def poles(rng: np.random.Generator, width: int, height: int) -> list[tuple[int, int, np.ndarray]]:
    """Upright bars before everything else: (left, right, colour)."""
    bars = []
    for _ in range(rng.choice(3, p=(0.75, 0.18, 0.07))):
        left = int(rng.uniform(0, 1) * width)
        bars.append((left, left + max(2, int(rng.uniform(0.01, 0.05) * width)), np.array(_colour(rng), np.float32)))
    return bars


def draw(canvas: np.ndarray, scene: Scene, t: float, pictures: Pictures, bars=()) -> np.ndarray:
    """A float32 copy of the background with all things of time ``t`` on it; any canvas of about 16:9."""
    frame = canvas.astype(np.float32)
    for thing in scene.strangers:
        _paste(frame, thing, True, t, pictures)
    for thing in scene.things:
        _paste(frame, thing, False, t, pictures)
    for left, right, colour in bars:
        frame[:, left:right] = colour
    return frame


def _paste(frame: np.ndarray, thing: Thing, strange: bool, t: float, pictures: Pictures) -> None:
    height, width = frame.shape[:2]
    at = np.array(t)
    if not thing.drawn(at):
        return
    sx, sy = width / WIDTH, height / HEIGHT
    x, y = thing.place(at)
    w, h = max(1, round(thing.size * sx)), max(1, round(thing.size * sy))
    left, top = round(x * sx - w / 2), round(y * sy - h / 2)
    x0, x1, y0, y1 = max(left, 0), min(left + w, width), max(top, 0), min(top + h, height)
    if x0 < x1 and y0 < y1:
        sprite = pictures.sized(thing.kind, strange, w, h, thing.flip)[y0 - top:y1 - top, x0 - left:x1 - left]
        frame[y0:y1, x0:x1] = frame[y0:y1, x0:x1] * (1 - sprite[..., 3:]) + sprite[..., :3]


# ---------------------------------------------------------------- camera

class Camera:
    """One clip's exposure and sensor noise, the same for all its frames: day, or night at a third of the clips."""

    def __init__(self, rng: np.random.Generator):
        night = rng.random() < 0.33
        self.gain = rng.uniform(0.4, 0.7) if night else rng.uniform(0.75, 1.15)
        self.offset = rng.uniform(-12, 12)
        self.noise = rng.uniform(0, 8)
        self.tint = rng.uniform(0.92, 1.08, 3) * ((0.9, 0.95, 1.1) if night else (1, 1, 1))

    def light(self, frame: np.ndarray, gain: float) -> np.ndarray:
        """The exposed picture, float32, without noise."""
        return frame * (self.gain * gain * self.tint).astype(np.float32) + np.float32(self.offset * gain)

    def expose(self, frame: np.ndarray, gain: float, rng: np.random.Generator) -> np.ndarray:
        noise = rng.standard_normal(frame.shape, np.float32) * np.float32(self.noise * (0.4 + 0.6 * gain))
        return np.clip(self.light(frame, gain) + noise, 0, 255).astype(np.uint8)


def compress(frame: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Faults like those of a scaled H.264 picture: a little blur, JPEG blocks."""
    picture = Image.fromarray(frame)
    if rng.random() < 0.5:
        picture = picture.filter(ImageFilter.GaussianBlur(rng.uniform(0.1, 0.7)))
    if rng.random() < 0.6:
        buffer = io.BytesIO()
        picture.save(buffer, "JPEG", quality=int(rng.integers(35, 95)))
        picture = Image.open(buffer)
    return np.asarray(picture)


def rendered(scene: Scene, times: np.ndarray, pictures: Pictures, rng: np.random.Generator, plain: bool = False) -> np.ndarray:
    """The frames of the given times [T, 2], uint8 [T, 2, 168, 280, 3]."""
    canvas, camera, bars = background(rng, *PICTURE, pictures, plain), Camera(rng), poles(rng, *PICTURE)
    gain = scene.gain(times)
    frames = [compress(camera.expose(draw(canvas, scene, t, pictures, bars), g, rng), rng)
              for t, g in zip(times.ravel(), gain.ravel())]
    return np.stack(frames).reshape(*times.shape, *PICTURE[::-1], 3)


def footage(times: np.ndarray, pictures: Pictures, rng: np.random.Generator) -> np.ndarray:
    """Frames with nothing in them to ask for, restless like real footage: one to four shots of about the same brightness, in each
    of which the camera pans and shakes. uint8 [T, 2, 168, 280, 3]."""
    camera, cuts, (width, height) = Camera(rng), np.sort(rng.uniform(0, times.max(), rng.integers(0, 4))), PICTURE
    mean, shots = rng.uniform(60, 170), []
    for _ in range(len(cuts) + 1):
        canvas = background(rng, 2 * width, 2 * height, pictures).astype(np.float32)
        shots.append((canvas * np.float32(mean / max(canvas.mean(), 20)), rng.uniform(0, (height, width)),
                      rng.uniform(-45, 45, 2) * (rng.random() < 0.7), rng.uniform(0, 3)))
    frames = []
    for t in times.ravel():
        canvas, start, speed, shake = shots[np.searchsorted(cuts, t)]
        top, left = np.clip(start + speed * t + rng.normal(0, 1, 2) * shake, 0, (height, width)).astype(int)
        frames.append(compress(camera.expose(canvas[top:top + height, left:left + width], 1.0, rng), rng))
    return np.stack(frames).reshape(*times.shape, height, width, 3)
