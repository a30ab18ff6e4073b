"""Clips with questions as training batches: one prefix per clip, several questions that share it."""

from dataclasses import dataclass, fields, replace

import numpy as np
import torch
from torch import Tensor

import words
from codebook import Codebook
from questions import Asked, Questions
from scenes import (BACKGROUND, CELLS, COLUMNS, ROWS, WIDTH, Answer, Labels, Scene, Seen, Story, answer, gone, label, light_steps, look)
from words import ENTERS, LEAVES, LEFT, MEETS, STARTS, STOPS, THERE, VERBS

BINS = 66  # quarter seconds 0..64; the last one says "not (yet)"
NEVER = BINS - 1
TURN = 5  # tokens of the turn change before an answer
IGNORE = -100
OFTEN = {LEFT: 4, MEETS: 3, LEAVES: 2, STARTS: 1.5}  # how much rather these are asked for than others that happen too
STORIES = 7  # times that ``scenes.Story`` tells
MOST = 6  # ranks of things in a caption that are told apart
# what is always "not yet" in training for the kinds that an event is held out for; it is not taught, or they would learn "never"
UNTAUGHT = {ENTERS: ("appeared", "entered"), LEAVES: (), STOPS: ("entered", "rested"), STARTS: ("left",),
            MEETS: ("met", "parted"), LEFT: ("alone",)}


def to_bin(seconds: float) -> int:
    return min(max(round(4 * float(seconds)), 0), NEVER - 1)


@dataclass
class Clip:
    """One clip: what its frames show, and the feature [T, CELLS, H] of every merged token."""
    scene: Scene
    seen: Seen
    labels: Labels
    feature: Tensor


def window(scene: Scene, times: np.ndarray, begin: int, patches: int) -> tuple[Scene, Seen, Labels]:
    """The part of a clip from one pair of frames on, as a clip of its own."""
    start = times[begin, 0]
    end = times[begin + patches, 0] if begin + patches < len(times) else scene.seconds
    part = scene.window(start, end - start)
    seen = look(part, times[begin:begin + patches] - start)
    return part, seen, label(part, seen)


def recast(clip: Clip, codes: Codebook, rng: np.random.Generator) -> Clip:
    """The same clip in a mirror half of the time, its parts played by other kinds: any with the same event held out."""
    role = np.arange(BACKGROUND + 1)
    for verb in UNTAUGHT:
        group = [kind for kind in range(BACKGROUND) if words.held_out(kind) == verb]
        role[group] = rng.permutation(group)
    feature, came_from = clip.feature, torch.from_numpy(np.argsort(role))
    for directions in (codes.kind, codes.partner):
        said = feature @ directions.T
        feature = feature + (said[..., came_from[:len(directions)]] - said) @ directions
    things = [replace(thing, kind=int(role[thing.kind])) for thing in clip.scene.things]
    labels = replace(clip.labels, kind=role[clip.labels.kind])
    if rng.random() < 0.5:
        feature = feature.unflatten(1, (ROWS, COLUMNS)).flip(2).flatten(1, 2)
        things = [replace(thing, path=[(t, WIDTH - x, y) for t, x, y in thing.path], flip=not thing.flip) for thing in things]
        labels = Labels(*(cells.reshape(-1, ROWS, COLUMNS)[:, :, ::-1].reshape(-1, CELLS) for cells in vars(labels).values()))
    return Clip(replace(clip.scene, things=things), clip.seen, labels, feature)


@dataclass
class Told:
    """What an answer tells of at one place: a thing's kind, the kind it meets, and a span; BACKGROUND and NEVER for nothing."""
    kind: int
    partner: int
    start: int
    end: int


NOTHING = Told(BACKGROUND, BACKGROUND, NEVER, NEVER)


@dataclass
class Asking:
    """One question; ``told`` says for every answer token what the model must have in mind to say it."""
    asked: Asked
    verb: int  # IGNORE for the dense caption
    first: Told
    told: list[Told]


@dataclass
class Batch:
    """B clips of T patches with K tokens each, Q questions of S tokens per clip."""
    feature: Tensor  # [B, T*K, H]
    prefix_positions: Tensor  # [3, B, P]
    ids: Tensor  # [B*Q, S]
    positions: Tensor  # [3, B*Q, S]
    targets: Tensor  # [B*Q, S] next answer token or IGNORE
    told: Tensor  # [4, B*Q, S] as ``Told``, where there is a target
    query_end: Tensor  # [B*Q]
    verb: Tensor  # [B*Q]
    first: Tensor  # [4, B*Q] as ``Told``
    time: Tensor  # [2, B, T*K] bins of the first frame and of the middle between it and the frame before
    story: Tensor  # [STORIES + 2, B, T*K] bins: a thing's story, IGNORE on background; lights out and on since
    partner: Tensor  # [B, T*K] kind of the last company, BACKGROUND for none yet
    rank: Tensor  # [B, T*K] place of the thing in the caption

    def to(self, device: str) -> "Batch":
        return Batch(**{field.name: getattr(self, field.name).to(device) for field in fields(self)})


class QuestionMaker:
    """Draws questions about a scene; never one that is held out for its kind."""

    def __init__(self, questions: Questions, rng: np.random.Generator):
        self.rng = rng
        self.questions = questions

    def _text(self, verb: str, kind: int, other: int) -> str:
        forms = words.PHRASES[verb]
        form = 0 if self.rng.random() < 0.3 else int(self.rng.integers(len(forms)))
        text = words.query(verb, words.NAMES[kind] if kind != BACKGROUND else "", words.NAMES[other] if other != BACKGROUND else "",
                           form, bool(self.rng.random() < 0.15))
        if self.rng.random() < 0.1:
            text = text[0].upper() + text[1:]
        return text + "." if self.rng.random() < 0.1 else text

    def ask(self, clip: Clip, count: int) -> list[Asking]:
        """At most 65 % of the questions are about something that happens."""
        present, absent = [], []
        for verb, index, other in events(clip.scene):
            kinds = [clip.scene.things[i].kind if i >= 0 else BACKGROUND for i in (index, other)]
            if words.is_held_out(verb, kinds):
                continue
            said = answer(clip.seen, verb, index, other)
            if said is not False:
                (absent if said is None else present).append((verb, *kinds, said))
        # what happens seldom is asked for first, more often than not
        present.sort(key=lambda asked: -self.rng.random() ** (1 / OFTEN.get(asked[0], 1)))
        self.rng.shuffle(absent)
        chosen = present[:round(0.65 * count)]
        chosen += absent[:max(1, count // 4)]
        here = {thing.kind for thing in clip.scene.things}
        while len(chosen) < count:
            kind, other = (int(k) for k in self.rng.integers(0, len(words.NAMES), 2))
            verb = VERBS[self.rng.choice(7, p=(0.4, 0.12, 0.12, 0.12, 0.12, 0.06, 0.06))]
            if verb == MEETS and clip.scene.things and self.rng.random() < 0.7:
                other = clip.scene.things[self.rng.integers(len(clip.scene.things))].kind
                if self.rng.random() < 0.5:
                    kind, other = other, kind
            asked = (kind, other) if verb == MEETS else (kind,)
            if set(asked) <= here or kind == other or words.is_held_out(verb, asked):
                continue
            chosen.append((verb, kind, other if verb == MEETS else BACKGROUND, None))
        return [self._asking(*choice) for choice in chosen[:count]]

    def _asking(self, verb: str, kind: int, other: int, span: Answer) -> Asking:
        first = Told(kind, other, NEVER, NEVER)
        text = words.NONE
        if span:
            first = Told(kind, other, to_bin(span[0]), to_bin(span[1]))
            text = words.grounding_answer(first.start / 4, first.end / 4)
        asked = self.questions.grounding(self._text(verb, kind, other), bool(self.rng.random() < 0.75), text)
        return Asking(asked, VERBS.index(verb), first, [first] * (len(asked.ids) - asked.answer))

    def describe(self, clip: Clip) -> Asking:
        """The dense caption of everything there is."""
        rows = [(start / 4, end / 4, words.description(words.NAMES[clip.scene.things[index].kind], came, went))
                for index, start, end, came, went in order(clip.seen, clip.labels)]
        told = [Told(clip.scene.things[index].kind, BACKGROUND, start, end)
                for index, start, end, *_ in order(clip.seen, clip.labels)]
        asked, owners = self.questions.caption(rows)
        return Asking(asked, IGNORE, told[0] if told else NOTHING,
                      [told[owner] if 0 <= owner < len(told) else NOTHING for owner in owners])


def events(scene: Scene) -> list[tuple[str, int, int]]:
    """Everything that can be asked about a scene's things and lights: verb, thing or -1, other thing or -1."""
    things = range(len(scene.things))
    return ([(verb, -1, -1) for verb in words.LIGHTS]
            + [(verb, i, -1) for i in things for verb in VERBS if verb not in words.LIGHTS and verb != MEETS]
            + [(MEETS, i, j) for i in things for j in things if i != j])


def order(seen: Seen, labels: Labels) -> list[tuple[int, int, int, bool, bool]]:
    """The things of a caption: thing, bins of start and end, whether it came and whether it went; by start, then by place."""
    rows = []
    for index in range(len(seen.visible)):
        span = answer(seen, THERE, index)
        if span:
            first = int(seen.there[index].argmax())
            place = np.flatnonzero(labels.thing[first] == index)
            rows.append((to_bin(span[0]), int(place[0]) if len(place) else CELLS, index, to_bin(span[1]),
                         span[0] > 0, gone(seen, index) is not None))
    return [(index, start, end, came, went) for start, _, index, end, came, went in sorted(rows)]


def times(seen: Seen) -> np.ndarray:
    """[2, T] bins; see ``Batch.time``."""
    before = np.concatenate(([0], (seen.times[:-1, 1] + seen.times[1:, 0]) / 2))
    return np.array([[to_bin(t) for t in row] for row in (seen.times[:, 0], before)])


def stories(clip: Clip) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Per merged token its thing's story [STORIES + 2, T, CELLS], last company [T, CELLS] and rank [T, CELLS]."""
    seen, things = clip.seen, clip.scene.things
    patches = len(seen.times)
    told = np.full((STORIES, len(things) + 1, patches), IGNORE)
    partner = np.full((len(things) + 1, patches), IGNORE)
    rank = np.full(len(things) + 1, IGNORE)
    for index in range(len(things)):
        values = np.stack(list(vars(seen.story(index)).values()))
        there = seen.there[index]
        told[:, index, there] = np.where(np.isnan(values), NEVER, np.clip(np.round(4 * np.nan_to_num(values)), 0, 64))[:, there]
        held_out = words.held_out(things[index].kind)
        told[[list(Story.__annotations__).index(name) for name in UNTAUGHT[held_out]], index] = IGNORE
        last = BACKGROUND
        for p in np.flatnonzero(there):
            if seen.partner[index, p] >= 0:
                last = things[seen.partner[index, p]].kind
            partner[index, p] = IGNORE if held_out == MEETS else last
    for place, (index, *_) in enumerate(order(seen, clip.labels)):
        rank[index] = min(place, MOST - 1)
    light = np.full((2, patches), NEVER)
    for frame, when, brighter in light_steps(seen):
        light[int(brighter), frame // 2:] = to_bin(when)
    thing, patch = clip.labels.thing, np.arange(patches)[:, None]
    lights = np.broadcast_to(light[:, :, None], (2, *thing.shape))
    return np.concatenate((told[:, thing, patch], lights)), partner[thing, patch], rank[thing]


def choose_tokens(clip: Clip, keep: int, rng: np.random.Generator) -> np.ndarray:
    """Which cells [T, keep] stay when a clip is thinned out: one of each thing first, then any others."""
    patches = len(clip.seen.times)
    if keep == CELLS:
        return np.broadcast_to(np.arange(CELLS), (patches, CELLS))
    score = rng.random((patches, CELLS))
    for index in range(len(clip.scene.things)):
        own = clip.labels.thing == index
        rows = np.flatnonzero(own.any(1))
        score[rows, np.where(own[rows], score[rows], 0).argmax(1)] += 10
    return np.sort(np.argsort(-score, 1)[:, :keep], 1)


def collate(clips: list[Clip], askings: list[list[Asking]], questions: Questions, keep: int, short: bool,
            rng: np.random.Generator, elide: bool = False) -> Batch:
    """Batches clips of equally many pairs. ``short`` cuts questions after the query; ``elide`` leaves out the words between
    the query and the end of the user's turn, which keeps all positions."""
    count, base = len(askings[0]), len(questions.opening)
    features, prefix_positions, marks, told, partners, ranks, starts = [], [], [], [], [], [], []
    for clip in clips:
        cells = choose_tokens(clip, keep, rng)
        take = torch.from_numpy(np.ascontiguousarray(cells))
        features.append(clip.feature.gather(1, take[..., None].expand(-1, -1, clip.feature.shape[-1])).flatten(0, 1))
        ids = np.trunc(clip.seen.times[:, 0].astype(np.float32) * np.float32(2)).astype(int)
        grid = np.stack((np.broadcast_to(ids[:, None], cells.shape), cells // COLUMNS, cells % COLUMNS)).reshape(3, -1)
        prefix_positions.append(np.concatenate((np.broadcast_to(np.arange(base), (3, base)), grid + base), 1))
        story, partner, rank = stories(clip)
        told.append(np.take_along_axis(story, cells[None], 2).reshape(len(story), -1))
        partners.append(np.take_along_axis(partner, cells, 1).ravel())
        ranks.append(np.take_along_axis(rank, cells, 1).ravel())
        marks.append(times(clip.seen).repeat(keep, 1))
        starts.append(base + max(ids[-1], COLUMNS - 1) + 1)
    flat = [asking for each in askings for asking in each]
    kept = []
    for asking in flat:
        asked = asking.asked
        tail = [] if short else range(asked.answer - TURN if elide else asked.query_end + 1, len(asked.ids))
        kept.append([*range(asked.query_end + 1), *tail])
    ids = torch.zeros(len(flat), max(map(len, kept)), dtype=torch.long)
    positions, targets = torch.zeros_like(ids), torch.full_like(ids, IGNORE)
    minds = torch.zeros(4, *ids.shape, dtype=torch.long)
    for row, (asking, places) in enumerate(zip(flat, kept)):
        tokens = torch.tensor(asking.asked.ids)[places]
        ids[row, :len(places)] = tokens
        positions[row, :len(places)] = starts[row // count] + torch.tensor(places)
        if not short:
            said = slice(len(places) - len(asking.told) - 1, len(places) - 1)
            targets[row, said] = tokens[-len(asking.told):]
            minds[:, row, said] = torch.tensor([(t.kind, t.partner, t.start, t.end) for t in asking.told]).T
    return Batch(
        torch.stack(features).float(), torch.from_numpy(np.stack(prefix_positions, 1)), ids,
        positions.expand(3, -1, -1), targets, minds, torch.tensor([a.asked.query_end for a in flat]),
        torch.tensor([a.verb for a in flat]),
        torch.tensor([(a.first.kind, a.first.partner, a.first.start, a.first.end) for a in flat]).T,
        torch.from_numpy(np.stack(marks, 1)), torch.from_numpy(np.stack(told, 1)),
        torch.from_numpy(np.stack(partners)), torch.from_numpy(np.stack(ranks)),
    )
