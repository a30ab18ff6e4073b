"""Questions as token ids and positions: the ChatML prompt around a clip, exactly as the product sends it."""

from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor

import words
from scenes import COLUMNS, ROWS


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

    def caption(self, rows: list[tuple[float, float, str]]) -> tuple[Asked, list[int]]:
        """The dense caption prompt with its answer, and for every answer token the row it belongs to, -1 for none."""
        prompt_end = len(self.encode(f"<|vision_end|>{words.CAPTION_PROMPT}")) - 1
        answer = words.caption_answer(rows)
        asked = self.asked(words.CAPTION_PROMPT, answer, prompt_end)
        begins = [place for place, letter in enumerate(answer) if letter == "{"]
        owners = []
        for start, end in self.tokenizer.encode(f"{answer}<|im_end|>").offsets:
            said, owner = answer[start:end], sum(begin < end for begin in begins) - 1
            # the token that goes on to another row, or ends the list, belongs to what comes next
            goes_on = said == "[\n" or "}," in said
            ends = start >= len(answer) or "]" in said or "`" in said or ("}" in said and not goes_on)
            owners.append(-1 if ends else owner + goes_on)
        return asked, owners

    def positions(self, times: list[int], length: int, rows: int = ROWS, columns: int = COLUMNS) -> tuple[Tensor, Tensor]:
        """CANON ids, [3, P] of the prefix and [3, length] of what follows, for patches at the given time ids."""
        base = len(self.opening)
        text = torch.arange(base).expand(3, base)
        grid = torch.cartesian_prod(torch.tensor(times), torch.arange(rows), torch.arange(columns)).T + base
        follow = torch.arange(length).expand(3, length) + int(grid.max()) + 1
        return torch.cat((text, grid), 1), follow
