"""Symbolic scenes: things that come, rest and go. Everything follows from a random generator; no pixels here.

The canvas is 196 x 112 units (the model's picture). Times are seconds from the start of the clip and may lie
outside it. Patch ``a`` holds the frames at ``a`` and ``a + 0.5`` seconds; its picture has 4 x 7 cells of 28 units.
"""

from dataclasses import dataclass, field

import numpy as np

import words

WIDTH, HEIGHT, CELL = 196, 112, 28
COLUMNS, ROWS = WIDTH // CELL, HEIGHT // CELL
SEEN = 0.25  # a sliding thing counts as visible from this share of it on
MOVED = 2.5  # units within half a second that count as moving
BACKGROUND = len(words.NAMES)
STILL, MOVING = 0, 1
BOTH, FIRST, SECOND = 0, 1, 2
IN, OUT = 1, 2  # phases of motion; 0 is STILL


@dataclass
class Thing:
    """One object: slides in over [t0, t1], rests at (x, y) until t2, slides out over [t2, t3]. No way = it pops."""
    kind: int
    size: float
    x: float
    y: float
    flip: bool
    way_in: tuple[float, float] | None
    way_out: tuple[float, float] | None
    t0: float
    t1: float
    t2: float
    t3: float

    @property
    def span(self) -> tuple[float, float]:
        """When at least a quarter of it is visible."""
        late = SEEN * self.size / self._distance(self.way_in) * (self.t1 - self.t0) if self.way_in else 0.0
        early = SEEN * self.size / self._distance(self.way_out) * (self.t3 - self.t2) if self.way_out else 0.0
        return self.t0 + late, self.t3 - early

    def _distance(self, way: tuple[float, float]) -> float:
        return float(np.hypot(*way))

    def offset(self, t: np.ndarray) -> np.ndarray:
        """Displacement from rest [.., 2] at the given times."""
        to_rest = np.clip((self.t1 - t) / max(self.t1 - self.t0, 1e-6), 0, 1)[..., None]
        from_rest = np.clip((t - self.t2) / max(self.t3 - self.t2, 1e-6), 0, 1)[..., None]
        return to_rest * np.array(self.way_in or (0, 0)) + from_rest * np.array(self.way_out or (0, 0))

    def visible(self, t: np.ndarray) -> np.ndarray:
        start, end = self.span
        return (t >= start) & (t < end)

    def drawn(self, t: float) -> bool:
        return self.t0 <= t < self.t3


@dataclass
class Scene:
    seconds: float
    things: list[Thing] = field(default_factory=list)

    def truth(self, kind: int, verb: str) -> tuple[float, float] | None:
        """The true span within the clip of one query, or None when it does not happen."""
        for thing in self.things:
            if thing.kind == kind:
                appear, gone = thing.span
                start, end = {"there": (appear, gone), "enters": (appear, thing.t1), "leaves": (thing.t2, gone)}[verb]
                if verb == "enters" and not thing.way_in or verb == "leaves" and not thing.way_out:
                    return None
                start, end = max(start, 0.0), min(end, self.seconds)
                return (start, end) if end > start else None
        return None


def _way(rng: np.random.Generator, x: float, y: float, size: float) -> tuple[float, float]:
    """From rest to just outside the canvas, by one of the edges; the sides more often than top and bottom."""
    edge = rng.choice(4, p=(0.36, 0.36, 0.14, 0.14))
    half = size / 2
    return ((-(x + half), 0.0), (WIDTH - x + half, 0.0), (0.0, -(y + half)), (0.0, HEIGHT - y + half))[edge]


def _thing(rng: np.random.Generator, kind: int, seconds: float) -> Thing:
    size = float(rng.uniform(0.18, 0.5) * HEIGHT)
    half = size / 2
    x, y = float(rng.uniform(half, WIDTH - half)), float(rng.uniform(half, HEIGHT - half))
    way_in = _way(rng, x, y, size) if rng.random() < 0.9 else None
    way_out = _way(rng, x, y, size) if rng.random() < 0.9 else None
    coming = rng.uniform(1.2, 4.0) if way_in else 0.0
    going = rng.uniform(1.2, 4.0) if way_out else 0.0
    rest = rng.uniform(1.5, max(2.0, 0.7 * seconds))
    total = coming + rest + going
    t0 = rng.uniform(1.2 - total, seconds - 1.2) if rng.random() < 0.5 else rng.uniform(0, max(0.5, seconds - total))
    t0 = float(t0)
    return Thing(kind, size, x, y, bool(rng.random() < 0.5), way_in, way_out,
                 t0, t0 + coming, t0 + coming + rest, t0 + total)


def _collide(a: Thing, b: Thing) -> bool:
    near = (a.size + b.size) / 2 * 0.8
    return abs(a.x - b.x) < near and abs(a.y - b.y) < near and a.t0 < b.t3 and b.t0 < a.t3


def make_scene(rng: np.random.Generator, seconds: float, chances: tuple[float, ...] = (0.08, 0.37, 0.32, 0.23)) -> Scene:
    """Things of different kinds, ``chances[n]`` for n of them; resting places overlap little."""
    scene = Scene(seconds)
    count = rng.choice(len(chances), p=chances)
    for kind in rng.permutation(len(words.NAMES))[:count]:
        for _ in range(8):
            thing = _thing(rng, int(kind), seconds)
            start, end = thing.span
            if min(end, seconds) - max(start, 0) >= 1.0 and not any(_collide(thing, other) for other in scene.things):
                scene.things.append(thing)
                break
    return scene


@dataclass
class Seen:
    """What the sampled frames of a clip show. T patches, O things."""
    visible: np.ndarray  # [O, T] of BOTH, FIRST, SECOND or -1 (not there)
    phase: np.ndarray  # [O, T] of STILL, IN, OUT
    cover: np.ndarray  # [O, T, cells] share of the cell covered in the better frame


def look(scene: Scene, patches: int) -> Seen:
    """Looks at the frames at k/2 seconds."""
    t = np.arange(2 * patches) / 2
    count = len(scene.things)
    visible = np.full((count, patches), -1)
    phase = np.zeros((count, patches), int)
    cover = np.zeros((count, patches, ROWS * COLUMNS))
    for index, thing in enumerate(scene.things):
        there = thing.visible(t).reshape(-1, 2)
        offset = thing.offset(t)
        moved = np.hypot(*(offset[1::2] - offset[::2]).T) >= MOVED
        visible[index] = np.select([there.all(1), there[:, 0], there[:, 1]], [BOTH, FIRST, SECOND], -1)
        moving_in = (moved | ~there[:, 0]) & (thing.way_in is not None) & (t[::2] < thing.t1)
        moving_out = (moved | ~there[:, 1]) & (thing.way_out is not None) & (t[1::2] > thing.t2)
        phase[index] = np.select([moving_in, moving_out], [IN, OUT], STILL)
        half = thing.size * 0.45
        centre = offset + (thing.x, thing.y)
        spans = []
        for axis, cells in ((1, ROWS), (0, COLUMNS)):
            low = np.arange(cells) * CELL
            overlap = np.minimum(centre[:, axis, None] + half, low + CELL) - np.maximum(centre[:, axis, None] - half, low)
            spans.append(np.clip(overlap, 0, None) / CELL)
        share = (spans[0][:, :, None] * spans[1][:, None, :]).reshape(2 * patches, -1) * thing.visible(t)[:, None]
        cover[index] = share.reshape(patches, 2, -1).max(1)
    return Seen(visible, phase, cover)


@dataclass
class Labels:
    """What a merged token should say, [T, cells] each: kind (or BACKGROUND), STILL/MOVING, BOTH/FIRST/SECOND, thing or -1."""
    kind: np.ndarray
    motion: np.ndarray
    visible: np.ndarray
    thing: np.ndarray


def label(scene: Scene, seen: Seen) -> Labels:
    patches = seen.visible.shape[1]
    cells = ROWS * COLUMNS
    if not scene.things:
        empty = np.zeros((patches, cells), int)
        return Labels(empty + BACKGROUND, empty, empty.copy(), empty - 1)
    best = seen.cover.max(2, keepdims=True)
    claim = np.where((seen.cover >= 0.15) | ((seen.cover == best) & (best > 0)), seen.cover + 1e-3, 0)
    thing = np.where(claim.max(0) > 0, claim.argmax(0), -1)
    kinds = np.array([t.kind for t in scene.things] + [BACKGROUND])
    patch = np.arange(patches)[:, None]
    return Labels(kinds[thing], np.where(thing >= 0, seen.phase[thing, patch] != STILL, 0),
                  np.where(thing >= 0, np.maximum(seen.visible[thing, patch], 0), 0), thing)


def answer(scene: Scene, seen: Seen, index: int, verb: str) -> tuple[float, float] | None | bool:
    """What the sampled frames say to a query about thing ``index``: (start, end), None for absent, False for undecidable.

    A border lies between two samples, so the answer is the middle of what the samples allow:
    x.25 / x.75 for appearing and vanishing, x.6 for coming to rest, x.9 for starting to move; clip borders are exact.
    """
    visible, phase = seen.visible[index], seen.phase[index]
    patches = len(visible)
    there = np.flatnonzero(visible >= 0)
    if not len(there):
        return False
    first = 2 * there[0] + (visible[there[0]] == SECOND)
    last = 2 * there[-1] + (visible[there[-1]] != FIRST)
    start = first / 2 - 0.25 if first > 0 else 0.0
    end = last / 2 + 0.25 if last < 2 * patches - 1 else float(patches)
    if verb == "there":
        return start, end
    still = [a for a in there if phase[a] == STILL]
    wanted = IN if verb == "enters" else OUT
    moving = [a for a in there if phase[a] == wanted]
    whole_way = (first == 0) == (wanted == IN)  # without rest: there from the start means going, else coming
    if not moving:
        return None if still or whole_way else False
    if not still:
        return False if len(set(phase[there])) > 1 or whole_way else (start, end)
    if verb == "enters":
        end = still[0] - 0.4
    else:
        start = still[-1] + 0.9
    return (start, end) if end - start >= 0.7 else False
