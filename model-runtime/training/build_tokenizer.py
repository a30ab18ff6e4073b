"""Builds nano's tokenizer: Qwen2's byte-level BPE layout, every word nano was taught a single token."""

import argparse
import json
from pathlib import Path

from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

import words

SPLIT = (r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*"
         r"|\s*[\r\n]+|\s+(?!\S)|\s+")
SPECIAL = (
    "<|endoftext|>", "<|im_start|>", "<|im_end|>", "<|object_ref_start|>", "<|object_ref_end|>",
    "<|box_start|>", "<|box_end|>", "<|quad_start|>", "<|quad_end|>", "<|vision_start|>", "<|vision_end|>",
    "<|vision_pad|>", "<|image_pad|>", "<|video_pad|>",
)


def corpus() -> list[str]:
    """Every text nano is taught, so that each of its pre-tokens becomes one token."""
    texts = [
        "system\n", "user\n", "assistant\n", words.SYSTEM, words.CAPTION_PROMPT, words.NONE, "\n",
        words.grounding_answer(3.2, 9.8), words.caption_answer([]),
    ]
    for name in words.NAMES:
        for came in (False, True):
            for went in (False, True):
                text = words.description(name, came, went)
                texts.append(words.caption_answer([(0.0, 9.75, text), (1.25, 13.5, text)]))
    for verb in words.VERBS:
        for form in range(len(words.PHRASES[verb])):
            for name in words.NAMES if verb not in words.LIGHTS else ("",):
                for colour in (False, True):
                    text = words.query(verb, name, name, form, colour and bool(name))
                    for variant in (text, text[0].upper() + text[1:], text + "."):
                        texts.append(words.grounding_prompt(variant))
    return texts


def build() -> Tokenizer:
    tokenizer = Tokenizer(models.BPE(byte_fallback=False, fuse_unk=False, ignore_merges=False))
    tokenizer.normalizer = normalizers.NFC()
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([
        pre_tokenizers.Split(Regex(SPLIT), behavior="isolated", invert=False),
        pre_tokenizers.ByteLevel(add_prefix_space=False, trim_offsets=True, use_regex=False),
    ])
    tokenizer.decoder = decoders.ByteLevel(add_prefix_space=False, trim_offsets=False, use_regex=False)
    tokenizer.post_processor = processors.ByteLevel(add_prefix_space=False, trim_offsets=False, use_regex=False)
    trainer = trainers.BpeTrainer(
        vocab_size=4000, min_frequency=1, show_progress=False, initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet())
    )
    tokenizer.train_from_iterator(corpus(), trainer)
    tokenizer.add_special_tokens([AddedToken(text, special=True, normalized=False) for text in SPECIAL])
    return tokenizer


def known_words() -> dict:
    """The vocabulary of rules: the product refuses a rule that names nothing of it, or a thing in a colour it never has."""
    verbs, other = set(), set()
    for verb, phrases in words.PHRASES.items():
        for phrase in phrases:
            said = {word for word in phrase.split() if "{" not in word}
            (other if verb == words.THERE else verbs).update(said)
    return {
        "objects": words.NAMES,
        "colours": {name: colour for name, (_, colour) in words.KINDS.items()},
        "phrases": [phrase for verb in words.LIGHTS for phrase in words.PHRASES[verb]],
        "verbs": sorted(verbs), "other": sorted(other),
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="the model's folder")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    built = build()
    built.save(str(args.out / "tokenizer.json"), pretty=False)
    (args.out / "known_words.json").write_text(json.dumps(known_words(), indent=1) + "\n")
    print("tokens", built.get_vocab_size(), built.encode(words.grounding_prompt("a red car enters")).tokens)
