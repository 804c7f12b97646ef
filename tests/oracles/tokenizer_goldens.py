"""Small tokenizers of every kind the engine reads, with what the package `tokenizers` says of many texts.

    python tokenizer_goldens.py OUT [--texts 14] [--sequences 8] [--seed 1]

One file a tokenizer: {"tokenizer": tokenizer.json, "encode": [[text, ids, plain ids, decoded,
decoded without special tokens], ...], "decode": [[ids, decoded, without special tokens], ...]}; plain ids: no tokens
around the text, special tokens in it read as characters. null: as the value before, decoded: as the text. The committed files are made with the defaults; thousands of texts are compared by
VERNIER_TOKENIZER_GOLDENS=OUT judges_tokenizer_golden_test.
"""
from __future__ import annotations

import argparse
import json
import random
from pathlib import Path
from typing import Callable

from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

CONTRACTIONS = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)"
TAIL = r"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
QWEN2 = CONTRACTIONS + r"|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}" + TAIL
LLAMA3 = CONTRACTIONS + r"|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}" + TAIL

WORDS = """a an the and of is are left right above below small large red blue green circle square star triangle
image caption object table person isn't we'll they've I'm she'd DON'T it's café naïve Straße über 3 14 85 2024 1,000
100% 3.14 x=y (a) [b] {c} "quoted" 'single' hello-world foo_bar e.g. U.S.A. http://x.org/a?b=c # @ & * ... !!
""".split()
# Each one is hard for a reason: scripts without blanks, marks, directions, joiners, planes, controls, near-spaces.
HARD = ["日本語", "中文字符", "한국어", "русский", "ελληνικά", "עברית", "العربية", "हिन्दी", "ไทย", "e\u0301", "n\u0303o", "ﬁ", "Å", "\u212b",
        "😀", "👩\u200d👩\u200d👧", "🇩🇪", "👍🏽", "𝔘𝔫𝔦", "𠀋", "½", "²", "Ⅷ", "٣", "१२", "１２", "'ſ", "'S", "'Ll", "’s", "ß", "İ", "ǆ",
        "\u00a0", "\u200b", "\u2028", "\u3000", "\u0085", "\ufeff", "\u00ad", "\x00", "\x1c", "\x7f", "\ufffd", "▁", "▁▁a", "Ġ", "Ċ",
        "<0x41>", "<0xE6>", "_", "‿", "\u0301"]
SPACES = [" ", " ", " ", " ", "  ", "   ", "\t", "\n", "\r\n", "\n\n", " \n", "\n ", "\r", "\t\t ", "", "", " " * 17]
SPECIAL = ["<s>", "</s>", "<image>", "<pad>", "<unk>", "<|im_start|>", "<|im_end|>", "<tag>", "<left>", "<right>", "<both>", "word", "Norm", "<im", "</s", "<s"]


def text(rng: random.Random) -> str:
    parts: list[str] = []
    for _ in range(rng.randrange(1, 12)):
        parts.append(rng.choice(SPACES))
        parts.append(rng.choices([rng.choice(WORDS), rng.choice(HARD), rng.choice(SPECIAL), str(rng.randrange(10**6)),
                                  chr(rng.randrange(0x20, 0x3000))], [6, 3, 2, 1, 1])[0])
    parts.append(rng.choice(SPACES))
    return "".join(parts)


FIXED = ["", " ", "  ", "\n", "a", " a", "a ", "<image>", "<image><image>", "USER: <image>\nWhat is it? ASSISTANT:", "<s> a</s> b </s>",
         " <image> ", "a<image>b", "  <both>  <both>  ", "wordword word sword words word", "x'ſ don'T WE'LL 'rest", "1234567 89", "a  b   c    d",
         "tab\tand\r\nline\n\n\nend  ", "日本語のテキスト、混ざったtext。", "👩\u200d👩\u200d👧 family 🇩🇪", "e\u0301 \u00e9 \u212b", "\u00a0nbsp \u2028 sep",
         "▁under ▁ ▁▁", "supercalifragilistic" * 4, "a" * 200]


def training(rng: random.Random) -> list[str]:
    return [" ".join(rng.choice(WORDS) for _ in range(12)) for _ in range(400)] + HARD * 3


def specials(*names: str, **flags: bool) -> list[AddedToken]:
    return [AddedToken(n, special=True, normalized=False, **flags) for n in names]


COMMON = specials("<pad>", "<s>", "</s>", "<image>")


def byte_level(rng: random.Random, pre: pre_tokenizers.PreTokenizer, size: int = 450, **options: bool) -> Tokenizer:
    t = Tokenizer(models.BPE(**options))
    t.pre_tokenizer = pre
    t.decoder = decoders.ByteLevel()
    t.train_from_iterator(training(rng), trainers.BpeTrainer(
        vocab_size=size, show_progress=False, special_tokens=COMMON, initial_alphabet=pre_tokenizers.ByteLevel.alphabet()))
    return t


def sentencepiece(rng: random.Random, bytes_: range | list[int], size: int = 500, **options) -> Tokenizer:
    """As a conversion of a SentencePiece model looks: <unk> <s> </s>, byte tokens, then pieces with U+2581."""
    t = Tokenizer(models.BPE(unk_token="<unk>", byte_fallback=True))
    t.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always")
    names = [f"<0x{b:02X}>" for b in bytes_]
    t.train_from_iterator(training(rng)[:400] + ["日本 中文 é 😀"] * 3, trainers.BpeTrainer(
        vocab_size=size, show_progress=False, limit_alphabet=80, special_tokens=["<unk>", "<s>", "</s>"] + names))
    state = json.loads(t.to_str())
    state["added_tokens"] = []
    state["pre_tokenizer"] = None
    state["model"].update(options)
    t = Tokenizer.from_str(json.dumps(state))
    t.add_special_tokens(specials("<unk>", "<s>", "</s>", "<image>", "<pad>"))
    t.post_processor = processors.TemplateProcessing(single="<s> $A", pair="<s> $A <s> $B", special_tokens=[("<s>", 1)])
    t.decoder = decoders.Sequence([decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse(), decoders.Strip(" ", 1, 0)])
    return t


def llama_prepend(rng: random.Random) -> Tokenizer:
    t = sentencepiece(rng, range(256), fuse_unk=True)
    t.normalizer = normalizers.Sequence([normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")])
    return t


def llama_prepend_normalized(rng: random.Random) -> Tokenizer:
    t = llama_prepend(rng)
    t.add_tokens([AddedToken("Norm", normalized=True), AddedToken("<tag>", normalized=True, lstrip=True), AddedToken("word", normalized=True, single_word=True)])
    return t


def metaspace(scheme: str, split: bool, some_bytes: bool = False, **options) -> Callable[[random.Random], Tokenizer]:
    def make(rng: random.Random) -> Tokenizer:
        t = sentencepiece(rng, [0x0A, 0xE6, 0x97, 0xA5, 0x20] if some_bytes else range(256), 300 if some_bytes else 500, **options)
        t.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme=scheme, split=split)
        if some_bytes:
            t.decoder = decoders.Sequence([decoders.ByteFallback(), decoders.Metaspace(prepend_scheme=scheme)])
        return t
    return make


def no_unknown(rng: random.Random) -> Tokenizer:
    state = json.loads(metaspace("never", True, byte_fallback=False)(rng).to_str())
    state["model"]["unk_token"] = None
    t = Tokenizer.from_str(json.dumps(state))
    t.decoder = decoders.Sequence([decoders.Metaspace(prepend_scheme="never"), decoders.Replace("re", "--"),
                                    decoders.Strip("a", 1, 0)])
    return t


def gpt2(rng: random.Random) -> Tokenizer:
    return byte_level(rng, pre_tokenizers.ByteLevel(add_prefix_space=False))


def gpt2_prefix(rng: random.Random) -> Tokenizer:
    t = byte_level(rng, pre_tokenizers.ByteLevel(add_prefix_space=True))
    t.post_processor = processors.Sequence([processors.ByteLevel(trim_offsets=True), processors.TemplateProcessing(
        single="<s> $A </s>", pair="<s> $A $B", special_tokens=[("<s>", 1), ("</s>", 2)])])
    return t


def digits(each: bool) -> Callable[[random.Random], Tokenizer]:
    return lambda rng: byte_level(rng, pre_tokenizers.Sequence([
        pre_tokenizers.Digits(individual_digits=each), pre_tokenizers.ByteLevel(add_prefix_space=False)]))


def split_by(pattern: str) -> pre_tokenizers.PreTokenizer:
    return pre_tokenizers.Sequence([pre_tokenizers.Split(Regex(pattern), "isolated"),
                                    pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)])


def qwen2(rng: random.Random) -> Tokenizer:
    t = byte_level(rng, split_by(QWEN2))
    t.normalizer = normalizers.NFC()
    t.add_special_tokens(specials("<|im_start|>", "<|im_end|>"))
    return t


def llama3(rng: random.Random) -> Tokenizer:
    state = json.loads(byte_level(rng, split_by(LLAMA3), ignore_merges=True).to_str())
    vocab = state["model"]["vocab"]
    for word in ["Ġsupercalifragilistic", "ĠDON", "æĹ¥æľ¬èªŀ", "123"]:  # no merges lead to them
        if word not in vocab:
            vocab[word] = len(vocab)
    t = Tokenizer.from_str(json.dumps(state))
    t.post_processor = processors.Sequence([processors.ByteLevel(), processors.TemplateProcessing(
        single="<s> $A", pair="<s> $A <s> $B", special_tokens=[("<s>", 1)])])
    return t


def flags(rng: random.Random) -> Tokenizer:
    t = byte_level(rng, pre_tokenizers.ByteLevel(add_prefix_space=False))
    t.normalizer = normalizers.Sequence([normalizers.NFC(), normalizers.Replace("Norm", "word"), normalizers.Replace("aa", "a")])
    t.decoder = None
    t.add_tokens([AddedToken("<left>", lstrip=True), AddedToken("<right>", rstrip=True, normalized=False), AddedToken("<both>", lstrip=True, rstrip=True),
                  AddedToken("word", single_word=True), AddedToken("<im", normalized=False), AddedToken("日本", normalized=True),
                  AddedToken("e\u0301", normalized=True), AddedToken(" \n", normalized=False)])
    t.add_special_tokens([AddedToken("<tag>", single_word=True, lstrip=True, special=True, normalized=True)])
    return t


MAKERS: dict[str, Callable[[random.Random], Tokenizer]] = {
    "llama_prepend": llama_prepend, "llama_prepend_normalized": llama_prepend_normalized,
    "metaspace_first": metaspace("first", False, fuse_unk=True), "metaspace_always": metaspace("always", True, some_bytes=True),
    "metaspace_fuse": metaspace("first", True, some_bytes=True, fuse_unk=True), "no_unknown": no_unknown,
    "gpt2": gpt2, "gpt2_prefix": gpt2_prefix, "digits_each": digits(True), "digits_runs": digits(False),
    "qwen2": qwen2, "llama3": llama3, "flags": flags,
}


def decoded(t: Tokenizer, ids: list[int], text: str | None) -> list[str | None]:
    """With and without special tokens; null: as `text`, as with them."""
    whole, short = t.decode(ids, skip_special_tokens=False), t.decode(ids, skip_special_tokens=True)
    return [None if whole == text else whole, None if short == whole else short]


def answers(t: Tokenizer, texts: list[str], sequences: int, rng: random.Random) -> dict:
    encode, decode = [], []
    size = t.get_vocab_size(with_added_tokens=True)
    for s in texts:
        ids = t.encode(s).ids
        t.encode_special_tokens = True
        plain = t.encode(s, add_special_tokens=False).ids
        t.encode_special_tokens = False
        encode.append([s, ids, None if plain == ids else plain, *decoded(t, ids, s)])
    for _ in range(sequences):
        ids = [rng.randrange(size + 2) for _ in range(rng.randrange(1, 20))]
        cut = rng.choice(encode)[1]
        ids = rng.choice([ids, cut[1:-1], cut[:8] + ids, sorted(ids)])
        decode.append([ids, *decoded(t, ids, None)])
    return {"tokenizer": json.loads(t.to_str()), "encode": encode, "decode": decode}


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("out", type=Path)
    p.add_argument("--texts", type=int, default=14, help="drawn texts a tokenizer, beside the fixed ones")
    p.add_argument("--sequences", type=int, default=8, help="drawn lists of ids a tokenizer")
    p.add_argument("--seed", type=int, default=1)
    args = p.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    for number, (name, make) in enumerate(MAKERS.items()):
        rng = random.Random(f"{args.seed} {number}")
        t = make(random.Random(1))
        texts = FIXED + [text(rng) for _ in range(args.texts)]
        result = answers(t, texts, args.sequences, rng)
        (args.out / f"{name}.json").write_text(json.dumps(result, ensure_ascii=False, separators=(",", ":")) + "\n")
        print(f"{name}: {t.get_vocab_size()} tokens, {len(texts)} texts")


if __name__ == "__main__":
    main()
