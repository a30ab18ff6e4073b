"""The language between tower and decoder: fixed orthogonal directions in the decoder's embedding space."""

import numpy as np
import torch
from torch import Tensor

import words
from scenes import BACKGROUND

KINDS = BACKGROUND + 1  # the last one is background
PARTNERS = BACKGROUND
KIND_NORM, STATE_NORM, PARTNER_NORM, LIGHT_NORM = 4.0, 2.5, 3.0, 1.5


class Codebook:
    """Unit rows, all orthogonal: ``kind`` [71, H], ``partner`` [70, H], ``motion`` [2, H], ``visible`` [3, H],
    ``company`` [3, H], ``light`` [2, H] (one for each frame of a pair), ``verb`` [9, H]."""

    def __init__(self, width: int):
        generator = torch.Generator().manual_seed(20)
        rows = torch.linalg.qr(torch.randn(width, width, generator=generator))[0]
        sizes = (KINDS, PARTNERS, 2, 3, 3, 2, len(words.VERBS))
        self.kind, self.partner, self.motion, self.visible, self.company, self.light, self.verb, _ = rows.split(
            (*sizes, width - sum(sizes)))

    def to(self, device: str) -> "Codebook":
        for name, rows in vars(self).items():
            setattr(self, name, rows.to(device))
        return self

    def feature(self, kind: Tensor, motion: Tensor, visible: Tensor, company: Tensor, partner: Tensor, light: Tensor) -> Tensor:
        """The feature [.., H] a merged token should have. Empty tokens say only that, and how bright it is: ``light`` [.., 2]
        octaves, 0 for a medium picture; ``partner`` is BACKGROUND for nobody."""
        states = STATE_NORM * (self.motion[motion] + self.visible[visible] + self.company[company])
        nobody = self.partner.new_zeros(1, self.partner.shape[1])
        states = states + PARTNER_NORM * torch.cat((self.partner, nobody))[partner]
        there = (kind != BACKGROUND)[..., None]
        return KIND_NORM * self.kind[kind] + states * there + LIGHT_NORM * light @ self.light

    def read(self, feature: Tensor) -> dict[str, Tensor]:
        """Logits of each word, about 8 for what is said and 0 for the rest, and the brightness."""
        return {
            "kind": feature @ self.kind.T * (8 / KIND_NORM), "motion": feature @ self.motion.T * (8 / STATE_NORM),
            "visible": feature @ self.visible.T * (8 / STATE_NORM), "company": feature @ self.company.T * (8 / STATE_NORM),
            "partner": feature @ self.partner.T * (8 / PARTNER_NORM), "light": feature @ self.light.T / LIGHT_NORM,
        }


class Blend:
    """Kinds that nobody has a word for, made of two each: disjoint pairs of kinds, turned in their common plane by at most 45
    degrees. Tokens and words turned alike mean the same as before, and what the decoder learns of one kind holds for others."""

    def __init__(self, codes: Codebook, rng: np.random.Generator):
        pairs = torch.from_numpy(rng.permutation(BACKGROUND)[:BACKGROUND // 2 * 2]).view(2, -1)
        angle = torch.from_numpy(rng.uniform(0, np.pi / 4, pairs.shape[1]))
        turn = torch.eye(BACKGROUND, dtype=torch.float64)
        turn[pairs[0], pairs[0]] = turn[pairs[1], pairs[1]] = angle.cos()
        turn[pairs[0], pairs[1]], turn[pairs[1], pairs[0]] = angle.sin(), -angle.sin()
        self.turn, self.codes = turn.to(codes.kind), codes

    def feature(self, x: Tensor) -> Tensor:
        """Features [.., H], both the kind and the partner turned."""
        return self.named(x, self.codes.partner) + self.named(x, self.codes.kind[:BACKGROUND]) - x

    def named(self, x: Tensor, directions: Tensor) -> Tensor:
        """Vectors [.., H], turned in the plane of these directions, one for each kind."""
        said = x @ directions.T
        return x + (said @ self.turn - said) @ directions


def brightness(frames: Tensor) -> Tensor:
    """Octaves of the mean over a third of full scale, [n, 2] of uint8 or 0..255 pictures [n, 2, height, width, 3]."""
    mean = frames[:, :, ::4, ::4].float().mean((2, 3, 4))
    return torch.log2((mean + 2) / 85)
