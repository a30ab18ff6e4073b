"""Makes the decoder slower to report: raises the logit of ``None`` where an answer begins, until an event is reported from a
probability of ``--from`` on instead of one half.

The head has no biases, and its matrix is that of the embeddings. So the embedding of ``None`` gets a little of the mean stream
in front of an answer, which is nearly the same for all questions; as a word of a question it hardly changes.
"""

import argparse
import math
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor

import words
from features import Cache
from model import Nano
from oracle import Faults
from questions import Questions
from scenes import CELLS
from train_decoder import IGNORE, Lessons, Stage

LIKE_THE_PRODUCT = Stage(clips=8, pairs=(16, 16), keep=(CELLS,), questions=10, short=0, even=1)


@torch.no_grad()
def streams_before_answers(nano: Nano, lessons: Lessons, questions: Questions, batches: int) -> tuple[Tensor, Tensor]:
    """Normalised [n, H] in front of each answer, and whether it tells of an event."""
    decoder, streams, present = nano.model, [], []
    for batch, _ in (next(lessons) for _ in range(batches)):
        opening = decoder.embed_tokens(torch.tensor(questions.opening)).expand(len(batch.feature), -1, -1)
        last = decoder(torch.cat((opening, batch.feature), 1), batch.prefix_positions, decoder.embed_tokens(batch.ids),
                       batch.positions)[-1][1]
        begins = (batch.targets != IGNORE).int().argmax(1)
        rows = torch.arange(len(begins))
        streams.append(decoder.norm(last[rows, begins]))
        present.append(batch.targets[rows, begins] != questions.encode(words.NONE)[0])
    return torch.cat(streams), torch.cat(present)


def report(logits: Tensor, present: Tensor, none: int) -> str:
    found = logits.argmax(1) != none
    return f"missed {(~found[present]).float().mean():.3f}, reported of what is absent {found[~present].float().mean():.3f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True, help="decoder.pt is changed; features are of clips that nothing learned from")
    parser.add_argument("--tokenizer", type=Path, required=True)
    parser.add_argument("--from", dest="least", type=float, default=0.6, help="probability")
    parser.add_argument("--batches", type=int, default=30)
    args = parser.parse_args()
    questions, nano = Questions(args.tokenizer), Nano()
    checkpoint = args.work / "decoder.pt"
    saved = torch.load(checkpoint, map_location="cpu", weights_only=True)
    nano.model.load_state_dict(saved["decoder"])
    lessons = iter(Lessons(LIKE_THE_PRODUCT, Cache(args.work), Faults(0, 0, 0, 0), questions, (1, 0, 0)))
    streams, present = streams_before_answers(nano, lessons, questions, args.batches)
    table, none = nano.model.embed_tokens.weight.data, questions.encode(words.NONE)[0]
    print("before:", report(F.linear(streams, table), present, none))
    mean = streams.mean(0)
    shift = math.log(args.least / (1 - args.least)) * mean / mean.square().sum()
    raised = streams @ shift
    table[none] += shift
    print("after:", report(F.linear(streams, table), present, none),
          f"(the logit rose by {raised.mean():.3f}, from {raised.min():.3f} to {raised.max():.3f};"
          f" the embedding of norm {table[none].norm():.2f} changed by {shift.norm():.3f})")
    saved["decoder"] = nano.model.state_dict()
    torch.save(saved, checkpoint)


if __name__ == "__main__":
    main()
