#!/usr/bin/env python3
"""Makes tests/judges/engine/default_model.json: what transformers answers with the model that is shipped.

usage: default_model.py SCENES     (folder of `vernier synth -n 2000 --seed 900001 --world small --write
                                    arrays,scenes,conversations,groups`; needs torch, transformers 5)

200 prompts about held-out scenes, of all kinds and turns, with one to four images; greedy, fp32.
"""
import json
import pathlib
import sys
import warnings

warnings.filterwarnings("ignore")

import numpy as np
import torch
import transformers
from PIL import Image
from transformers import AutoProcessor, LlavaForConditionalGeneration

transformers.logging.set_verbosity_error()
ROOT = pathlib.Path(__file__).resolve().parents[2]
MODEL = ROOT / "judges" / "model" / "default"
SHARES = {"existence": 20, "attribute": 20, "color": 15, "shape": 15, "count": 20, "relation": 20, "order": 15, "sign": 10,
          "caption": 20, "context": 15, "rating": 15, "group": 15}


def main() -> None:
    folder = pathlib.Path(sys.argv[1])
    images = np.load(folder / "images.npy", mmap_mode="r")
    row = {json.loads(line)["image_id"]: i for i, line in enumerate(open(folder / "scenes.jsonl"))}
    chosen, chance = [], np.random.default_rng(8)
    kinds = {}
    for line in open(folder / "conversations.jsonl"):
        c = json.loads(line)
        kinds.setdefault(c["kind"], []).append(c)
    for kind, n in SHARES.items():
        chosen += [kinds[kind][i] for i in sorted(chance.choice(len(kinds[kind]), n, replace=False))]
    processor = AutoProcessor.from_pretrained(MODEL)
    model = LlavaForConditionalGeneration.from_pretrained(MODEL, dtype=torch.float32).eval()
    out = []
    for c in chosen:
        names = [c["image"]] if isinstance(c["image"], str) else c["image"]
        turns = [t["value"] for t in c["conversations"]][:-1]
        turns[0] = turns[0][turns[0].rfind("<image>\n") + 8:]
        chat = []
        for i, text in enumerate(turns):
            parts = ([{"type": "image"}] * len(names) if i == 0 else []) + [{"type": "text", "text": text}]
            chat.append({"role": "assistant" if i % 2 else "user", "content": parts})
        text = processor.apply_chat_template(chat, add_generation_prompt=True)
        inputs = processor(images=[Image.fromarray(images[row[n]]) for n in names], text=text, return_tensors="pt",
                           add_special_tokens=False)
        with torch.no_grad():
            ids = model.generate(**inputs, max_new_tokens=160, do_sample=False)
        out.append({"scenes": [row[n] for n in names], "turns": turns, "prompt": inputs["input_ids"].shape[1],
                    "tokens": ids[0, inputs["input_ids"].shape[1]:].tolist()})
    with open(ROOT / "tests" / "judges" / "engine" / "default_model.json", "w") as f:
        f.write("[\n" + ",\n".join(json.dumps(o) for o in out) + "\n]\n")
    print(len(out), "prompts,", sum(len(o["tokens"]) for o in out), "tokens")


if __name__ == "__main__":
    main()
