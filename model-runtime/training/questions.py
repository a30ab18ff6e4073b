"""Questions as token ids and positions: the ChatML prompt around a clip, exactly as the product sends it."""

from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor

import words

ROWS, COLUMNS = 4, 7
UNITS = ROWS * COLUMNS


@dataclass(frozen=True)
class Asked:
    """Ids from ``<|vision_end|>`` to the answer's ``<|im_end|>``; where the query ends and where the answer begins."""
    ids: list[int]
    query_end: int
    answer: int


class Questions:
    def __init__(self, tokenizer_file: Path):
        self.tokenizer = Tokenizer.from_file(str(tokenizer_file))
        self.video_pad = self.tokenizer.token_to_id("<|video_pad|>")
        self.opening = self.encode(
            f"<|im_start|>system\n{words.SYSTEM}<|im_end|>\n<|im_start|>user\n<|vision_start|>")

    def encode(self, text: str) -> list[int]:
        return self.tokenizer.encode(text).ids

    def prefix(self, pads: int) -> list[int]:
        """Everything before ``<|vision_end|>``: what all questions of a clip share."""
        return self.opening + [self.video_pad] * pads

    def asked(self, prompt: str, answer: str, query_end: int) -> Asked:
        question = self.encode(f"<|vision_end|>{prompt}<|im_end|>\n<|im_start|>assistant\n")
        return Asked(question + self.encode(f"{answer}<|im_end|>"), query_end, len(question))

    def grounding(self, query: str, suffix: bool, answer: str) -> Asked:
        upto = self.encode(f"<|vision_end|>Give the query: '{query}',")
        return self.asked(words.grounding_prompt(query, suffix), answer, len(upto) - 1)

    def caption(self, answer: str) -> Asked:
        prompt_end = len(self.encode(f"<|vision_end|>{words.CAPTION_PROMPT}")) - 1
        return self.asked(words.CAPTION_PROMPT, answer, prompt_end)

    def positions(self, times: list[int], length: int, rows: int = ROWS, columns: int = COLUMNS) -> tuple[Tensor, Tensor]:
        """CANON ids, [3, P] of the prefix and [3, length] of what follows, for patches at the given time ids."""
        base = len(self.opening)
        text = torch.arange(base).expand(3, base)
        grid = torch.cartesian_prod(torch.tensor(times), torch.arange(rows), torch.arange(columns)).T + base
        follow = torch.arange(length).expand(3, length) + int(grid.max()) + 1
        return torch.cat((text, grid), 1), follow
