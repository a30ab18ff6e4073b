"""Clips without pixels: symbolic scenes whose features are the codebook's, with noise and mistakes like the tower's."""

from dataclasses import dataclass

import numpy as np
import torch

from clips import Clip, window
from codebook import Codebook
from pairs import targets
from scenes import BACKGROUND, instants, make_scene

SECONDS = 16.0


@dataclass(frozen=True)
class Faults:
    """Noise per dimension; chances that a token says nothing (small things more often), another kind, another state."""
    noise: float = 0.08
    nothing: float = 0.0
    kind: float = 0.0
    state: float = 0.0


def oracle_clip(rng: np.random.Generator, patches: int, rate: str, codes: Codebook, faults: Faults) -> Clip:
    whole = make_scene(rng, SECONDS)
    times = instants(rng, whole, rate)
    while len(times) < patches:
        whole = make_scene(rng, SECONDS)
        times = instants(rng, whole, rate)
    scene, seen, labels = window(whole, times, int(rng.integers(len(times) - patches + 1)), patches)
    kind, motion, visible, company, partner, _ = targets(scene, seen, labels).astype(int)
    there = labels.thing >= 0
    size = np.array([thing.size for thing in scene.things] + [1.0])[labels.thing]
    kind[there & (rng.random(kind.shape) < faults.nothing * np.clip(20 / size, 0.5, 2))] = BACKGROUND
    wrong = there & (rng.random(kind.shape) < faults.kind)
    kind[wrong] = rng.integers(0, BACKGROUND, wrong.sum())
    for state, values in ((motion, 2), (visible, 3), (company, 3)):
        slip = rng.random(kind.shape) < faults.state
        state[slip] = rng.integers(0, values, slip.sum())
    slip = (partner != BACKGROUND) & (rng.random(kind.shape) < 2 * faults.state)
    partner[slip] = rng.integers(0, BACKGROUND, slip.sum())
    light = rng.uniform(-1.5, 1) + seen.light + rng.normal(0, 0.08, seen.light.shape)
    feature = codes.feature(*map(torch.from_numpy, (kind, motion, visible, company, partner)),
                            torch.from_numpy(light).float()[:, None])
    noise = torch.from_numpy(rng.standard_normal(feature.shape, np.float32)) * faults.noise
    return Clip(scene, seen, labels, feature + noise)
