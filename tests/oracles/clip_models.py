#!/usr/bin/env python3
"""Makes the goldens of CLIPScore: small random CLIP checkpoints with what transformers computes from them.

usage: clip_models.py          (needs torch, transformers 5, tokenizers, safetensors; nothing is downloaded)

Writes tests/judges/clip/models/NAME: the checkpoint, its tokenizer and processor files, and
  cases.json          pictures (size and seed, see images_common.py), captions, the token ids of each with the prefix,
                      CLIPScore of every picture with every caption, RefCLIPScore with the references `references[k]`
                      (numbers of captions) for caption k; [text, ids] of a tokenizer that keeps white space (hub)
  golden.safetensors  images [pictures, P], texts [captions, P]: projections as they come, in fp32

  hub     files as on the hub: the tokenizer's older expression, eos_token_id 2, quick_gelu, a `size` that is a number
  saved   files as transformers 5.24 saves them; gelu, several shards, other sizes
"""
import collections
import json
import pathlib
import re
import shutil
import warnings

warnings.filterwarnings("ignore")

import numpy as np
import torch
import transformers
from PIL import Image
from safetensors.torch import save_file
from tokenizers import Tokenizer, pre_tokenizers
from transformers import CLIPConfig, CLIPModel, CLIPTokenizer

import images_common

transformers.logging.set_verbosity_error()
transformers.utils.logging.disable_progress_bar()
OUT = pathlib.Path(__file__).resolve().parents[1] / "judges" / "clip" / "models"
PREFIX = "A photo depicts "
WEIGHT = 2.5
BEGIN, END = "<|startoftext|>", "<|endoftext|>"
TEXT = ["a photo depicts a red circle to the left of a blue square", "two small green triangles above a large yellow star",
        "the dog's ball isn't there, they've seen it; a man riding a horse on the beach"]
PICTURES = [(90, 61, 1), (40, 40, 2), (33, 120, 3), (500, 20, 4), (42, 42, 5)]
CAPTIONS = [
    "a red circle", "A RED Circle", "the dog's ball isn't there, they've seen it!", "", "   ",
    "\tred\n\ncircle  \u00a0blue ", "\u00c9t\u00e9 au caf\u00e9, na\u00efve \u0130stanbul \u03a3\u0391\u03a3 \u1e9e \u0130",
    "e\u0301 and \u00e9", "\u732b\u304c\u3044\u308b", "\U0001f600\U0001f468\u200d\U0001f469\u200d\U0001f467 !?",
    "42 dogs, 3.5 cats & 1,000 birds: #1 @home ~~^", "'s 't 're 've 'm 'll 'd don't DON'T we'll",
    "a\u0000b \ufffd \u200b", "red <circle> </w> a</w> <| |> startoftext", "word" * 60, "a large yellow star " * 40,
    "\u0c15\u0c4d\u0c37 \u0e44\u0e17\u0e22 \u0627\u0644\u0639\u0631\u0628\u064a\u0629 \u2167 \u00bd \u00b2",
    "two small green triangles above a large yellow star"]
# Files on the hub look for CLIP's own tokens in lower-cased text, where we let captions be text.
MARKED = "<|ENDOFTEXT|>!! upper"


def learned_merges(count):
    """The most frequent pairs of TEXT, of equal ones the first in order: the trainer of tokenizers breaks ties by chance."""
    words = [list(w[:-1]) + [w[-1] + "</w>"] for w in re.findall(r"'s|'t|'ve|[a-z]+|[^\sa-z]+", " ".join(TEXT))]
    merges = []
    for _ in range(count):
        pairs = collections.Counter(pair for w in words for pair in zip(w, w[1:]))
        best = min(pairs, key=lambda pair: (-pairs[pair], pair))
        merges.append(best)
        for w in words:
            at = 0
            while at + 1 < len(w):
                if (w[at], w[at + 1]) == best:
                    w[at:at + 2] = ["".join(best)]
                at += 1
    return merges


def vocabulary():
    """-> vocab, merges, in CLIP's order: bytes, bytes that end a word, merges, begin and end."""
    merges = learned_merges(90)
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    tokens = alphabet + [a + "</w>" for a in alphabet] + ["".join(m) for m in merges] + [BEGIN, END]
    assert len(set(tokens)) == len(tokens)
    return {t: i for i, t in enumerate(tokens)}, merges


def hub_tokenizer(path, vocab):
    """Rewrites a saved tokenizer.json as files on the hub have it."""
    file = json.loads(path.read_text())
    expression = r"'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+"
    split, level = file["pre_tokenizer"]["pretokenizers"]
    assert split["pattern"]["Regex"].endswith("|" + expression), split
    split["pattern"]["Regex"] = expression
    assert split["behavior"] == "Removed" and split["invert"] and level["type"] == "ByteLevel"
    level.pop("use_regex")
    file["added_tokens"] = [{"id": vocab[t], "content": t, "single_word": False, "lstrip": False, "rstrip": False,
                             "normalized": True, "special": True} for t in (BEGIN, END)]
    file["model"]["merges"] = [" ".join(m) for m in file["model"]["merges"]]
    path.write_text(json.dumps(file, ensure_ascii=False))
    return Tokenizer.from_file(str(path))


def isolated_ids(path):
    """[text, ids] where white space is kept as pieces of its own, and a byte has no letter: unknown tokens."""
    file = json.loads(path.read_text())
    file["pre_tokenizer"]["pretokenizers"][0] |= {"behavior": "Isolated", "invert": False}
    del file["model"]["vocab"]["\u00de"], file["model"]["vocab"]["\u00de</w>"]  # 0xDE
    tokenizer = Tokenizer.from_str(json.dumps(file))
    return [[text, tokenizer.encode(text).ids] for text in ("a  red circle 's", "\u0780 x\u0780y \u078f")]


def build(name, vocab):
    end = vocab[END]
    base = dict(vocab_size=len(vocab), max_position_embeddings=77, bos_token_id=vocab[BEGIN], pad_token_id=end)
    if name == "hub":
        text = dict(hidden_size=36, intermediate_size=48, num_hidden_layers=2, num_attention_heads=3, eos_token_id=2)
        vision = dict(hidden_size=40, intermediate_size=64, num_hidden_layers=2, num_attention_heads=2, image_size=28,
                      patch_size=7)
        return CLIPModel(CLIPConfig(text_config=base | text, vision_config=vision, projection_dim=24))
    text = dict(hidden_size=32, intermediate_size=48, num_hidden_layers=3, num_attention_heads=2, eos_token_id=end,
                hidden_act="gelu", layer_norm_eps=1e-4)
    vision = dict(hidden_size=32, intermediate_size=56, num_hidden_layers=3, num_attention_heads=2, image_size=40,
                  patch_size=9, hidden_act="gelu", layer_norm_eps=1e-6)
    return CLIPModel(CLIPConfig(text_config=base | text, vision_config=vision, projection_dim=40))


def randomise(model, seed):
    """Weights large enough that vectors differ; norms and biases not the identity."""
    torch.manual_seed(seed)
    with torch.no_grad():
        for name, p in model.named_parameters():
            if p.ndim == 0:
                continue
            if p.ndim == 1:
                p.copy_(torch.randn_like(p) * 0.1 + (1.0 if "norm" in name and name.endswith("weight") else 0.0))
            else:
                p.copy_(torch.randn_like(p) * 1.6 / p[0].numel() ** 0.5)
            if "embedding" in name:
                p.copy_(torch.randn_like(p) * 0.7)
    return model.eval()


def unit(x):
    x = x.double().numpy()
    return x / np.sqrt(np.sum(x ** 2, axis=1, keepdims=True))


def make(name, seed, vocab, merges):
    folder = OUT / name
    shutil.rmtree(folder, ignore_errors=True)
    model = randomise(build(name, vocab), seed).half()  # small; what is stored is computed with in fp32
    model.save_pretrained(folder, **({"max_shard_size": "60KB"} if name == "saved" else {}))
    tokenizer = CLIPTokenizer(vocab=vocab, merges=merges)
    tokenizer.save_pretrained(folder)
    side = model.config.vision_config.image_size
    processor = transformers.CLIPImageProcessorPil(size={"shortest_edge": side}, crop_size={"height": side, "width": side})
    processor.save_pretrained(folder)
    encoder, isolated = None, []
    if name == "hub":
        encoder = hub_tokenizer(folder / "tokenizer.json", vocab)
        encoder.enable_truncation(77)
        isolated = isolated_ids(folder / "tokenizer.json")
        file = folder / "preprocessor_config.json"
        file.write_text(json.dumps(json.loads(file.read_text()) | {"size": side, "crop_size": side}, indent=2) + "\n")
        config = json.loads((folder / "config.json").read_text()) | {"text_config_dict": None, "vision_config_dict": None}
        (folder / "config.json").write_text(json.dumps(config, indent=2) + "\n")
    model = CLIPModel.from_pretrained(folder, dtype=torch.float32).eval()
    captions = CAPTIONS + ([MARKED] if name == "saved" else [])
    references = [[(k * 5 + j * 7 + 1) % len(captions) for j in range(1 + k % 4)] for k in range(len(captions))]
    texts, ids = [], []
    with torch.no_grad():
        for caption in captions:
            text = PREFIX + caption
            own = encoder.encode(text).ids if encoder else tokenizer(text, truncation=True, max_length=77)["input_ids"]
            ids.append(own)
            texts.append(model.get_text_features(input_ids=torch.tensor([own])).pooler_output[0])
        images = []
        for p in PICTURES:
            pixels = processor(Image.fromarray(images_common.picture(*p)), return_tensors="pt")["pixel_values"]
            images.append(model.get_image_features(pixel_values=pixels).pooler_output[0])
    images, texts = torch.stack(images), torch.stack(texts)
    save_file({"images": images.contiguous(), "texts": texts.contiguous()}, folder / "golden.safetensors")
    # The arithmetic of the paper's own code; the cosine of references at least 0, and 0 for 0 and 0.
    i, t = unit(images), unit(texts)
    clip = WEIGHT * np.clip(i @ t.T, 0, None)
    reference = np.array([max(0.0, max(float(t[k] @ t[r]) for r in references[k])) for k in range(len(captions))])
    both = clip + reference
    ref_clip = np.divide(2 * clip * reference, both, out=np.zeros_like(both), where=both > 0)
    (folder / "cases.json").write_text(json.dumps({
        "pictures": PICTURES, "captions": captions, "references": references, "ids": ids,
        "isolated": isolated,
        "clipscore": [[round(float(x), 9) for x in row] for row in clip],
        "refclipscore": [[round(float(x), 9) for x in row] for row in ref_clip]}) + "\n")
    for file in folder.iterdir():
        file.chmod(0o644)
    print(name, [len(x) for x in ids], f"clipscore {clip.min():.3f} to {clip.max():.3f}, {np.mean(clip == 0):.0%} zero,",
          f"reference cosine {reference.min():.3f} to {reference.max():.3f},", sum(f.stat().st_size for f in folder.iterdir()), "bytes")


if __name__ == "__main__":
    words = vocabulary()
    for number, name in enumerate(("hub", "saved")):
        make(name, 45 + number, *words)
