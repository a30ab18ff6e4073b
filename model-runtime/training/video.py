"""Video files: scenes to H.264 mp4."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import av
import numpy as np

from render import Camera, Pictures, draw
from scenes import Scene

NOISES = 12


def film(scene: Scene, canvas: np.ndarray, camera: Camera, pictures: Pictures, rng: np.random.Generator, bars=(),
         rate: int = 25) -> Iterator[np.ndarray]:
    """uint8 frames of the whole scene, the size of ``canvas``; things are drawn anew only when something changed."""
    noises = [rng.standard_normal(canvas.shape, np.float32) * np.float32(camera.noise) for _ in range(NOISES)]
    drawn, still, gain = None, None, 1.0
    for index in range(round(scene.seconds * rate)):
        t = index / rate
        at = np.array(t)
        gain = float(scene.gain(at))
        state = [gain] + [(thing.drawn(at), *thing.place(at)) for thing in (*scene.strangers, *scene.things)]
        if state != drawn:
            drawn = state
            still = camera.light(draw(canvas, scene, t, pictures, bars), gain)
        noise = noises[rng.integers(NOISES)] * np.float32(0.4 + 0.6 * gain)
        yield np.clip(still + noise, 0, 255).astype(np.uint8)


def write(path: Path, frames: Iterable[np.ndarray], rate: int, quality: int, preset: str = "veryfast") -> None:
    """H.264 with B-frames and a key frame every two seconds; ``quality`` is x264's crf."""
    with av.open(str(path), "w", options={"movflags": "+faststart"}) as container:
        stream = None
        for frame in frames:
            if stream is None:
                stream = container.add_stream("libx264", rate=rate)
                stream.height, stream.width = frame.shape[:2]
                stream.pix_fmt = "yuv420p"
                stream.codec_context.thread_count = 1
                stream.options = {"crf": str(quality), "preset": preset, "g": str(2 * rate), "bf": "2",
                                  "x264-params": "scenecut=0"}
            container.mux(stream.encode(av.VideoFrame.from_ndarray(frame, format="rgb24")))
        container.mux(stream.encode())
