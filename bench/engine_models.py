#!/usr/bin/env python3
"""Seeded models of 500 million weights for bench/engine_peers.py: the shapes of SmolVLM-500M.

usage: engine_models.py FOLDER [--dtypes fp16,bf16,fp32,int4] [--wide]
                        (needs torch and transformers 5; nothing is downloaded)

Writes FOLDER/DTYPE as transformers saves it. Weights are N(0, 0.02) from seed 1 at 32 bits, rounded; norms are 1,
biases 0. Such a model says nothing sensible, but takes the time of one that does. int4: the language model's layers as
AutoAWQ stores them, groups of 128 rounded to nearest, the rest in fp16. --wide: as many weights in layers whose widths
are whole groups, and whole blocks of 256 as llama.cpp's Q4_K wants them.
"""
import argparse
import json
import pathlib

import torch
import transformers
from transformers import SmolVLMConfig, SmolVLMForConditionalGeneration

DTYPES = {"fp32": torch.float32, "int4": torch.float16, "fp16": torch.float16, "bf16": torch.bfloat16}
TEXT = dict(model_type="llama", vocab_size=49280, hidden_size=960, intermediate_size=2560, num_hidden_layers=32,
            num_attention_heads=15, num_key_value_heads=5, head_dim=64, max_position_embeddings=8192,
            rms_norm_eps=1e-5, bos_token_id=1, eos_token_id=2, pad_token_id=0, tie_word_embeddings=False,
            rope_parameters={"rope_type": "default", "rope_theta": 100000.0})
WIDE = dict(hidden_size=1024, intermediate_size=2816, num_attention_heads=16, num_key_value_heads=4)
VISION = dict(hidden_size=768, intermediate_size=3072, num_hidden_layers=12, num_attention_heads=12, image_size=512,
              patch_size=16, hidden_act="gelu_pytorch_tanh", layer_norm_eps=1e-6)

GROUP, AWQ_ORDER = 128, [0, 2, 4, 6, 1, 3, 5, 7]
AWQ = {"bits": 4, "group_size": GROUP, "modules_to_not_convert": None, "quant_method": "awq", "version": "gemm",
       "zero_point": True}


def model(wide):
    text = TEXT | (WIDE if wide else {})
    config = SmolVLMConfig(text_config=text, vision_config=VISION, scale_factor=4, image_token_id=49190,
                           tie_word_embeddings=False)
    with torch.device("meta"):
        out = SmolVLMForConditionalGeneration(config)
    out = out.to_empty(device="cpu").eval()
    generator = torch.Generator().manual_seed(1)
    with torch.no_grad():
        for name, p in out.named_parameters():
            if p.ndim > 1:
                p.normal_(0, 0.02, generator=generator)
            else:
                p.fill_(1.0 if "norm" in name and name.endswith("weight") else 0.0)
    return out


def words(numbers):
    """[lines, rows] numbers of 4 bits -> [lines, rows / 8] of 32."""
    parts = numbers.reshape(len(numbers), -1, 8)[:, :, AWQ_ORDER].long()
    packed = (parts << torch.arange(0, 32, 4)).sum(-1)
    return torch.where(packed < 2**31, packed, packed - 2**32).int()


def in_awq(prefix, weight):
    """A weight [out, in] as AutoAWQ's tensors."""
    groups = weight.float().reshape(len(weight), -1, GROUP)
    low, high = groups.amin(-1).clamp(max=0), groups.amax(-1).clamp(min=0)
    scales = ((high - low) / 15).half()
    zeros = (-low / scales.float()).round().clamp(0, 15)
    codes = ((groups / scales.float()[..., None]).round() + zeros[..., None]).clamp(0, 15).flatten(1)
    return {prefix + "qweight": words(codes.T), prefix + "qzeros": words(zeros.T), prefix + "scales": scales.T.contiguous()}


def is_quantised(name, weight):
    return "text_model.layers." in name and weight.ndim == 2


def state_of(full, dtype):
    state = {k: v.to(DTYPES[dtype]) for k, v in full.state_dict().items()}
    for name in [n for n in state if dtype == "int4" and is_quantised(n, state[n])]:
        state |= in_awq(name.removesuffix("weight"), state.pop(name))
    return state


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    ap.add_argument("folder", type=pathlib.Path)
    ap.add_argument("--dtypes", default="fp16,bf16,fp32")
    ap.add_argument("--wide", action="store_true")
    a = ap.parse_args()
    transformers.logging.set_verbosity_error()
    torch.set_num_threads(2)
    wanted = [d for d in a.dtypes.split(",") if not (a.folder / d / "model.safetensors").exists()]
    full = model(a.wide) if wanted else None
    # Widest first: rounding is done in place.
    for dtype in sorted(wanted, key=list(DTYPES).index):
        state = state_of(full, dtype)
        full.config.dtype = DTYPES[dtype]
        full.generation_config.eos_token_id = 2
        full.save_pretrained(a.folder / dtype, state_dict=state, max_shard_size="8GB")
        if dtype == "int4":
            path = a.folder / dtype / "config.json"
            config = json.loads(path.read_text(encoding="utf-8")) | {"quantization_config": AWQ}
            path.write_text(json.dumps(config, indent=2), encoding="utf-8")


if __name__ == "__main__":
    main()
