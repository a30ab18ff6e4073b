"""Clips without pixels: symbolic scenes whose features are the codebook's, with noise and mistakes like the tower's."""

from dataclasses import dataclass

import numpy as np
import torch

from clips import Clip
from codebook import Codebook, KINDS
from scenes import label, look, make_scene

CHANCES = (0.06, 0.3, 0.34, 0.3)


@dataclass(frozen=True)
class Faults:
    """Noise per dimension and the chances of saying nothing, another kind, another motion or visibility."""
    noise: float = 0.08
    nothing: float = 0.0
    kind: float = 0.0
    state: float = 0.0


def oracle_clip(rng: np.random.Generator, patches: int, codes: Codebook, faults: Faults) -> Clip:
    scene = make_scene(rng, float(patches), CHANCES)
    seen = look(scene, patches)
    labels = label(scene, seen)
    kind, motion, visible = labels.kind.copy(), labels.motion.copy(), labels.visible.copy()
    there = labels.thing >= 0
    kind[there & (rng.random(kind.shape) < faults.nothing)] = KINDS - 1
    wrong = there & (rng.random(kind.shape) < faults.kind)
    kind[wrong] = rng.integers(0, KINDS - 1, wrong.sum())
    motion ^= rng.random(kind.shape) < faults.state
    slip = rng.random(kind.shape) < faults.state
    visible[slip] = rng.integers(0, 3, slip.sum())
    feature = codes.feature(torch.from_numpy(kind), torch.from_numpy(motion), torch.from_numpy(visible))
    noise = torch.from_numpy(rng.standard_normal(feature.shape, np.float32)) * faults.noise
    return Clip(scene, seen, labels, feature + noise)
