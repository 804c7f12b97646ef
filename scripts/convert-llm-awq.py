#!/usr/bin/env python3
"""Makes a folder that vernier reads from weights that llm-awq (TinyChat) has written with --dump_quant.

usage: convert-llm-awq.py WEIGHTS.pt FOLDER [--group 128] [--with FILE.safetensors]...      (needs torch, safetensors)

FOLDER holds the model's config.json, tokenizer.json and processor files as transformers writes them. Writes
FOLDER/model.safetensors: the tensors as they are, and those of --with (a vision tower that WEIGHTS.pt lacks);
and adds "quantization_config" to FOLDER/config.json. --group: llm-awq's --q_group_size.
"""
import argparse
import json
import pathlib

import torch
from safetensors.torch import load_file, save_file

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("weights", type=pathlib.Path)
parser.add_argument("folder", type=pathlib.Path)
parser.add_argument("--group", type=int, default=128)
parser.add_argument("--with", dest="others", type=pathlib.Path, action="append", default=[])
options = parser.parse_args()

# Only tensors: a pickle of anything else could run what it likes.
tensors = torch.load(options.weights, map_location="cpu", weights_only=True)
if not any(name.endswith(".scaled_zeros") and value.dtype.is_floating_point for name, value in tensors.items()):
    raise SystemExit(f"{options.weights}: holds no X.scaled_zeros; expected llm-awq's second layout (--dump_quant)")
for other in options.others:
    for name, value in load_file(other).items():
        tensors.setdefault(name, value)

config_file = options.folder / "config.json"
config = json.loads(config_file.read_text(encoding="utf-8"))
config["quantization_config"] = {"backend": "llm-awq", "bits": 4, "group_size": options.group, "quant_method": "awq",
                                 "zero_point": True}
# Copies: tensors that share memory are not written.
save_file({name: value.clone().contiguous() for name, value in tensors.items()}, options.folder / "model.safetensors",
          metadata={"format": "pt"})
config_file.write_text(json.dumps(config, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
