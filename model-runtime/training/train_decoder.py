"""Stage B: teaches the decoder on oracle clips, at first only to know at the query's end what it will have to say.

Stages (``--stage``): ``small`` and ``find`` short questions over thinned-out clips, ``answer`` whole prompts and answers,
``whole`` all 28 tokens per patch, ``real`` the frozen tower's features of rendered clips (``features.py``) instead of oracles.
"""

import argparse
import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

import words
from clips import BINS, IGNORE, NEVER, Batch, Clip, QuestionMaker, collate
from codebook import KIND_NORM, Codebook, KINDS, VERBS
from features import Cache
from model import Config, Nano
from muon import Optimizers
from oracle import Faults, oracle_clip
from questions import Questions

LOOKING, KNOWING = 3, 4  # layers after which vision tokens know their history, and the query's end its answer


@dataclass(frozen=True)
class Stage:
    """Curriculum: clips per step, patches from..to, tokens kept per patch (drawn from these), questions per clip,
    cut after the query or not, shares of caption batches, of batches with elided prompts and of clips of full length."""
    clips: int
    patches: tuple[int, int]
    keep: tuple[int, ...]
    questions: int
    short: bool
    captions: float = 0.0
    elide: float = 0.0
    full: float = 0.0


STAGES = {
    "small": Stage(32, (2, 6), (4, 5), 8, True),
    "find": Stage(24, (4, 16), (4, 5, 6), 8, True),
    "answer": Stage(12, (4, 16), (4, 5, 8), 8, False, 0.03, 0.7),
    "whole": Stage(6, (4, 16), (6, 12, 28), 8, False, 0.06, 0.5),
    "real": Stage(6, (2, 16), (28,), 8, False, 0.08, 0.5, 0.5),
}


class Heads(nn.Module):
    """Training-only readouts of the residual stream."""

    def __init__(self, width: int, codes: Codebook):
        super().__init__()
        self.time = nn.Linear(width, 16)
        self.phase = nn.Linear(width, 3)
        self.history = nn.ModuleList(nn.Linear(width, BINS) for _ in range(3))
        self.start, self.end = nn.Linear(width, BINS), nn.Linear(width, BINS)
        self.late_start, self.late_end = nn.Linear(width, BINS), nn.Linear(width, BINS)
        self.register_buffer("kind", codes.kind.clone())
        self.register_buffer("verb", codes.verb.clone())


def tie_words(nano: Nano, questions: Questions, codes: Codebook) -> None:
    """Starts the names' embeddings at their codes, the others and all logits small; makes queries and keys alike."""
    table = nano.model.embed_tokens.weight.data
    table.normal_(0, 0.3)
    nano.model.norm.weight.data.fill_(0.25)
    for index, name in enumerate(words.NAMES):
        for text in {f" {name}", name, name.capitalize()}:
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
    """Cross-entropy, 0 when there is nothing to say."""
    return F.cross_entropy(logits, wanted) if len(wanted) else logits.sum() * 0


def losses(nano: Nano, heads: Heads, questions: Questions, batch: Batch, dense: float) -> tuple[Tensor, dict[str, float]]:
    """The weighted sum of all losses, and its parts with hit rates for the log."""
    decoder, device = nano.model, batch.feature.device
    clips = batch.feature.shape[0]
    opening = decoder.embed_tokens(torch.tensor(questions.opening, device=device))
    prefix = torch.cat((opening.expand(clips, -1, -1), batch.feature), 1)
    short = bool((batch.targets == IGNORE).all())
    with torch.autocast(device.type, torch.bfloat16):
        streams = decoder(prefix, batch.prefix_positions, batch.ids, batch.positions, KNOWING if short else None)
    before = len(questions.opening)
    vision = [rms(stream[0][:, before:]) for stream in streams[:LOOKING]]
    rows = torch.arange(len(batch.ids), device=device)
    queries = [rms(stream[1][rows, batch.query_end]) for stream in streams[:KNOWING + 1]]
    there = batch.history[0] != IGNORE
    looked = vision[LOOKING - 1][there]
    happens = (batch.start != NEVER).float()
    start, end = heads.start(queries[KNOWING - 1]), heads.end(queries[KNOWING - 1])
    asked = batch.verb != IGNORE
    parts = {
        "time": mean_loss(heads.time(vision[0]).flatten(0, 1), batch.time.flatten()),
        "phase": mean_loss(heads.phase(looked), batch.history[0][there]),
        "appear": mean_loss(heads.history[0](looked), batch.history[1][there]),
        "rest": mean_loss(heads.history[1](looked), batch.history[2][there]),
        "leave": mean_loss(heads.history[2](looked), batch.history[3][there]),
        "kind": mean_loss(queries[1][asked] @ heads.kind.T, batch.kind[asked]),
        "verb": mean_loss(queries[1][asked] @ heads.verb.T, batch.verb[asked]),
        "start": mean_loss(start, batch.start), "end": mean_loss(end, batch.end),
    }
    loss = dense * (sum(parts[name] for name in ("time", "phase", "appear", "rest", "leave")) * 0.5
                    + 0.3 * (parts["kind"] + parts["verb"]) + parts["start"] + parts["end"])
    present = happens.bool()
    hits = {
        "present": ((start.argmax(-1) != NEVER) == present).float().mean(),
        "start_hit": (start.argmax(-1) == batch.start)[present].float().mean(),
        "end_hit": (end.argmax(-1) == batch.end)[present].float().mean(),
    }
    if not short:
        said = batch.targets != IGNORE
        stream = streams[-1][1][said]
        with torch.autocast(device.type, torch.bfloat16):
            logits = decoder.logits(stream).float()
        wanted = batch.targets[said]
        each = F.cross_entropy(logits, wanted, reduction="none")
        weight = torch.where(nano.weighty[wanted], 1.0, 0.2)
        parts["answer"] = (each * weight).sum() / len(batch.ids)
        late = rms(streams[KNOWING][1][said])
        owner = rows[:, None].expand_as(said)[said]
        grounded = asked[owner]
        parts["late"] = (mean_loss(heads.late_start(late[grounded]), batch.start[owner][grounded])
                         + mean_loss(heads.late_end(late[grounded]), batch.end[owner][grounded]))
        loss = loss + parts["answer"] + 0.5 * dense * parts["late"]
        wrong = torch.zeros(len(batch.ids), device=device).index_add_(0, owner, (logits.argmax(-1) != wanted).float())
        exact = (wrong == 0).float()
        hits |= {"exact": exact[asked & present].mean(), "none": exact[asked & ~present].mean()}
        if (~asked).any():
            hits["caption"] = exact[~asked].mean()
    return loss, {name: float(value) for name, value in (parts | hits).items()}


def make_batch(stage: Stage, source: Callable[[int], Clip], maker: QuestionMaker, questions: Questions,
               rng: np.random.Generator) -> Batch:
    """``source`` gives a clip of so many patches."""
    patches = stage.patches[1] if rng.random() < stage.full else int(rng.integers(stage.patches[0], stage.patches[1] + 1))
    keep = int(rng.choice(stage.keep))
    clips = [source(patches) for _ in range(stage.clips)]
    if rng.random() < stage.captions:
        askings = [[maker.describe(clip)] for clip in clips]
    else:
        askings = [maker.ask(clip, stage.questions) for clip in clips]
    return collate(clips, askings, questions, keep, stage.short, rng, jitter=0.03, elide=rng.random() < stage.elide)


def weighty_tokens(questions: Questions) -> Tensor:
    """[vocabulary] True for tokens that carry the answer: digits, names, the first words, the ends of lists."""
    carrying = {"The", words.NONE, "[]", "]\n", '{"', *"0123456789", *(f" {name}" for name in words.NAMES)}
    table = torch.zeros(Config().vocab_size, dtype=torch.bool)
    for text in carrying:
        table[questions.encode(text)[0]] = True
    return table


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True, help="decoder.pt is read and written here")
    parser.add_argument("--tokenizer", type=Path, required=True)
    parser.add_argument("--stage", choices=STAGES, required=True)
    parser.add_argument("--minutes", type=float, required=True)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--muon-lr", type=float, default=0.015)
    parser.add_argument("--adam-lr", type=float, default=1.5e-3)
    parser.add_argument("--end-scale", type=float, default=0.3, help="learning rates fall to this share")
    parser.add_argument("--faults", type=float, nargs=4, default=(0.08, 0, 0, 0), metavar=("NOISE", "NOTHING", "KIND", "STATE"))
    parser.add_argument("--dense", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    rng = np.random.default_rng((11, args.seed))
    questions = Questions(args.tokenizer)
    nano = Nano()
    codes = Codebook(nano.model.c.hidden_size)
    heads = Heads(nano.model.c.hidden_size, codes)
    tie_words(nano, questions, codes)
    nano.weighty = weighty_tokens(questions).to(args.device)
    nano.to(args.device), heads.to(args.device)
    named = list(nano.model.named_parameters()) + list(heads.named_parameters())
    optimizers = Optimizers(named, args.muon_lr, args.adam_lr)
    checkpoint = args.work / "decoder.pt"
    if checkpoint.exists():
        saved = torch.load(checkpoint, map_location=args.device, weights_only=True)
        nano.model.load_state_dict(saved["decoder"])
        heads.load_state_dict(saved["heads"])
        optimizers.load_state_dict(saved["optimizers"])
        rng = np.random.default_rng((12, args.seed, int(saved["clock"])))

    def save() -> None:
        torch.save({"decoder": nano.model.state_dict(), "heads": heads.state_dict(),
                    "optimizers": optimizers.state_dict(), "clock": time.time()}, checkpoint)

    maker = QuestionMaker(questions, rng)
    stage, faults = STAGES[args.stage], Faults(*args.faults)
    if args.stage == "real":
        cache = Cache(args.work)

    def source(patches: int) -> Clip:
        return cache.clip(rng, patches) if args.stage == "real" else oracle_clip(rng, patches, codes, faults)

    began = saved_at = time.time()
    running, step = {}, 0
    while (spent := time.time() - began) < args.minutes * 60:
        batch = make_batch(stage, source, maker, questions, rng)
        loss, parts = losses(nano, heads, questions, batch.to(args.device), args.dense)
        loss.backward()
        progress = spent / (args.minutes * 60)
        fall = args.end_scale + (1 - args.end_scale) * (0.5 + 0.5 * math.cos(math.pi * progress))
        optimizers.step(min(1, (step + 1) / 30) * fall)
        step += 1
        for name, value in parts.items():
            if value == value:
                running[name] = 0.95 * running.get(name, value) + 0.05 * value
        if step % 25 == 0:
            print(f"{args.stage} {spent / 60:5.1f} min step {step} " + " ".join(f"{k} {v:.3f}" for k, v in running.items()),
                  flush=True)
        if time.time() - saved_at > 120:
            saved_at = time.time()
            save()
    save()


if __name__ == "__main__":
    main()
