"""Byte-level BPE trained on the conversations' text.

Digits stand alone, so that a number's probability is a product over digits. Every usual word is one
token; <pad> 0, <s> 1, </s> 2, <image> 3.
"""
from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Iterator

from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers, processors, trainers

PAD, BOS, EOS, IMAGE = 0, 1, 2, 3
SPECIAL = ["<pad>", "<s>", "</s>", "<image>"]
ASK, ANSWER = "USER: ", " ASSISTANT:"

# One turn after the other: <s>USER: <image>\nQUESTION ASSISTANT: ANSWER</s> USER: QUESTION ASSISTANT:
TEMPLATE = (
    "{{ bos_token }}{% for m in messages %}"
    "{% if m['role'] == 'user' %}"
    "{{ 'USER: ' if loop.first else ' USER: ' }}"
    "{% if m['content'] is string %}{{ m['content'] }}{% else %}"
    "{% for c in m['content'] if c['type'] == 'image' %}{{ '<image>\\n' }}{% endfor %}"
    "{% for c in m['content'] if c['type'] == 'text' %}{{ c['text'] }}{% endfor %}{% endif %}"
    "{% else %}"
    "{{ ' ASSISTANT: ' }}"
    "{% if m['content'] is string %}{{ m['content'] }}{% else %}"
    "{% for c in m['content'] if c['type'] == 'text' %}{{ c['text'] }}{% endfor %}{% endif %}"
    "{{ eos_token }}{% endif %}{% endfor %}"
    "{% if add_generation_prompt %}{{ ' ASSISTANT:' }}{% endif %}"
)


def texts(conversations: Path, limit: int) -> Iterator[str]:
    """The conversations as the model reads them: a first question follows an image line, others a space."""
    with open(conversations) as f:
        for i, line in enumerate(f):
            if i >= limit:
                return
            turns = [t["value"] for t in json.loads(line)["conversations"]]
            for t in range(0, len(turns) - 1, 2):
                if t == 0:
                    yield ASK
                    yield f"{turns[0].replace('<image>' + chr(10), '')}{ANSWER} {turns[1]}"
                else:
                    yield f" {ASK}{turns[t]}{ANSWER} {turns[t + 1]}"


def empty() -> Tokenizer:
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([
        pre_tokenizers.Digits(individual_digits=True),
        pre_tokenizers.ByteLevel(add_prefix_space=False),
    ])
    tokenizer.decoder = decoders.ByteLevel()
    return tokenizer


def train(conversations: Path, vocab: int = 1024, limit: int = 200_000) -> Tokenizer:
    """Merges until all words that occur at least 20 times are whole, or `vocab` tokens."""
    tokenizer = empty()
    trainer = trainers.BpeTrainer(
        vocab_size=vocab, min_frequency=20, show_progress=False,
        special_tokens=[AddedToken(s, special=True, normalized=False) for s in SPECIAL],
        initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()))
    tokenizer.train_from_iterator(texts(conversations, limit), trainer)
    return tokenizer


def split_words(tokenizer: Tokenizer, conversations: Path, limit: int = 20_000) -> Counter[str]:
    """Words of the conversations that are more than one token, with how often they occur."""
    pre, counts = tokenizer.pre_tokenizer, Counter[str]()
    for text in texts(conversations, limit):
        counts.update(word for word, _ in pre.pre_tokenize_str(text))
    return Counter({w: n for w, n in counts.items() if tokenizer.token_to_id(w) is None})


def padded(size: int, to: int = 64) -> int:
    """Rows of the embedding: a round number."""
    return -(-size // to) * to
