#!/usr/bin/env python3
"""Reads the goldens of quantised_models.py with AutoAWQ's and AutoGPTQ's own code, where their packages lie.

usage: quantised_peers.py AUTOAWQ AUTOGPTQ        (needs torch, transformers, safetensors)

AUTOAWQ, AUTOGPTQ: folders that hold `awq` and `auto_gptq`, of `pip install --no-deps --only-binary :all: --target FOLDER
autoawq` (0.2.7) and `auto-gptq` (0.7.1). Their single files are loaded, not the packages, which need CUDA. Says for each
layout how many weights their code takes for the same numbers (CRC-32 of fp32) as the goldens; fails where one differs.
llm-awq's layout is packed by AutoAWQ's copy of its code (gemv_fast) and compared with the stored codes.
"""
import importlib.util
import json
import pathlib
import sys
import types
import zlib

import torch
from safetensors.torch import load_file

QUANTISED = pathlib.Path(__file__).resolve().parents[1] / "judges" / "engine" / "quantised"


def module(path):
    spec = importlib.util.spec_from_file_location(path.stem, path)
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


for name in ("awq", "awq.utils"):  # without their __init__
    sys.modules[name] = types.ModuleType(name)
    sys.modules[name].__path__ = [str(pathlib.Path(sys.argv[1], *name.split(".")))]
awq = module(pathlib.Path(sys.argv[1]) / "awq" / "utils" / "packing_utils.py")
fast = module(pathlib.Path(sys.argv[1]) / "awq" / "modules" / "linear" / "gemv_fast.py")
gptq, gptq_order = (module(pathlib.Path(sys.argv[2]) / "auto_gptq" / "nn_modules" / "qlinear" / name)
                    for name in ("qlinear_cuda_old.py", "qlinear_cuda.py"))


def of_awq(parts, bits, group):
    return awq.dequantize_gemm(parts["qweight"], parts["qzeros"], parts["scales"].float(), bits, group).T


def of_gptq(parts, bits, group, order):
    """What its layer makes of the unit matrix."""
    columns, rows = len(parts["qweight"]) * 32 // bits, parts["qweight"].shape[1]
    kind = gptq_order if order else gptq
    layer = kind.QuantLinear(bits, group, columns, rows, bias=False, weight_dtype=torch.float32)
    layer.qweight, layer.qzeros, layer.scales = parts["qweight"], parts["qzeros"], parts["scales"].float()
    layer.g_idx = parts["g_idx"]
    layer.autogptq_cuda_available = False
    with torch.no_grad():
        return layer(torch.eye(columns)).T


def crc(weights):
    return zlib.crc32(weights.float().contiguous().numpy().tobytes())


def packs_alike(folder, group, stem, parts):
    """AutoAWQ's copy of llm-awq's code packs the codes of the same weights in AutoAWQ's layout."""
    twins = load_file(folder / f"awq-g{group}.safetensors")
    prefix = "language_model.model." if "llava" in folder.name else "model."
    stem = stem.replace("model.", prefix, 1)
    codes, _ = awq.reverse_awq_order(*awq.unpack_awq(twins[stem + ".qweight"], twins[stem + ".qzeros"], 4), 4)
    return torch.equal(fast.pack_intweight((codes.T & 15).int(), interleave=4, kstride=64), parts["qweight"])


def check(folder, layout, about, stem, parts):
    config = about["quantization_config"]
    bits, group = config.get("bits", 4), config.get("group_size", config.get("q_group_size"))
    if layout.startswith("llm-awq"):
        return packs_alike(folder, group, stem, parts)
    weights = (of_awq(parts, bits, group) if layout.startswith("awq")
               else of_gptq(parts, bits, group, config["desc_act"]))
    return crc(weights) == about["crc"][stem + ".weight"]


failed = False
for folder in sorted(p for p in QUANTISED.iterdir() if p.is_dir()):
    for layout, about in json.loads((folder / "cases.json").read_text())["layouts"].items():
        if layout.startswith("gptq_v2"):
            continue  # a later version than AutoGPTQ's
        tensors = load_file(folder / f"{layout}.safetensors")
        same = []
        for name in about["crc"]:
            stem = name[: -len(".weight")]
            parts = {n[len(stem) + 1 :]: v for n, v in tensors.items() if n.startswith(stem + ".")}
            same.append(check(folder, layout, about, stem, parts))
        print(f"{folder.name} {layout}: {sum(same)} of {len(same)} the same")
        failed |= not all(same)
sys.exit(failed)
