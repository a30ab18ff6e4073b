"""Symbolic scenes: things that come, move, rest, meet, are left behind and go, and lights. No pixels here.

The canvas is 196 x 112 units, 6 x 10 cells; the model's picture has 28 x 28 pixels for each cell. Times are seconds from the
start of the clip and may lie outside it. Everything follows from a random generator.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np

import words
from words import ENTERS, LEAVES, LEFT, LIGHTS_OUT, MEETS, STARTS, STOPS, THERE

WIDTH, HEIGHT = 196, 112
COLUMNS, ROWS = 10, 6
CELLS = ROWS * COLUMNS
CELL = WIDTH * HEIGHT / CELLS  # square units
PICTURE = (28 * COLUMNS, 28 * ROWS)  # pixels that the model sees
BACKGROUND = len(words.NAMES)
SIZES = (0.06, 0.40)  # of a thing, as a share of the height
SEEN = 0.25  # a thing counts as visible from this share of it on
MOVED, CREEP = 1.2, 4.0  # units between two frames, or units a second, that count as moving
SPEED = 15.0  # units a second at which most things move
NEAR = 7.0  # gap in units up to which two things stand together
APART = 16.0  # gap in units that things keep which do not meet
DIMMED = 0.8  # octaves of brightness that make a change of light
LEAST = 0.7  # seconds below which a span is not asked for
ALWAYS = 1e4  # seconds; stands for "long before" or "long after" the clip
STILL, MOVING = 0, 1
BOTH, FIRST, SECOND = 0, 1, 2
ALONE, TOGETHER, CARRIED = 0, 1, 2

Span = tuple[float, float]


@dataclass
class Thing:
    """One object that follows ``path``, corners (t, x, y) with straight lines between; it is there from first to last."""
    kind: int
    size: float
    flip: bool
    path: list[tuple[float, float, float]]

    def place(self, t: np.ndarray) -> np.ndarray:
        """Centre [.., 2] at the given times."""
        corners = np.array(self.path)
        return np.stack([np.interp(t, corners[:, 0], corners[:, axis]) for axis in (1, 2)], -1)

    def drawn(self, t: np.ndarray) -> np.ndarray:
        return (t >= self.path[0][0]) & (t < self.path[-1][0])

    def visible(self, t: np.ndarray) -> np.ndarray:
        """Where at least a quarter of it is inside the picture."""
        half, place = self.size / 2, self.place(t)
        inside = [np.clip(np.minimum(place[..., axis] + half, limit) - np.maximum(place[..., axis] - half, 0), 0, None)
                  for axis, limit in ((0, WIDTH), (1, HEIGHT))]
        return self.drawn(t) & (inside[0] * inside[1] >= SEEN * self.size ** 2)


@dataclass
class Scene:
    """``things`` have kinds to ask for; ``strangers`` are pictures nobody has a word for; ``lights`` are steps (t, gain)."""
    seconds: float
    things: list[Thing] = field(default_factory=list)
    strangers: list[Thing] = field(default_factory=list)
    lights: list[tuple[float, float]] = field(default_factory=list)

    def gain(self, t: np.ndarray) -> np.ndarray:
        """Brightness at the given times, 1 when lit."""
        gain = np.ones_like(t, float)
        for since, level in self.lights:
            gain = np.where(t >= since, level, gain)
        return gain

    def window(self, begin: float, seconds: float) -> "Scene":
        """The same scene in a clip that begins later."""
        moved = [[replace(thing, path=[(t - begin, x, y) for t, x, y in thing.path]) for thing in things]
                 for things in (self.things, self.strangers)]
        return Scene(seconds, *moved, [(t - begin, level) for t, level in self.lights])


# ---------------------------------------------------------------- what sampled frames show

@dataclass
class Seen:
    """What the sampled frames of a clip show: T pairs of frames, O things."""
    times: np.ndarray  # [T, 2] seconds
    end: float  # of the clip
    visible: np.ndarray  # [O, T, 2]
    moves: np.ndarray  # [O, 2 T - 1] whether it is known to move between one frame and the next
    least: np.ndarray  # [O, 2 T - 1] units from which on that is known
    company: np.ndarray  # [O, T] of ALONE, TOGETHER, CARRIED
    partner: np.ndarray  # [O, T] thing or -1
    light: np.ndarray  # [T, 2] octaves
    stories: dict[int, "Story"] = field(default_factory=dict)
    turned: dict[int, list["Turn"]] = field(default_factory=dict)

    def story(self, index: int) -> "Story":
        if index not in self.stories:
            self.stories[index] = tell(self, index)
        return self.stories[index]

    def turns(self, index: int) -> list["Turn"]:
        if index not in self.turned:
            self.turned[index] = find_turns(self, index)
        return self.turned[index]

    @property
    def moving(self) -> np.ndarray:
        """[O, T] between the two frames of a pair, which is what the vision tower sees."""
        return self.moves[:, ::2]

    @property
    def there(self) -> np.ndarray:
        return self.visible.any(2)


def look(scene: Scene, times: np.ndarray) -> Seen:
    """Looks at the frames of the given times [T, 2]."""
    count, patches = len(scene.things), len(times)
    place = np.stack([thing.place(times) for thing in scene.things]) if count else np.zeros((0, patches, 2, 2))
    visible = np.stack([thing.visible(times) for thing in scene.things]) if count else np.zeros((0, patches, 2), bool)
    step = place[:, :, 1] - place[:, :, 0]
    way = np.hypot(*np.diff(place.reshape(count, 2 * patches, 2), axis=1).T).T
    comes_or_goes = np.diff(visible.reshape(count, 2 * patches), axis=1)
    least = np.minimum(MOVED, CREEP * np.diff(times.ravel())) * np.ones_like(way)
    moving = (way >= least)[:, ::2]
    surely = (moving[:, :-1] & moving[:, 1:]) | comes_or_goes[:, 1::2]
    least[:, 1::2] = np.where(surely, least[:, 1::2], np.inf)
    company, partner = np.zeros((count, patches), int), np.full((count, patches), -1)
    if count:
        sizes = np.array([thing.size for thing in scene.things])
        reach = (0.45 * np.add.outer(sizes, sizes) + NEAR)[..., None, None, None]
        near = (np.abs(place[:, None] - place) <= reach).all((3, 4)) & (visible[:, None] & visible).all(3)
        near &= ~np.eye(count, dtype=bool)[..., None]
        along = np.hypot(*np.moveaxis(step[:, None] - step, 3, 0)) <= np.minimum(0.5, times[:, 1] - times[:, 0])
        together, carried = near & ~(moving[:, None] | moving), near & moving[:, None] & moving & along
        kind = np.where(together, TOGETHER, np.where(carried, CARRIED, ALONE))
        company = kind.max(1)
        partner = np.where(company > ALONE, kind.argmax(1), -1)
    return Seen(times, scene.seconds, visible, (way >= least) | comes_or_goes, least, company, partner, np.log2(scene.gain(times)))


@dataclass
class Story:
    """What is known of a thing after each pair of frames, in seconds or NaN for "not (yet)", [T] each."""
    appeared: np.ndarray  # 0 when there from the start
    entered: np.ndarray  # when it first came to rest after it appeared
    rested: np.ndarray  # when it last came to rest
    left: np.ndarray  # when it last set off from rest
    met: np.ndarray  # since when it last stood together with somebody
    parted: np.ndarray  # when that ended
    alone: np.ndarray  # since when it stands there without the one that brought it


def middle(a: float, b: float) -> float:
    return (float(a) + float(b)) / 2


@dataclass(frozen=True)
class Turn:
    """A thing comes to rest or sets off, some time between two frames; the pair of frames ``known`` is the first to show it."""
    known: int
    when: float
    rests: bool


def find_turns(seen: Seen, index: int) -> list[Turn]:
    """The vision tower looks at pairs, and how far something is to the right or the left it cannot tell: between two pairs a
    thing is known to move only where it comes or goes, or moves in both."""
    # of each way the first or the last bit is too short to be seen
    times, moves, unseen = seen.times.ravel(), seen.moves[index], np.append(seen.least[index] / SPEED, 0)
    appeared, end = _first(seen, index), gone(seen, index)
    told = []
    for frame in np.flatnonzero(seen.visible[index].ravel()[1:-1]) + 1:
        known, before, after = (frame + 1) // 2, times[frame - 1], times[frame + 1]
        if moves[frame - 1] and not moves[frame]:
            until = min(times[frame] + unseen[frame], after + unseen[frame + 1])
            told.append(Turn(known, middle(max(before + unseen[frame - 1], appeared), until), True))
        if moves[frame] and not moves[frame - 1]:
            until = after - unseen[frame] if end is None else min(after - unseen[frame], end)
            since = max(times[frame] - unseen[frame - 1], before - unseen[frame - 2])
            told.append(Turn(known, middle(since, until), False))
    return told


def tell(seen: Seen, index: int) -> Story:
    """A border lies between two frames; the middle of what they allow is told."""
    times, there = seen.times, seen.there[index]
    company, partner = seen.company[index], seen.partner[index]
    story = Story(*np.full((7, len(times)), np.nan))
    now = dict.fromkeys(story.__dict__, np.nan)
    now["appeared"] = _first(seen, index)
    mine = seen.turns(index)
    brought, before = -1, -1

    def turned(other: int, rests: bool, since: float, until: float) -> float:
        """When one of the two came to rest or set off, the last or the first of them."""
        when = [turn.when for turn in mine + seen.turns(other) if turn.rests == rests and since <= turn.when <= until]
        return (max if rests else min)(when, default=middle(since, until))

    for p in np.flatnonzero(there):
        for turn in mine:
            if turn.known == p and turn.rests:
                now["rested"] = turn.when
                if np.isnan(now["entered"]) and now["appeared"] > 0:
                    now["entered"] = turn.when
            elif turn.known == p:
                now["left"], now["alone"] = turn.when, np.nan
        stood = before >= 0 and company[before] == TOGETHER
        if company[p] == TOGETHER and not stood:
            now["met"] = turned(partner[p], True, times[p - 1, 0] + 0.05, times[p, 0]) if p else 0.0
            now["parted"] = np.nan
        if stood and company[p] != TOGETHER:
            now["parted"] = turned(partner[before], False, times[before, 1], times[p, 1] - 0.05)
        if company[p] == CARRIED:
            brought = partner[p]
        if brought >= 0 and company[p] == ALONE and not seen.moving[index, p] and np.isnan(now["alone"]):
            now["alone"] = turned(brought, False, times[before, 1], times[p, 1] - 0.05)
        for name, value in now.items():
            getattr(story, name)[p] = value
        before = p
    return story


def _first(seen: Seen, index: int) -> float:
    """When it was first seen, 0 when it is there from the start."""
    flat, times = seen.visible[index].ravel(), seen.times.ravel()
    first = int(flat.argmax())
    return middle(times[first - 1], times[first]) if first else 0.0


def gone(seen: Seen, index: int) -> float | None:
    """When the thing was last seen; None when it is there until the end."""
    flat, times = seen.visible[index].ravel(), seen.times.ravel()
    last = len(flat) - 1 - int(flat[::-1].argmax())
    return middle(times[last], times[last + 1]) if last < len(flat) - 1 else None


def light_steps(seen: Seen) -> list[tuple[int, float, bool]]:
    """The changes of light: the first frame that shows it, when it was, and whether it became brighter."""
    light, times = seen.light.ravel(), seen.times.ravel()
    steps = np.diff(light)
    return [(i + 1, middle(times[i], times[i + 1]), steps[i] > 0) for i in np.flatnonzero(abs(steps) >= DIMMED)]


UNDECIDED = False
Answer = Span | None | bool


def answer(seen: Seen, verb: str, index: int = -1, other: int = -1) -> Answer:
    """What the frames say of one event: its span, None when it does not happen, UNDECIDED when they do not settle it or it
    happens more than once."""
    if verb in words.LIGHTS:
        out, on = ([when for _, when, brighter in light_steps(seen) if brighter == lit] for lit in (False, True))
        starts, ends = (out, on) if verb == LIGHTS_OUT else (on, out)
        return _one([(start, min([e for e in ends if e > start], default=seen.end)) for start in starts])
    there = np.flatnonzero(seen.there[index])
    if not len(there):
        return None
    story, end = seen.story(index), gone(seen, index)
    moving, company = seen.moving[index][there], seen.company[index][there]
    until = seen.end if end is None else end
    appeared = story.appeared[there[-1]]
    rests, offs = ([turn.when for turn in seen.turns(index) if turn.rests == rests] for rests in (True, False))
    if verb == THERE:
        return _one([(appeared, until)])
    if verb == ENTERS:
        if appeared == 0:
            return UNDECIDED if moving[0] else None
        return _one([(appeared, rests[0] if rests else until)])
    if verb == LEAVES:
        if end is None:
            return UNDECIDED if moving[-1] else None
        return _one([(offs[-1] if offs else appeared, end)])
    if verb == STOPS:
        return _one([(rest, min([off for off in offs if off > rest], default=until)) for rest in rests])
    if verb == STARTS:
        return _one([(off, min([rest for rest in rests if rest > off], default=until)) for off in offs])
    if verb == MEETS:
        if (seen.partner[index][there][company == CARRIED] == other).any():
            return UNDECIDED
        stood = np.flatnonzero((seen.company[index] == TOGETHER) & (seen.partner[index] == other))
        if not len(stood):
            return None
        if (np.diff(stood) > 1).any():
            return UNDECIDED
        parted = _values(story.parted)
        return _one([(story.met[stood[-1]], min([t for t in parted if t > story.met[stood[-1]]], default=until))])
    since = _values(story.alone)
    if since:
        return _one([(since[0], min([off for off in offs if off > since[0]], default=until))])
    return UNDECIDED if company[0] == TOGETHER else None


def _values(times: np.ndarray) -> list[float]:
    return [float(t) for t in np.unique(times[~np.isnan(times)])]


def _one(spans: list[Span]) -> Answer:
    if len(spans) != 1:
        return UNDECIDED if spans else None
    return spans[0] if spans[0][1] - spans[0][0] >= LEAST else UNDECIDED


def truth(scene: Scene) -> Seen:
    """The scene looked at 25 times a second: its answers are the true spans."""
    times = np.arange(0, scene.seconds, 0.04)
    return look(scene, times[:len(times) // 2 * 2].reshape(-1, 2))


@dataclass
class Labels:
    """What each cell shows, [T, cells]: kind or BACKGROUND, thing or -1, and whether it is too little to say."""
    kind: np.ndarray
    thing: np.ndarray
    unsure: np.ndarray


def label(scene: Scene, seen: Seen) -> Labels:
    """Things that are drawn later stand in front."""
    patches = len(seen.times)
    shares = np.zeros((len(scene.things) + 1, patches, CELLS))
    parts = np.zeros((len(scene.things) + 1, patches, CELLS))
    for index, thing in enumerate(scene.things):
        place, half, spans = thing.place(seen.times), thing.size * 0.47, []
        for axis, edges in ((1, np.linspace(0, HEIGHT, ROWS + 1)), (0, np.linspace(0, WIDTH, COLUMNS + 1))):
            overlap = np.minimum(place[..., axis, None] + half, edges[1:]) - np.maximum(place[..., axis, None] - half, edges[:-1])
            spans.append(np.clip(overlap, 0, None))
        area = (spans[0][..., :, None] * spans[1][..., None, :]).reshape(patches, 2, CELLS) * seen.visible[index][..., None]
        share = area.max(1) / CELL
        shares[:index] *= 1 - share
        shares[index], parts[index] = share, share * CELL / (2 * half) ** 2
    best = (shares == shares.max(2, keepdims=True)) & (shares > 0)
    claim = np.where((shares >= 0.15) | (parts >= 0.35) | best, shares, 0)
    thing = np.where(claim.max(0) > 0, claim.argmax(0), -1)
    other = ((shares > 0.03) | (parts > 0.1)).any(0)
    kinds = np.array([t.kind for t in scene.things] + [BACKGROUND])
    return Labels(kinds[thing], thing, (thing < 0) & other)


# ---------------------------------------------------------------- making scenes

class _Maker:
    def __init__(self, rng: np.random.Generator, seconds: float, kinds: list[int], sizes: tuple[float, float]):
        self.rng, self.seconds, self.kinds, self.sizes = rng, seconds, kinds, sizes

    def thing(self, path: list[tuple[float, float, float]], size: float) -> Thing:
        return Thing(self.kinds.pop(), size, bool(self.rng.random() < 0.5), path)

    def size(self) -> float:
        return float(self.rng.uniform(*self.sizes) * HEIGHT)

    def spot(self, size: float) -> tuple[float, float]:
        half = size / 2
        return float(self.rng.uniform(half, WIDTH - half)), float(self.rng.uniform(half, HEIGHT - half))

    def outside(self, x: float, y: float, size: float, room: float = 0.0) -> tuple[float, float]:
        """A place beyond one of the edges; the sides more often than top and bottom."""
        half = size / 2 + room
        edge = self.rng.choice(4, p=(0.36, 0.36, 0.14, 0.14))
        return ((-half, y), (WIDTH + half, y), (x, -half), (x, HEIGHT + half))[edge]

    def way(self, a: tuple[float, float], b: tuple[float, float]) -> float:
        """How long it takes from a to b."""
        distance = float(np.hypot(a[0] - b[0], a[1] - b[1]))
        return float(np.clip(distance / self.rng.uniform(7, 32), 1.6, 9.0)) if distance >= 16 else 1.6

    def come(self, spot: tuple[float, float], size: float, at: float, room: float = 0.0) -> list[tuple[float, float, float]]:
        """The way in, so that it comes to rest at ``at``."""
        start = self.outside(*spot, size, room)
        return [(at - self.way(start, spot), *start), (at, *spot)]

    def go(self, spot: tuple[float, float], size: float, at: float, room: float = 0.0) -> list[tuple[float, float, float]]:
        beyond = self.outside(*spot, size, room)
        return [(at, *spot), (at + self.way(spot, beyond), *beyond)]

    def solo(self) -> list[Thing]:
        """Comes or is there, may move within the picture or never rest, goes or stays."""
        rng, size = self.rng, self.size()
        spot = self.spot(size)
        if rng.random() < 0.1:  # passes
            at = float(rng.uniform(0, self.seconds - 2))
            way = self.come(spot, size, at)
            return [self.thing(way + self.go(spot, size, at)[1:], size)]
        comes, moves, goes = rng.random() < 0.65, rng.random() < 0.3, rng.random() < 0.6
        now = float(rng.uniform(0.5, self.seconds - 3)) if comes else -ALWAYS
        path = self.come(spot, size, now) if comes else [(now, *spot)]
        now = (now if comes else 0.0) + float(rng.uniform(1.5, 0.7 * self.seconds))
        if moves:
            other = self.spot(size)
            path.append((now, *spot))
            now += self.way(spot, other)
            path.append((now, *other))
            spot, now = other, now + float(rng.uniform(1.5, 0.6 * self.seconds))
        return [self.thing(path + (self.go(spot, size, now) if goes else [(ALWAYS, *spot)]), size)]

    def beside(self, spot: tuple[float, float], size: float, other: float) -> tuple[float, float]:
        """Where a thing of size ``other`` stands next to one at ``spot``, their feet on one line."""
        side = self.rng.choice((-1, 1))
        return (spot[0] + side * (0.45 * (size + other) + float(self.rng.uniform(0.5, NEAR - 2.5))),
                spot[1] + (size - other) / 2)

    def meeting(self) -> list[Thing]:
        """One stands there, another comes to it, then one of them goes, or neither."""
        rng, size, other = self.rng, self.size(), self.size()
        size, other = max(size, 0.5 * other), max(other, 0.5 * size)
        spot = self.spot(size)
        place = self.beside(spot, size, other)
        met = float(rng.uniform(1.5, self.seconds - 2.5))
        part = met + float(rng.uniform(1.5, 0.6 * self.seconds))
        host = self.come(spot, size, met - float(rng.uniform(1.5, 5))) if rng.random() < 0.6 else [(-ALWAYS, *spot)]
        guest = self.come(place, other, met)
        who = rng.random()
        stays, first, second = [(ALWAYS, *spot)], part, part + float(rng.uniform(1.5, 5))
        host_goes, guest_goes = (first, second) if who < 0.45 else (second, first)
        host += self.go(spot, size, host_goes) if who < 0.9 and rng.random() < 0.8 else stays
        guest += self.go(place, other, guest_goes) if who < 0.9 else [(ALWAYS, *place)]
        pair = [self.thing(host, size), self.thing(guest, other)]
        return pair if rng.random() < 0.5 else pair[::-1]

    def errand(self) -> list[Thing]:
        """One brings another along; it goes without it, or takes it away again."""
        rng, size, other = self.rng, self.size(), self.size()
        size, other = max(size, 0.5 * other), max(other, 0.5 * size)
        spot = self.spot(size)
        place = self.beside(spot, size, other)
        shift = np.array(place) - spot
        room = float(np.abs(shift).max()) + other / 2
        came = float(rng.uniform(1, self.seconds - 4))
        way = self.come(spot, size, came, room)
        part = came + float(rng.uniform(1.5, 4.5))
        away = self.go(spot, size, part, room)
        along = [(t, x + shift[0], y + shift[1]) for t, x, y in way]
        if rng.random() < 0.3:
            along += [(t, x + shift[0], y + shift[1]) for t, x, y in away]
        elif rng.random() < 0.25:
            along += self.go(place, other, part + float(rng.uniform(2, 6)))
        else:
            along.append((ALWAYS, *place))
        pair = [self.thing(way + away, size), self.thing(along, other)]
        return pair if rng.random() < 0.5 else pair[::-1]


def _inside(things: list[Thing], seconds: float) -> bool:
    """Every resting place is in the picture, and everything is to be seen for a second at least."""
    grid = np.arange(0, seconds, 0.25)
    for thing in things:
        half = thing.size * 0.5
        for _, x, y in thing.path[1:-1] if len(thing.path) > 2 else thing.path:
            if not (half * 0.9 <= x <= WIDTH - half * 0.9 and half * 0.9 <= y <= HEIGHT - half * 0.9):
                return False
        if thing.visible(grid).sum() < 5:
            return False
    return True


def _apart(things: list[Thing], others: list[Thing], seconds: float) -> bool:
    """Things of different units never stand near each other."""
    grid = np.arange(0, seconds, 0.25)
    for a in things:
        for b in others:
            reach = 0.45 * (a.size + b.size) + APART
            near = (np.abs(a.place(grid) - b.place(grid)) <= reach).all(1) & a.drawn(grid) & b.drawn(grid)
            still = [np.hypot(*np.diff(t.place(grid), axis=0, append=t.place(grid[-1:])).T) < 0.1 for t in (a, b)]
            if (near & still[0] & still[1]).any():
                return False
    return True


def _allowed(things: list[Thing], seconds: float) -> bool:
    """No thing is seen in the event that is held out for its kind, not even in a part of the clip."""
    seen = look(Scene(seconds, things), np.arange(0, seconds, 0.25).reshape(-1, 2))
    for index, thing in enumerate(things):
        story, verb = seen.story(index), words.held_out(thing.kind)
        happens = {
            ENTERS: np.nanmax(story.appeared, initial=0) > 0, LEAVES: gone(seen, index) is not None,
            STOPS: bool(_values(story.rested)), STARTS: bool(_values(story.left)),
            MEETS: TOGETHER in seen.company[index], LEFT: bool(_values(story.alone)),
        }
        if happens[verb]:
            return False
    return True


def _lights(rng: np.random.Generator, seconds: float) -> list[tuple[float, float]]:
    """No change, or the lights go out, on, or one after the other."""
    if rng.random() < 0.7:
        return []
    dark = float(rng.uniform(0.14, 0.3))
    first = float(rng.uniform(1.5, seconds - 2.5))
    second = first + float(rng.uniform(2, 0.7 * seconds))
    levels = (dark, 1.0) if rng.random() < 0.6 else (1.0, dark)
    steps = [] if levels[0] == dark else [(-ALWAYS, dark)]
    steps.append((first, levels[0]))
    if rng.random() < 0.5 and second < seconds - 1.5:
        steps.append((second, levels[1]))
    return steps


CHANCES = (0.08, 0.34, 0.34, 0.24)


def make_scene(rng: np.random.Generator, seconds: float, training: bool = True, chances: tuple[float, ...] = CHANCES,
               sizes: tuple[float, float] = SIZES, wanted: Callable[[list[Thing]], bool] | None = None) -> Scene:
    """Up to four things of different kinds; ``chances[n]`` for n units, each a thing alone or two that have to do with each
    other. In training no thing does what is held out for its kind. The first unit must be ``wanted``."""
    scene = Scene(seconds)
    kinds = [int(kind) for kind in rng.permutation(len(words.NAMES))]
    for unit in range(rng.choice(len(chances), p=chances)):
        for _ in range(30):
            maker = _Maker(rng, seconds, list(kinds), sizes)
            plan = rng.choice(3, p=(0.6, 0.22, 0.18)) if seconds >= 6 and len(scene.things) < 3 else 0
            things = (maker.solo, maker.meeting, maker.errand)[plan]()
            if (_inside(things, seconds) and _apart(things, scene.things, seconds)
                    and not (training and not _allowed(things, seconds))
                    and not (wanted and unit == 0 and not wanted(things))):
                scene.things += things
                kinds = maker.kinds
                break
            rng.shuffle(kinds)
    for _ in range(rng.choice(3, p=(0.6, 0.28, 0.12))):
        maker = _Maker(rng, seconds, [int(rng.integers(10_000))], sizes)
        scene.strangers += maker.solo()
    scene.lights = _lights(rng, seconds)
    return scene


BY_CHANGE = "by change"
RATES = {"2 a second": 0.4, "1 a second": 0.22, "4 a second": 0.06, "uneven": 0.2, BY_CHANGE: 0.12}
QUIET = 2.0  # seconds from pair to pair where nothing changes
PAIRS = 16  # the most that a clip has when they are chosen by change


def instants(rng: np.random.Generator, scene: Scene, rate: str = "") -> np.ndarray:
    """When frames are taken, [T, 2] seconds: at an even rate, with gaps between half and one and a half times 0.5 s, or more
    often where something changes."""
    rate, seconds = rate or str(rng.choice(list(RATES), p=list(RATES.values()))), scene.seconds
    if rate == BY_CHANGE:
        return _by_change(rng, scene)
    if rate == "uneven":
        t = np.concatenate(([0.0], np.cumsum(0.5 * rng.uniform(0.5, 1.5, int(seconds * 4)))))
        t = t[t < seconds - 0.1]
    else:
        gap = 1 / int(rate[0])
        t = np.arange(0, seconds, gap) + rng.choice((0.0, 0.04)) * (rng.random(int(round(seconds / gap))) < 0.5)
        t[0] = 0
    return t[:len(t) // 2 * 2].reshape(-1, 2)


def _by_change(rng: np.random.Generator, scene: Scene) -> np.ndarray:
    """What the job's sampler keeps of pairs at 2 or 4 frames a second: those with a change, their neighbours, and some more."""
    per_second = int(rng.choice((2, 4)))
    t = np.arange(0, scene.seconds, 1 / per_second)
    t = t[:len(t) // 2 * 2]
    changes = np.abs(np.diff(np.log2(scene.gain(t)), prepend=0)) > 0.1
    for thing in (*scene.things, *scene.strangers):
        step = np.abs(np.diff(thing.place(t), axis=0, prepend=thing.place(t[:1]))).max(1)
        seen = thing.visible(t)
        changes |= (seen & (step > 0.6)) | (np.diff(seen, prepend=seen[0]))
    pairs = t.reshape(-1, 2)
    changes = changes.reshape(-1, 2).any(1) | (rng.random(len(pairs)) < 0.04)
    keep = changes | np.append(changes[1:], False) | np.append(False, changes[:-1])
    regular = np.arange(len(pairs)) % round(QUIET * per_second / 2) == 0
    while (keep | regular).sum() > PAIRS:
        keep[np.flatnonzero(keep & ~regular)[1::2]] = False
    return pairs[keep | regular]
