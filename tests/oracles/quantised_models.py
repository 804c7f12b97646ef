#!/usr/bin/env python3
"""Makes the goldens of checkpoints in few bits: small random models, packed as AutoAWQ, llm-awq and GPTQ do it,
with what transformers computes from the weights that they stand for.

usage: quantised_models.py        (needs torch, transformers 5, tokenizers, safetensors; nothing is downloaded)

Writes tests/judges/engine/quantised/NAME:
  config.json, processor_config.json, generation_config.json   as transformers saves them, without quantization_config
  plain.safetensors     the tensors that no layout has in few bits, and a head that one has
  LAYOUT.safetensors    the others; llm-awq's are made by scripts/convert-llm-awq.py from a .pt file
  WEIGHTS.golden.safetensors   of all layouts that stand for the same weights: as engine_models.py's golden.safetensors
  cases.json            prompts as engine_models.py's; per layout its quantization_config, its weights, and per weight
                        the CRC-32 of what it stands for, in fp32

Codes are random, the lowest and the highest among them; so are zero points.
"""
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
import warnings
import zlib

warnings.filterwarnings("ignore")

import numpy as np
import torch
from PIL import Image
from safetensors.torch import load_file, save_file
from transformers import (Idefics3Config, Idefics3ForConditionalGeneration, Idefics3Processor, LlavaConfig,
                          LlavaForConditionalGeneration, LlavaProcessor, Qwen2Config)

import engine_models as em
import images_common

ROOT = pathlib.Path(__file__).resolve().parents[2]
OUT = ROOT / "tests" / "judges" / "engine" / "quantised"
AWQ_ORDER = [0, 2, 4, 6, 1, 3, 5, 7]


class Codes:
    """A weight [out, in] in few bits: codes, and scale and zero point of each row and group."""

    def __init__(self, shape, bits, group, order, exact, rng):
        rows, columns = shape
        group = columns if group == -1 else group
        self.bits, self.group = bits, group
        self.groups = np.arange(columns) // group
        if order:
            self.groups = rng.permutation(self.groups)
        self.codes = rng.integers(0, 2**bits, shape)
        self.codes[0, :2] = [0, 2**bits - 1]
        # AutoGPTQ's layer that knows activation order takes what is stored for 0 for 2^bits, its others for 0.
        least = 1 if order else 0
        self.zeros = rng.integers(least, 2**bits, (rows, columns // group))
        self.zeros[:2, 0] = [least, 2**bits - 1]
        size = 1.4 / columns**0.5 / 2 ** (bits - 1)
        scales = (size * rng.uniform(0.3, 1.2, self.zeros.shape)).astype(np.float16)
        if exact:
            scales = (scales.view(np.uint16) & 0xFFE0).view(np.float16)
        self.scales = scales

    def weights(self):
        zeros, scales = self.zeros[:, self.groups], self.scales[:, self.groups].astype(np.float32)
        return (self.codes - zeros).astype(np.float32) * scales


def words(numbers, bits):
    """[..., n] codes -> [...] words of n codes, the first in the lowest bits."""
    shifts = np.arange(numbers.shape[-1], dtype=np.uint64) * bits
    return torch.from_numpy((numbers.astype(np.uint64) << shifts).sum(-1).astype(np.uint32).view(np.int32).copy())


def along_rows(numbers, bits, order):
    """[lines, rows] -> words [lines, rows / each]."""
    each = 32 // bits
    return words(numbers.reshape(len(numbers), -1, each)[:, :, order], bits)


def pack_awq(c, dtype):
    return {"qweight": along_rows(c.codes.T, 4, AWQ_ORDER), "qzeros": along_rows(c.zeros.T, 4, AWQ_ORDER),
            "scales": torch.from_numpy(c.scales.T.copy()).to(dtype)}


def pack_gptq(c, dtype, stored_less):
    each = 32 // c.bits
    lines = c.codes.T.reshape(-1, each, len(c.codes)).transpose(0, 2, 1)
    zeros = (c.zeros.T - stored_less) % 2**c.bits
    return {"qweight": words(lines, c.bits), "qzeros": along_rows(zeros, c.bits, list(range(each))),
            "scales": torch.from_numpy(c.scales.T.copy()).to(dtype),
            "g_idx": torch.from_numpy(c.groups).to(torch.int32)}


def pack_llm_awq(c, dtype):
    """The specification's formula, one code at a time."""
    rows, columns = c.codes.shape
    numbers = np.zeros((rows // 4, columns), np.uint16)
    n = np.arange(rows)[:, None]
    for k in range(columns):
        b, i, j, e = k // 32, k % 32 // 8, k % 8 // 2, k % 2
        at = 32 * b + 8 * j + 4 * e + i
        column, nibble = 64 * (at // 64) + 16 * (n % 4) + at % 64 // 4, at % 4
        np.bitwise_or.at(numbers, (n // 4, column), c.codes[:, k : k + 1].astype(np.uint16) << np.uint16(4 * nibble))
    groups = columns // c.group
    multiple = {32: 32, 64: 16}.get(c.group, 8)
    lines = -(-groups // multiple) * multiple
    scales, zeros = np.zeros((2, lines, rows), np.float16)
    scales[:groups] = c.scales.T
    zeros[:groups] = -(c.scales.astype(np.float32) * c.zeros).T
    assert (zeros[:groups].astype(np.float32) == -(c.scales.astype(np.float32) * c.zeros).T).all()
    return {"qweight": torch.from_numpy(numbers.view(np.int16)), "scales": torch.from_numpy(scales).to(dtype),
            "scaled_zeros": torch.from_numpy(zeros).to(dtype)}


PACKERS = {"awq": pack_awq, "llm-awq": pack_llm_awq, "gptq_v2": lambda c, dtype: pack_gptq(c, dtype, 0),
           "gptq": lambda c, dtype: pack_gptq(c, dtype, 1)}


def awq_config(group, **more):
    return {"bits": 4, "group_size": group, "modules_to_not_convert": None, "quant_method": "awq", "version": "gemm",
            "zero_point": True} | more


def gptq_config(bits, group, version="gptq", **more):
    return {"bits": bits, "checkpoint_format": version, "desc_act": False, "group_size": group, "lm_head": False,
            "quant_method": "gptq", "sym": False} | more


# Which weights: bits, group, activation order, scales of 6 bits: halves and bfloat16, and halves times a zero point.
WEIGHTS = {"a": (4, 64, False, True), "b": (8, 32, True, False), "c": (4, 32, False, False), "d": (4, 32, True, False),
           "e": (4, 32, False, True), "f": (4, 128, False, True), "g": (4, -1, False, False)}
# model -> layout -> weights, quantization_config, type of the scales
HALF, BF16, SINGLE = torch.float16, torch.bfloat16, torch.float32
LAYOUTS = {
    "llava_llama": {
        "awq-g64": ("a", awq_config(64), HALF),
        "llm-awq-g64": ("a", None, HALF),
        "gptq-g64": ("a", gptq_config(4, 64), HALF),
        "gptq_v2-g64": ("a", gptq_config(4, 64, "gptq_v2"), SINGLE),
        "gptq-8bit-g32-order": ("b", gptq_config(8, 32, desc_act=True), HALF),
        "awq-g32": ("c", {"quant_method": "awq", "w_bit": 4, "q_group_size": 32, "version": "GEMM", "zero_point": True,
                          "backend": "autoawq", "do_fuse": False, "modules_to_not_convert": ["vision_tower"]}, HALF)},
    "llava_qwen2": {
        "gptq_v2-g32-order": ("d", gptq_config(4, 32, "gptq_v2", desc_act=True, pack_dtype="int32",
                                               meta={"quantizer": ["gptqmodel:2.0.0"]}), HALF),
        "awq-g32": ("e", awq_config(32, modules_to_not_convert=["model.layers.1.mlp.down_proj"]), BF16)},
    "idefics3": {
        "awq-g128": ("f", awq_config(128), HALF),
        "llm-awq-g128": ("f", None, HALF),
        "gptq-rows-head": ("g", gptq_config(4, -1, lm_head=True), SINGLE)},
}


def build(name, tok):
    vocab, image_id = -(-len(tok) // 8) * 8, tok.convert_tokens_to_ids("<image>")
    ids = dict(image_token_id=image_id, image_token_index=image_id)
    if name == "llava_llama":
        text = em.llama(vocab, hidden_size=64, intermediate_size=128, num_hidden_layers=1, num_key_value_heads=2)
        vision = em.clip(hidden_size=16, intermediate_size=24, num_hidden_layers=2)
        config = LlavaConfig(vision_config=vision, text_config=text, image_seq_length=49, **ids)
        processor = LlavaProcessor(
            em.image_processor("CLIPImageProcessor", size={"shortest_edge": 42}, crop_size={"height": 42, "width": 42}),
            tok, patch_size=6, vision_feature_select_strategy="default", num_additional_image_tokens=1)
        return LlavaForConditionalGeneration(config), processor, em.LLAVA_CASES
    if name == "llava_qwen2":
        text = Qwen2Config(vocab_size=vocab, hidden_size=64, intermediate_size=96, num_hidden_layers=2,
                           num_attention_heads=4, num_key_value_heads=2, max_position_embeddings=2048, bos_token_id=1,
                           eos_token_id=2, pad_token_id=0, tie_word_embeddings=True)
        vision = em.siglip(hidden_size=18, intermediate_size=36)
        config = LlavaConfig(vision_config=vision, text_config=text, vision_feature_layer=-1, image_seq_length=25,
                             vision_feature_select_strategy="full", tie_word_embeddings=True, **ids)
        processor = LlavaProcessor(em.image_processor("SiglipImageProcessor", size={"height": 45, "width": 45}), tok,
                                   patch_size=9, vision_feature_select_strategy="full", num_additional_image_tokens=0)
        return LlavaForConditionalGeneration(config), processor, em.LLAVA_CASES
    vision = dict(hidden_size=16, intermediate_size=24, num_hidden_layers=2, num_attention_heads=2, image_size=48,
                  patch_size=8)
    text = em.llama(vocab, hidden_size=128, intermediate_size=128, num_hidden_layers=1, num_key_value_heads=2)
    config = Idefics3Config(vision_config=vision, text_config=text, scale_factor=2, image_token_id=image_id)
    processor = Idefics3Processor(
        em.image_processor("Idefics3ImageProcessor", size={"longest_edge": 96}, max_image_size={"longest_edge": 48},
                           do_image_splitting=True), tok, image_seq_len=9)
    return Idefics3ForConditionalGeneration(config), processor, em.IDEFICS_CASES


def is_matrix(name):
    return ".layers." in name and name.endswith("_proj.weight") and "vision" not in name


def spelled(name, layout):
    """Layouts of one model also differ in how they spell names: research code, transformers in memory."""
    old = "language_model.model."
    if layout.startswith("llm-awq"):
        return name.replace(old, "model.", 1) if name.startswith(old) else name
    if layout.startswith("gptq_v2"):
        return name.replace(old, "model.language_model.", 1) if name.startswith(old) else name
    return name


def stored_of(layout, codes, dtype, plain):
    """-> tensors in few bits, and those that this layout leaves as they are."""
    pack = next(p for start, p in PACKERS.items() if layout.startswith(start))
    tensors = {}
    for name, c in codes.items():
        stem = spelled(name, layout)[: -len("weight")]
        tensors |= {stem + part: value.contiguous() for part, value in pack(c, dtype).items()}
        if layout == "gptq-8bit-g32-order":  # as old versions of AutoGPTQ: of all layers
            tensors[stem + "bias"] = torch.zeros(len(c.codes), dtype=torch.float16)
    return tensors | {spelled(name, layout): value for name, value in plain.items()}


def converted(tensors, group, folder):
    """Through a .pt file and the converter. -> tensors, quantization_config"""
    with tempfile.TemporaryDirectory() as place:
        place = pathlib.Path(place)
        shutil.copy(folder / "config.json", place)
        before = json.loads((place / "config.json").read_text())
        torch.save(tensors, place / "weights.pt")
        subprocess.run([sys.executable, ROOT / "scripts" / "convert-llm-awq.py", place / "weights.pt", place,
                        "--group", str(group)], check=True)
        config = json.loads((place / "config.json").read_text())
        block = config.pop("quantization_config")
        assert config == before
        out = load_file(place / "model.safetensors")
    assert out.keys() == tensors.keys()
    for name, value in tensors.items():
        assert out[name].dtype == value.dtype and torch.equal(out[name], value), name
    return out, block


def logits_of(model, processor, cases):
    """-> golden tensors, cases with ids and likeliest tokens"""
    golden, out = {}, []
    for i, c in enumerate(cases):
        pictures = [Image.fromarray(images_common.picture(*p)) for p in c["pictures"]]
        inputs = processor(images=pictures or None, text=c["text"], return_tensors="pt", add_special_tokens=False)
        used = ("input_ids", "pixel_values", "image_sizes", "pixel_attention_mask")
        kept = {k: inputs[k] for k in used if k in inputs}
        with torch.no_grad():
            logits = model(**kept).logits[0]
        places = sorted({round(k * (len(logits) - 1) / 3) for k in range(4)})
        golden |= {f"logits.{i}": logits[places].contiguous(), f"places.{i}": torch.tensor(places, dtype=torch.int32)}
        out.append({"ids": inputs["input_ids"][0].tolist(), "best": logits.argmax(-1).tolist()})
    return golden, out


def make(name, seed, tok):
    folder = OUT / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    model, processor, cases = build(name, tok)
    cases = [cases[0], em.case([], "a red circle and a blue square")]
    model = em.randomise(model, seed).to(BF16 if name == "llava_qwen2" else HALF)
    with tempfile.TemporaryDirectory() as place:
        place = pathlib.Path(place)
        model.save_pretrained(place)
        processor.save_pretrained(place)
        for file in ("config.json", "processor_config.json", "generation_config.json"):
            shutil.copy(place / file, folder)
        tensors = load_file(place / "model.safetensors")
        often = [n for n in tensors if is_matrix(n)]
        save_file({n: v for n, v in tensors.items() if n not in often}, folder / "plain.safetensors")
        made, layouts, answers = {}, {}, {}
        for layout, (weights, block, dtype) in LAYOUTS[name].items():
            bits, group, order, exact = WEIGHTS[weights]
            skipped = [] if block is None else block.get("modules_to_not_convert") or []
            head = ["lm_head.weight"] if block and block.get("lm_head") else []
            quantised = head + [n for n in often if not any(
                n[: -len(".weight")].endswith(s.removeprefix("model.")) for s in skipped)]
            if weights not in made:
                rng = np.random.default_rng(ord(weights))
                made[weights] = {n: Codes(tensors[n].shape, bits, group, order, exact, rng) for n in quantised}
                copy = {n: v.float() for n, v in tensors.items()}
                copy |= {n: torch.from_numpy(c.weights()) for n, c in made[weights].items()}
                save_file(copy, place / "model.safetensors", metadata={"format": "pt"})
                loaded = type(model).from_pretrained(place, dtype=SINGLE).eval()
                golden, answers[weights] = logits_of(loaded, processor, cases)
                save_file(golden, folder / f"{weights}.golden.safetensors")
            codes = made[weights]
            stored = stored_of(layout, codes, dtype, {n: tensors[n] for n in often if n not in codes})
            if block is None:
                stored, block = converted(stored, group, folder)
            save_file(stored, folder / f"{layout}.safetensors", metadata={"format": "pt"})
            layouts[layout] = {"quantization_config": block, "weights": weights, "crc": {
                spelled(n, layout): zlib.crc32(c.weights().tobytes()) for n, c in codes.items()}}
    (folder / "cases.json").write_text(json.dumps({"cases": cases, "answers": answers, "layouts": layouts}) + "\n")
    print(name, sum(f.stat().st_size for f in folder.iterdir()), "bytes")


if __name__ == "__main__":
    shared = em.tokenizer()
    for number, name in enumerate(LAYOUTS):
        make(name, 40 + number, shared)
