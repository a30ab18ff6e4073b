# SPDX-License-Identifier: Apache-2.0
"""Writes a tiny tokenizer in Qwen2.5's form, and what the reference library makes of texts with it.

    pip install -r requirements-prompt.txt && python make_tokenizer.py

src/test/resources/tokenizer/tokenizer.json   byte-level BPE, same normaliser, split and special tokens as Qwen2.5
src/test/resources/goldens/tokenizer.json     texts, their ids, and the ids of a whole conversation
"""
import json
from pathlib import Path

from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

SPLIT = (r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+"
         r"|\s+(?!\S)|\s+")
SPECIAL = ["<|endoftext|>", "<|im_start|>", "<|im_end|>", "<|object_ref_start|>", "<|object_ref_end|>",
           "<|box_start|>", "<|box_end|>", "<|quad_start|>", "<|quad_end|>", "<|vision_start|>", "<|vision_end|>",
           "<|vision_pad|>", "<|image_pad|>", "<|video_pad|>"]
CORPUS = [
    "system\nYou are a helpful assistant.\nuser\nassistant\n",
    "Give the query: 'a person opens the door', when does the described content occur in the video?",
    "If it does not occur, answer None. The given query happens in 64.0 - 72.0 seconds.",
    "Localize a series of activity events in the video, output the start and end timestamp for each event, and "
    "describe each event with sentences. Provide the result in json format with 'mm:ss.ff' format for time depiction.",
    '```json\n[\n{"start_time": "00:00.00", "end_time": "00:21.80", "description": "A person opens the door."}\n]\n```',
    "视频中的人打开了门。什么时候发生的？",
]
TEXTS = [
    "", "a", " ", "\n\n  x\t", "when does the described content occur in the video?", "64.0 - 72.0 seconds",
    "1234567890 3.14", "视频中的人打开了门", "猫がドアを開ける", "Tür geöffnet, café", "cafe\u0301 = caf\u00e9",
    "🎉 a 👩‍👩‍👧 family 🇪🇺", "I'll they're DON'T", "line\r\nbreak\n\n\nagain", "a" * 700, "\u0000\u007f\u00ad",
    "<|im_start|>user\n<|vision_start|><|video_pad|><|vision_end|>hi<|im_end|>\n", "<|im_end", "|im_end|>",
    "```json\n[]\n```",
]
QUESTION = "Give the query: 'a cat 🐈 jumps', when does the described content occur in the video?"
RESOURCES = Path(__file__).parent.parent / "resources"


def tokenizer():
    made = Tokenizer(models.BPE(byte_fallback=False))
    made.normalizer = normalizers.NFC()
    made.pre_tokenizer = pre_tokenizers.Sequence([
        pre_tokenizers.Split(Regex(SPLIT), behavior="isolated"),
        pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)])
    made.post_processor = processors.ByteLevel(add_prefix_space=False, trim_offsets=False, use_regex=False)
    made.decoder = decoders.ByteLevel(add_prefix_space=False, trim_offsets=False, use_regex=False)
    made.train_from_iterator(CORPUS, trainers.BpeTrainer(
        vocab_size=480, initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()), show_progress=False))
    made.add_special_tokens([AddedToken(token, normalized=False, special=True) for token in SPECIAL])
    return made


def conversation(question, pads):
    return ("<|im_start|>system\nYou are a helpful assistant.<|im_end|>\n<|im_start|>user\n"
            "<|vision_start|>" + "<|video_pad|>" * pads + "<|vision_end|>" + question +
            "<|im_end|>\n<|im_start|>assistant\n")


reference = tokenizer()
(RESOURCES / "tokenizer").mkdir(parents=True, exist_ok=True)
reference.save(str(RESOURCES / "tokenizer/tokenizer.json"), pretty=False)
goldens = {
    "made_by": "src/test/parity/make_tokenizer.py",
    "size": reference.get_vocab_size(),
    "texts": [{"text": text, "ids": (ids := reference.encode(text, add_special_tokens=False).ids),
               "decoded": reference.decode(ids, skip_special_tokens=False)} for text in TEXTS],
    "question": QUESTION,
    "pads": 5,
    "conversation": reference.encode(conversation(QUESTION, 5), add_special_tokens=False).ids,
}
(RESOURCES / "goldens/tokenizer.json").write_text(json.dumps(goldens, separators=(",", ":")) + "\n")
