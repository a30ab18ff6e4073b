"""Clips with questions as training batches: one prefix per clip, several questions that share it."""

from dataclasses import dataclass, fields
from functools import lru_cache

import numpy as np
import torch
from torch import Tensor

import words
from questions import COLUMNS, UNITS, Asked, Questions
from scenes import BACKGROUND, IN, OUT, STILL, Labels, Scene, Seen, answer

BINS = 66  # quarter seconds 0..64; the last one says "not (yet)"
NEVER = BINS - 1
TURN = 5  # tokens of the turn change before an answer
IGNORE = -100


def to_bin(seconds: float) -> int:
    return round(4 * float(seconds))


@dataclass
class Clip:
    """One clip: what its frames show, and the feature [T, 28, H] of every merged token."""
    scene: Scene
    seen: Seen
    labels: Labels
    feature: Tensor


@dataclass
class Asking:
    """One question with its dense labels at the end of the query."""
    asked: Asked
    kind: int
    verb: int
    start: int
    end: int


@dataclass
class Batch:
    """B clips of T patches with K tokens each, Q questions of S tokens per clip."""
    feature: Tensor  # [B, T*K, H]
    prefix_positions: Tensor  # [3, B, P]
    ids: Tensor  # [B*Q, S]
    positions: Tensor  # [3, B*Q, S]
    targets: Tensor  # [B*Q, S] next answer token or IGNORE
    query_end: Tensor  # [B*Q]
    kind: Tensor  # [B*Q]
    verb: Tensor  # [B*Q]
    start: Tensor  # [B*Q] bin or NEVER
    end: Tensor  # [B*Q]
    time: Tensor  # [B, T*K] patch of each vision token
    history: Tensor  # [4, B, T*K]: phase, bins of appearing, coming to rest, starting to leave; IGNORE on background

    def to(self, device: str) -> "Batch":
        return Batch(**{field.name: getattr(self, field.name).to(device) for field in fields(self)})


class QuestionMaker:
    """Draws questions about a scene."""

    def __init__(self, questions: Questions, rng: np.random.Generator):
        self.rng = rng
        self.grounding = lru_cache(200_000)(questions.grounding)
        self.caption = questions.caption

    def _text(self, kind: int, verb: str) -> str:
        forms = words.PHRASES[verb]
        form = 0 if self.rng.random() < 0.4 else int(self.rng.integers(len(forms)))
        text = words.query(words.NAMES[kind], verb, form)
        if self.rng.random() < 0.1:
            text = text[0].upper() + text[1:]
        return text + "." if self.rng.random() < 0.1 else text

    def ask(self, clip: Clip, count: int) -> list[Asking]:
        """At most 70 % of the questions are about something that happens."""
        present, absent = [], []
        for index, thing in enumerate(clip.scene.things):
            for verb in words.VERBS:
                said = answer(clip.scene, clip.seen, index, verb)
                if said is not False:
                    (absent if said is None else present).append((thing.kind, verb, said))
        self.rng.shuffle(present)
        chosen = present[:round(0.7 * count)] + absent[:max(1, count // 6)]
        here = {thing.kind for thing in clip.scene.things}
        while len(chosen) < count:
            kind = int(self.rng.integers(len(words.NAMES)))
            if kind not in here:
                chosen.append((kind, words.VERBS[self.rng.choice(3, p=(0.5, 0.25, 0.25))], None))
        return [self._asking(*choice) for choice in chosen]

    def _asking(self, kind: int, verb: str, span: tuple[float, float] | None) -> Asking:
        said = words.NONE if span is None else words.grounding_answer(*span)
        asked = self.grounding(self._text(kind, verb), bool(self.rng.random() < 0.75), said)
        start, end = (NEVER, NEVER) if span is None else (to_bin(span[0]), to_bin(span[1]))
        return Asking(asked, kind, words.VERBS.index(verb), start, end)

    def describe(self, clip: Clip) -> Asking:
        """The dense caption of everything there is."""
        events = []
        for index, thing in enumerate(clip.scene.things):
            span = answer(clip.scene, clip.seen, index, "there")
            if span:
                events.append((*span, words.NAMES[thing.kind]))
        first = min(events) if events else None
        start, end = (to_bin(first[0]), to_bin(first[1])) if first else (NEVER, NEVER)
        kind = words.NAMES.index(first[2]) if first else BACKGROUND
        return Asking(self.caption(words.caption_answer(sorted(events))), kind, IGNORE, start, end)


def history(clip: Clip) -> np.ndarray:
    """Per merged token [4, T, 28] what its thing did so far; see ``Batch.history``."""
    patches = clip.seen.visible.shape[1]
    rows = np.full((4, len(clip.scene.things) + 1, patches), IGNORE)
    for index in range(len(clip.scene.things)):
        visible, phase = clip.seen.visible[index], clip.seen.phase[index]
        there = np.flatnonzero(visible >= 0)
        if not len(there):
            continue
        first = 2 * there[0] + (visible[there[0]] == 2)
        rows[1, index] = to_bin(first / 2 - 0.25) if first else 0
        rows[0, index] = phase
        still = [a for a in there if phase[a] == STILL]
        rows[2:, index] = NEVER
        if still and phase[there[0]] == IN:
            rows[2, index, still[0]:] = to_bin(still[0] - 0.4)
        if phase[there[-1]] == OUT:
            leaving = [a for a in there if phase[a] == OUT]
            rows[3, index, leaving[0]:] = to_bin(still[-1] + 0.9) if still else 0
    thing = clip.labels.thing
    return rows[:, thing, np.arange(patches)[:, None]]


def choose_tokens(clip: Clip, keep: int, rng: np.random.Generator) -> np.ndarray:
    """Which cells [T, keep] stay when a clip is thinned out: each thing's best cell first, then any others."""
    patches = clip.labels.thing.shape[0]
    if keep == UNITS:
        return np.broadcast_to(np.arange(UNITS), (patches, UNITS))
    score = rng.random((patches, UNITS))
    for index in range(len(clip.scene.things)):
        own = np.where(clip.labels.thing == index, clip.seen.cover[index], 0)
        rows = np.flatnonzero(own.max(1) > 0)
        score[rows, own[rows].argmax(1)] += 10
    return np.sort(np.argsort(-score, 1)[:, :keep], 1)


def collate(clips: list[Clip], askings: list[list[Asking]], questions: Questions, keep: int, short: bool,
            rng: np.random.Generator, jitter: float = 0.0, elide: bool = False) -> Batch:
    """Batches clips of equal length. ``short`` cuts questions after the query; ``jitter`` shifts some time ids by one;
    ``elide`` leaves out the words between the query and the end of the user's turn, which keeps all positions."""
    patches, count = clips[0].labels.thing.shape[0], len(askings[0])
    base = len(questions.opening)
    features, prefix_positions, histories, starts = [], [], [], []
    for clip in clips:
        cells = choose_tokens(clip, keep, rng)
        take = torch.from_numpy(np.ascontiguousarray(cells))
        features.append(clip.feature.gather(1, take[..., None].expand(-1, -1, clip.feature.shape[-1])).flatten(0, 1))
        times = 2 * np.arange(patches) - (rng.random(patches) < jitter) * (np.arange(patches) > 0)
        grid = np.stack((np.broadcast_to(times[:, None], cells.shape), cells // COLUMNS, cells % COLUMNS)).reshape(3, -1)
        text = np.broadcast_to(np.arange(base), (3, base))
        prefix_positions.append(np.concatenate((text, grid + base), 1))
        histories.append(np.take_along_axis(history(clip), cells[None], 2).reshape(4, -1))
        starts.append(base + max(times[-1], COLUMNS - 1) + 1)
    flat = [asking for each in askings for asking in each]
    kept = []
    for asking in flat:
        asked = asking.asked
        tail = [] if short else range(asked.answer - TURN if elide else asked.query_end + 1, len(asked.ids))
        kept.append([*range(asked.query_end + 1), *tail])
    ids = torch.zeros(len(flat), max(map(len, kept)), dtype=torch.long)
    positions = torch.zeros_like(ids)
    targets = torch.full_like(ids, IGNORE)
    for row, (asking, places) in enumerate(zip(flat, kept)):
        tokens = torch.tensor(asking.asked.ids)[places]
        ids[row, :len(places)] = tokens
        positions[row, :len(places)] = starts[row // count] + torch.tensor(places)
        if not short:
            said = len(asking.asked.ids) - asking.asked.answer
            targets[row, len(places) - said - 1:len(places) - 1] = tokens[-said:]
    return Batch(
        torch.stack(features).float(), torch.from_numpy(np.stack(prefix_positions, 1)), ids,
        positions.expand(3, -1, -1), targets, torch.tensor([a.asked.query_end for a in flat]),
        torch.tensor([a.kind for a in flat]), torch.tensor([a.verb for a in flat]),
        torch.tensor([a.start for a in flat]), torch.tensor([a.end for a in flat]),
        torch.arange(patches).repeat_interleave(keep).expand(len(clips), -1),
        torch.from_numpy(np.stack(histories, 1)),
    )
