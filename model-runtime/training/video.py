"""Video files: scenes to H.264 mp4, and mp4 to the frames nano sees."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import av
import numpy as np

from render import Camera, Pictures, draw
from scenes import HEIGHT, WIDTH, Scene

RATE = 25
NOISES = 12


def film(scene: Scene, canvas: np.ndarray, camera: Camera, pictures: Pictures, rng: np.random.Generator) -> Iterator[np.ndarray]:
    """uint8 frames of the whole scene at 25 per second, the size of ``canvas``; things are drawn anew only when they moved."""
    noises = [rng.standard_normal(canvas.shape, np.float32) * camera.noise for _ in range(NOISES)]
    drawn, still = None, None
    for index in range(round(scene.seconds * RATE)):
        t = index / RATE
        state = [(thing.drawn(t), *thing.offset(np.array(t))) for thing in scene.things]
        if state != drawn:
            drawn = state
            still = draw(canvas, scene, t, pictures) * (camera.gain * camera.tint).astype(np.float32) + np.float32(camera.offset)
        yield np.clip(still + noises[rng.integers(NOISES)], 0, 255).astype(np.uint8)


def write(path: Path, frames: Iterable[np.ndarray], quality: int, preset: str = "veryfast") -> None:
    """H.264 with B-frames and a key frame every 50 frames; ``quality`` is x264's crf."""
    with av.open(str(path), "w", options={"movflags": "+faststart"}) as container:
        stream = None
        for frame in frames:
            if stream is None:
                stream = container.add_stream("libx264", rate=RATE)
                stream.height, stream.width = frame.shape[:2]
                stream.pix_fmt = "yuv420p"
                stream.codec_context.thread_count = 1
                stream.options = {"crf": str(quality), "preset": preset, "g": "50", "bf": "2", "x264-params": "scenecut=0"}
            container.mux(stream.encode(av.VideoFrame.from_ndarray(frame, format="rgb24")))
        container.mux(stream.encode())


def sample(path: Path, limit: float = 16.0) -> tuple[list[float], np.ndarray]:
    """The first frame with a time >= k/2 seconds, for every k: seconds, and pictures uint8 [n, 112, 196, 3] by area.

    An odd last frame is repeated, as the pixel pipeline does.
    """
    seconds, pictures = [], []
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        origin = stream.start_time * stream.time_base
        for frame in container.decode(stream):
            t = float(frame.pts * stream.time_base - origin)
            if t >= limit:
                break
            if t >= len(seconds) / 2:
                seconds.append(t)
                pictures.append(frame.to_ndarray(format="rgb24", width=WIDTH, height=HEIGHT, interpolation="AREA"))
    if len(seconds) % 2:
        seconds.append(seconds[-1])
        pictures.append(pictures[-1])
    return seconds, np.stack(pictures)
