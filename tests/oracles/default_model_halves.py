#!/usr/bin/env python3
"""Makes tests/judges/engine/default_model_halves.safetensors: what transformers computes in fp16 and bf16 with the
model that is shipped.

usage: default_model_halves.py SCENES     (that of default_model.py)

The first prompts of tests/judges/engine/default_model.json, one image each, 200 answer tokens in all, teacher-forced
on the tokens of fp32. Of each answer token: log-probabilities of the whole vocabulary, fp32, by a model loaded in
fp16 (in bf16). Prints how far apart those are from transformers' own fp32.
"""
import json
import pathlib
import sys

import numpy as np
import torch
from PIL import Image
from safetensors.numpy import save_file
from transformers import AutoProcessor, LlavaForConditionalGeneration

ROOT = pathlib.Path(__file__).resolve().parents[2]
MODEL = ROOT / "judges" / "model" / "default"
TOKENS = 200


def main() -> None:
    images = np.load(pathlib.Path(sys.argv[1]) / "images.npy", mmap_mode="r")
    processor = AutoProcessor.from_pretrained(MODEL)
    models = {n: LlavaForConditionalGeneration.from_pretrained(MODEL, dtype=t).eval()
              for n, t in (("F32", torch.float32), ("F16", torch.float16), ("BF16", torch.bfloat16))}
    rows, tokens, prompts = {n: [] for n in models}, 0, []
    for number, item in enumerate(json.load(open(ROOT / "tests" / "judges" / "engine" / "default_model.json"))):
        if len(item["scenes"]) > 1 or number % 3 or tokens >= TOKENS:
            continue
        chat = [{"role": "assistant" if i % 2 else "user",
                 "content": ([{"type": "image"}] if i == 0 else []) + [{"type": "text", "text": text}]}
                for i, text in enumerate(item["turns"])]
        text = processor.apply_chat_template(chat, add_generation_prompt=True)
        inputs = processor(images=[Image.fromarray(images[item["scenes"][0]])], text=text, return_tensors="pt",
                           add_special_tokens=False)
        answer = torch.tensor([item["tokens"]])
        start = inputs["input_ids"].shape[1]
        ids = torch.cat([inputs["input_ids"], answer], 1)
        for name, model in models.items():
            with torch.no_grad():
                logits = model(input_ids=ids, attention_mask=torch.ones_like(ids),
                               pixel_values=inputs["pixel_values"].to(model.dtype)).logits
            rows[name].append(logits[0, start - 1:-1].float().log_softmax(-1).numpy())
        prompts.append(number)
        tokens += len(item["tokens"])
    whole = {n: np.concatenate(r) for n, r in rows.items()}
    for name in ("F16", "BF16"):
        p, q = whole[name].astype(np.float64), whole["F32"].astype(np.float64)
        kl = (np.exp(p) * (p - q)).sum(-1)
        print(name, "mean KL", kl.mean(), "max", kl.max(), "same top", (p.argmax(-1) == q.argmax(-1)).mean())
    save_file({"prompts": np.array(prompts, np.int32), "F16": whole["F16"], "BF16": whole["BF16"]},
              ROOT / "tests" / "judges" / "engine" / "default_model_halves.safetensors")
    print(tokens, "tokens of", len(prompts), "prompts")


if __name__ == "__main__":
    main()
