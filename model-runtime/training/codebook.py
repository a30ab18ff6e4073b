"""The language between tower and decoder: fixed orthogonal directions in the decoder's embedding space."""

import torch
from torch import Tensor

import words

KINDS = len(words.NAMES) + 1  # the last one is background
MOTIONS, VISIBLES, VERBS = 2, 3, 3
KIND_NORM, STATE_NORM = 4.0, 2.5


class Codebook:
    """Unit rows: ``kind`` [33, H], ``motion`` [2, H], ``visible`` [3, H], ``verb`` [3, H]; all orthogonal."""

    def __init__(self, width: int):
        generator = torch.Generator().manual_seed(20)
        rows = torch.linalg.qr(torch.randn(width, width, generator=generator))[0]
        self.kind, self.motion, self.visible, self.verb, _ = rows.split(
            (KINDS, MOTIONS, VISIBLES, VERBS, width - KINDS - MOTIONS - VISIBLES - VERBS))

    def to(self, device: str) -> "Codebook":
        self.kind, self.motion, self.visible, self.verb = (
            rows.to(device) for rows in (self.kind, self.motion, self.visible, self.verb))
        return self

    def feature(self, kind: Tensor, motion: Tensor, visible: Tensor) -> Tensor:
        """The feature [.., H] a merged token should have; background tokens say only that."""
        states = self.motion[motion] + self.visible[visible]
        there = (kind != KINDS - 1)[..., None]
        return KIND_NORM * self.kind[kind] + STATE_NORM * states * there

    def read(self, feature: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Logits of kind, motion and visible [.., 33], [.., 2], [.., 3]; about 8 for what is said, 0 for the rest."""
        return (feature @ self.kind.T * (8 / KIND_NORM), feature @ self.motion.T * (8 / STATE_NORM),
                feature @ self.visible.T * (8 / STATE_NORM))
