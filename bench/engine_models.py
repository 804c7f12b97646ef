#!/usr/bin/env python3
"""Seeded models of 500 million weights for bench/engine_peers.py: the shapes of SmolVLM-500M.

usage: engine_models.py FOLDER [--dtypes fp16,bf16,fp32]      (needs torch and transformers 5; nothing is downloaded)

Writes FOLDER/DTYPE as transformers saves it. Weights are N(0, 0.02) from seed 1 at 32 bits, rounded; norms are 1,
biases 0. Such a model says nothing sensible, but takes the time of one that does.
"""
import argparse
import pathlib

import torch
import transformers
from transformers import SmolVLMConfig, SmolVLMForConditionalGeneration

DTYPES = {"fp32": torch.float32, "fp16": torch.float16, "bf16": torch.bfloat16}
TEXT = dict(model_type="llama", vocab_size=49280, hidden_size=960, intermediate_size=2560, num_hidden_layers=32,
            num_attention_heads=15, num_key_value_heads=5, head_dim=64, max_position_embeddings=8192,
            rms_norm_eps=1e-5, bos_token_id=1, eos_token_id=2, pad_token_id=0, tie_word_embeddings=False,
            rope_parameters={"rope_type": "default", "rope_theta": 100000.0})
VISION = dict(hidden_size=768, intermediate_size=3072, num_hidden_layers=12, num_attention_heads=12, image_size=512,
              patch_size=16, hidden_act="gelu_pytorch_tanh", layer_norm_eps=1e-6)


def model():
    config = SmolVLMConfig(text_config=TEXT, vision_config=VISION, scale_factor=4, image_token_id=49190,
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


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    ap.add_argument("folder", type=pathlib.Path)
    ap.add_argument("--dtypes", default="fp16,bf16,fp32")
    a = ap.parse_args()
    transformers.logging.set_verbosity_error()
    torch.set_num_threads(2)
    wanted = [d for d in a.dtypes.split(",") if not (a.folder / d / "model.safetensors").exists()]
    full = model() if wanted else None
    # Widest first: rounding is done in place.
    for dtype in sorted(wanted, key=list(DTYPES).index):
        state = {k: v.to(DTYPES[dtype]) for k, v in full.state_dict().items()}
        full.config.dtype = DTYPES[dtype]
        full.generation_config.eos_token_id = 2
        full.save_pretrained(a.folder / dtype, state_dict=state, max_shard_size="8GB")


if __name__ == "__main__":
    main()
