"""Stage B: teaches the decoder on oracle clips, at first only to know at the query's end what it will have to say.

Stages (``--stage``): ``small`` and ``find`` short questions over thinned-out clips, ``answer`` whole prompts and answers;
``real`` the same on what the frozen tower sees in rendered clips (``features.py``), now and then with all tokens of a pair.
"""

import argparse
import itertools
import math
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.utils.data import DataLoader, IterableDataset, get_worker_info

import together
import words
from clips import BINS, IGNORE, MOST, NEVER, STORIES, Batch, Clip, QuestionMaker, collate
from codebook import KIND_NORM, Blend, Codebook
from features import Cache
from model import Config, Nano
from muon import Optimizers
from oracle import Faults, oracle_clip
from questions import Questions
from scenes import BACKGROUND, BY_CHANGE, CELLS, RATES

FULL = 480  # tokens of a clip from which on a batch has fewer clips
LOOKING, KNOWING = 4, 5  # layers after which vision tokens know their story, and the query's end its answer
RATE = {"2 a second": 2, "1 a second": 1, "4 a second": 4, "uneven": 2, BY_CHANGE: 2}


@dataclass(frozen=True)
class Stage:
    """Curriculum: clips per step, pairs from..to, tokens kept per pair (drawn from these), questions per clip, shares of batches
    cut after the query (with as many clips more as they take less time), of those at 2 frames a second, of caption batches, of
    batches with elided prompts and of clips of full length."""
    clips: int
    pairs: tuple[int, int]
    keep: tuple[int, ...]
    questions: int
    short: float
    even: float = 0.55
    captions: float = 0.0
    elide: float = 0.0
    full: float = 0.0


STAGES = {
    "small": Stage(32, (3, 8), (4, 5), 8, 1),
    "find": Stage(24, (4, 16), (5, 6), 10, 1, 0.75),
    "answer": Stage(16, (4, 16), (5, 6, 8), 10, 0, 0.7, 0.15, 0.7, 0.3),
    "real": Stage(12, (4, 16), (12, 16, 16, 16, CELLS), 10, 0.5, 0.4, 0.3, 0.7, 0.3),
}


class Heads(nn.Module):
    """Training-only readouts of the residual stream."""

    def __init__(self, width: int, codes: Codebook):
        super().__init__()
        self.time = nn.ModuleList(nn.Linear(width, BINS) for _ in range(2))
        self.story = nn.ModuleList(nn.Linear(width, BINS) for _ in range(STORIES + 2))
        self.partner, self.rank = nn.Linear(width, BACKGROUND + 1), nn.Linear(width, MOST)
        self.start, self.end = nn.Linear(width, BINS), nn.Linear(width, BINS)
        self.late_start, self.late_end = nn.Linear(width, BINS), nn.Linear(width, BINS)
        self.register_buffer("kind", codes.kind.clone())
        self.register_buffer("other", codes.partner.clone())
        self.register_buffer("verb", codes.verb.clone())


def spellings(word: str) -> set[str]:
    return {f" {word}", word, word.capitalize()}


def tie_words(nano: Nano, questions: Questions, codes: Codebook) -> None:
    """Starts the names' embeddings at their codes, the others and all logits small; makes queries and keys alike."""
    table = nano.model.embed_tokens.weight.data
    table.normal_(0, 0.3)
    nano.model.norm.weight.data.fill_(0.25)
    coded = {name: index for index, name in enumerate(words.NAMES)}
    coded |= {word: BACKGROUND for word in ("light", "lights", "dark", "bright")}
    for word, index in coded.items():
        for text in spellings(word):
            ids = questions.encode(text)
            if len(ids) == 1:
                table[ids[0]] = KIND_NORM * codes.kind[index] + 0.05 * torch.randn(table.shape[1])
    for layer in nano.model.layers:
        attention, width = layer.self_attn, nano.model.c.head_dim
        share = nano.model.c.num_attention_heads // nano.model.c.num_key_value_heads
        for head in range(nano.model.c.num_key_value_heads):
            key = attention.k_proj.weight.data[head * width:(head + 1) * width]
            for query in range(head * share, (head + 1) * share):
                attention.q_proj.weight.data[query * width:(query + 1) * width] = key + 0.02 * torch.randn_like(key)


def rms(x: Tensor) -> Tensor:
    return F.rms_norm(x.float(), (x.shape[-1],))


def mean_loss(logits: Tensor, wanted: Tensor) -> Tensor:
    """Cross-entropy over what is not to be ignored, 0 when there is nothing to say."""
    return F.cross_entropy(logits, wanted, ignore_index=IGNORE) if (wanted != IGNORE).any() else logits.sum() * 0


def losses(nano: Nano, heads: Heads, questions: Questions, batch: Batch, dense: float,
           blend: Blend | None = None) -> tuple[Tensor, dict[str, float]]:
    """The weighted sum of all losses, and its parts with hit rates for the log. A ``blend`` turns clips and words."""
    decoder, device = nano.model, batch.feature.device
    clips = batch.feature.shape[0]
    table, feature, kinds, others = decoder.embed_tokens.weight, batch.feature, heads.kind, heads.other
    if blend:
        table = torch.where(nano.names[:, None], blend.named(table, heads.kind[:BACKGROUND]), table)
        feature = blend.feature(feature)
        kinds, others = torch.cat((blend.turn @ kinds[:BACKGROUND], kinds[BACKGROUND:])), blend.turn @ others
    opening = F.embedding(torch.tensor(questions.opening, device=device), table)
    prefix = torch.cat((opening.expand(clips, -1, -1), feature), 1)
    short = bool((batch.targets == IGNORE).all())
    with torch.autocast(device.type, torch.bfloat16):
        asked_for = F.embedding(batch.ids, table)
        streams = decoder(prefix, batch.prefix_positions, asked_for, batch.positions, KNOWING if short else None)
    before = len(questions.opening)
    rows = torch.arange(len(batch.ids), device=device)
    early, looked = rms(streams[1][0][:, before:]), rms(streams[LOOKING - 1][0][:, before:])
    things, known = batch.rank != IGNORE, (batch.story[:STORIES] != IGNORE).any(0)
    asking, knowing = (rms(streams[layer][1][rows, batch.query_end]) for layer in (1, KNOWING - 1))
    kind, partner, first_start, first_end = batch.first
    start, end = heads.start(knowing), heads.end(knowing)
    asked = batch.verb != IGNORE
    met = asked & (partner != BACKGROUND)
    parts = {
        "time": sum(mean_loss(head(early).flatten(0, 1), wanted.flatten()) for head, wanted in zip(heads.time, batch.time)),
        "story": sum(mean_loss(head(looked[known]), wanted[known])
                     for head, wanted in zip(heads.story[:STORIES], batch.story[:STORIES])),
        "light": sum(mean_loss(head(looked).flatten(0, 1), wanted.flatten())
                     for head, wanted in zip(heads.story[STORIES:], batch.story[STORIES:])),
        # a readout with directions of its own cannot be turned
        "partner": mean_loss(heads.partner(looked[known]), batch.partner[known]) * (blend is None),
        "rank": mean_loss(heads.rank(looked[things]), batch.rank[things]),
        "kind": mean_loss(asking[asked] @ kinds.T, kind[asked]),
        "other": mean_loss(asking[met] @ others.T, partner[met]),
        "verb": mean_loss(asking[asked] @ heads.verb.T, batch.verb[asked]),
        "start": mean_loss(start, first_start), "end": mean_loss(end, first_end),
    }
    loss = dense * (0.4 * (parts["time"] + parts["story"] + parts["light"] + parts["partner"] + parts["rank"])
                    + 0.3 * (parts["kind"] + parts["other"] + parts["verb"]) + parts["start"] + parts["end"])
    present = first_start != NEVER
    with torch.no_grad():
        hits = {"present": ((start.argmax(-1) != NEVER) == present).float().mean()}
        near = ((start.argmax(-1) - first_start).abs() <= 1) & ((end.argmax(-1) - first_end).abs() <= 1)
        for number, verb in enumerate(words.VERBS):
            mine = present & (batch.verb == number)
            hits[verb] = near[mine].float().mean()
        hits["near"] = near[present & asked].float().mean()
    if not short:
        said = batch.targets != IGNORE
        stream = streams[-1][1][said]
        with torch.autocast(device.type, torch.bfloat16):
            logits = F.linear(decoder.norm(stream), table).float()
        wanted = batch.targets[said]
        each = F.cross_entropy(logits, wanted, reduction="none")
        weight = torch.where(nano.weighty[wanted], 1.0, 0.2)
        owner = rows[:, None].expand_as(said)[said]
        parts["answer"] = (each * weight).sum() / len(batch.ids)
        late = rms(streams[KNOWING][1][said])
        late_kind, _, late_start, late_end = batch.told[:, said]
        caption = ~asked[owner]
        parts["late"] = mean_loss(heads.late_start(late), late_start) + mean_loss(heads.late_end(late), late_end)
        parts["late_kind"] = mean_loss(late[caption] @ kinds.T, late_kind[caption])
        loss = loss + parts["answer"] / (1 if asked.any() else 2) + dense * (0.5 * parts["late"] + 0.5 * parts["late_kind"])
        with torch.no_grad():
            wrong = torch.zeros(len(batch.ids), device=device).index_add_(0, owner, (logits.argmax(-1) != wanted).float())
            exact = (wrong == 0).float()
            hits |= {"exact": exact[asked & present].mean(), "none": exact[asked & ~present].mean()}
            if caption.any():
                hits |= {"caption": exact[~asked].mean(), "caption_tokens": (logits.argmax(-1) == wanted)[caption].float().mean()}
    return loss, {name: float(value) for name, value in (parts | hits).items()}


def make_batch(stage: Stage, source: Callable[[int, str], Clip], maker: QuestionMaker, questions: Questions,
               rng: np.random.Generator, shape: np.random.Generator) -> tuple[Batch, str]:
    """A batch and the rate of its clips; ``source`` gives a clip of so many pairs at a rate. ``shape`` draws what sets how long a
    step takes: processes that share it do not wait for each other."""
    rate = "2 a second"
    if shape.random() > stage.even:
        others = {name: share for name, share in RATES.items() if name != rate}
        rate = str(shape.choice(list(others), p=np.array(list(others.values())) / sum(others.values())))
    least, most = stage.pairs
    most = min(most * RATE[rate] // 2, 32)
    patches = most if shape.random() < stage.full else int(shape.integers(min(least, most), most + 1))
    if rate == "uneven":
        patches = min(patches, 12)  # the fewest pairs that such a clip may have
    keep = int(shape.choice(stage.keep))
    short = shape.random() < stage.short
    caption, elide = not short and shape.random() < stage.captions, shape.random() < stage.elide
    count = max(2, round(stage.clips * (2 if short and stage.short < 1 else 1) * min(1.0, 20 / patches, FULL / (patches * keep))))
    clips = [source(patches, rate) for _ in range(count)]
    askings = [[maker.describe(clip)] if caption else maker.ask(clip, stage.questions) for clip in clips]
    return collate(clips, askings, questions, keep, short, rng, elide), rate


class Lessons(IterableDataset):
    """Batches without end, as ``make_batch`` has them; each process that draws from it draws others, of the same shapes unless
    it is a loader."""

    def __init__(self, stage: Stage, cache: Cache | None, faults: Faults, questions: Questions, seed: tuple[int, int, int]):
        self.stage, self.cache, self.faults, self.questions, self.seed = stage, cache, faults, questions, seed
        self.codes = Codebook(Config().hidden_size)

    def __iter__(self) -> Iterator[tuple[Batch, str]]:
        worker = get_worker_info()
        loader = worker.id if worker else 0
        rng, shape = np.random.default_rng((11, *self.seed, loader)), np.random.default_rng((13, *self.seed[:2], loader))
        maker = QuestionMaker(self.questions, rng)

        def source(patches: int, rate: str) -> Clip:
            if self.cache:
                return self.cache.clip(rng, patches, rate)
            return oracle_clip(rng, patches, rate, self.codes, self.faults)

        for number in itertools.count(1):
            yield make_batch(self.stage, source, maker, self.questions, rng, shape)
            if self.cache and number % 30 == 0:
                self.cache.refresh()


# what carries an answer: digits, names, the first words, the ends of lists
CARRYING = {"The", words.NONE, "[]\n", "[\n", '."},\n', '."}\n', *"0123456789", *(f" {name}" for name in words.NAMES),
            " comes", " goes", " is", " and", " in", " away"}


def tokens(questions: Questions, texts: Iterable[str]) -> Tensor:
    """[vocabulary] True for those of these texts that are one token."""
    table = torch.zeros(Config().vocab_size, dtype=torch.bool)
    for ids in map(questions.encode, texts):
        if len(ids) == 1:
            table[ids[0]] = True
    return table


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True, help="decoder.pt is read and written here")
    parser.add_argument("--tokenizer", type=Path, required=True)
    parser.add_argument("--stage", choices=STAGES, required=True)
    parser.add_argument("--minutes", type=float, required=True)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--loaders", type=int, default=0, help="processes that make batches, for a GPU; 0: this one does")
    parser.add_argument("--more", type=float, default=1.0, help="times as many clips a step as a processor does")
    parser.add_argument("--muon-lr", type=float, default=0.015)
    parser.add_argument("--adam-lr", type=float, default=1.5e-3)
    parser.add_argument("--end-scale", type=float, default=0.3, help="learning rates fall to this share")
    parser.add_argument("--faults", type=float, nargs=4, default=(0.08, 0, 0, 0), metavar=("NOISE", "NOTHING", "KIND", "STATE"))
    parser.add_argument("--dense", type=float, default=1.0)
    parser.add_argument("--blend", type=float, default=0.0, help="share of batches about kinds made of two")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    rank = together.join()
    questions = Questions(args.tokenizer)
    nano = Nano()
    codes = Codebook(nano.model.c.hidden_size)
    heads = Heads(nano.model.c.hidden_size, codes)
    tie_words(nano, questions, codes)
    codes.to(args.device)
    nano.weighty = tokens(questions, CARRYING).to(args.device)
    nano.names = tokens(questions, (form for name in words.NAMES for form in spellings(name))).to(args.device)
    nano.to(args.device), heads.to(args.device)
    named = list(nano.model.named_parameters()) + list(heads.named_parameters())
    optimizers = Optimizers(named, args.muon_lr, args.adam_lr)
    checkpoint, began = args.work / "decoder.pt", 0
    if checkpoint.exists():
        saved = torch.load(checkpoint, map_location=args.device, weights_only=True)
        nano.model.load_state_dict(saved["decoder"])
        heads.load_state_dict(saved["heads"])
        if "optimizers" in saved:
            optimizers.load_state_dict(saved["optimizers"])
        began = int(saved.get("clock", 0))

    def save() -> None:
        torch.save({"decoder": nano.model.state_dict(), "heads": heads.state_dict(),
                    "optimizers": optimizers.state_dict(), "clock": int(time.time())}, checkpoint)

    stage = replace(STAGES[args.stage], clips=round(args.more * STAGES[args.stage].clips))
    lessons = Lessons(stage, Cache(args.work) if args.stage == "real" else None, Faults(*args.faults), questions,
                      (args.seed, began, rank))
    blending = np.random.default_rng((15, args.seed, began, rank))
    batches = iter(DataLoader(lessons, batch_size=None, num_workers=args.loaders))
    clock, saved_at, running, step = together.Clock(), time.time(), {}, 0
    while (spent := clock.spent()) < args.minutes * 60:
        batch, rate = next(batches)
        blend = Blend(codes, blending) if blending.random() < args.blend else None
        loss, parts = losses(nano, heads, questions, batch.to(args.device), args.dense, blend)
        loss.backward()
        progress = spent / (args.minutes * 60)
        fall = args.end_scale + (1 - args.end_scale) * (0.5 + 0.5 * math.cos(math.pi * progress))
        optimizers.step(min(1, (step + 1) / 30) * fall)
        step += 1
        for name, value in parts.items():
            name = name if rate == "2 a second" else f"other {name}"
            if value == value and name in (*parts, "other near", "other exact"):
                running[name] = 0.95 * running.get(name, value) + 0.05 * value
        if step % 25 == 0 and rank == 0:
            print(f"{args.stage} {spent / 60:5.1f} min step {step} " + " ".join(f"{k} {v:.3f}" for k, v in running.items()),
                  flush=True)
        if time.time() - saved_at > 120 and rank == 0:
            saved_at = time.time()
            save()
    if rank == 0:
        save()


if __name__ == "__main__":
    main()
