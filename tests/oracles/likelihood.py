#!/usr/bin/env python3
"""Makes tests/judges/chat/likelihood.json: how likely captions are to the model that is shipped, by transformers.

usage: likelihood.py SCENES     (folder of `vernier synth -n 10 --seed 900001 --world small`; needs torch, transformers 5)

Natural logarithms of the probability of each token of a caption and of the token that ends it, as the answer to
"Describe the image."; in fp64, from which transformers' own fp32 is up to 6.9e-4 away. Right and wrong captions, an
empty one, one in words that the model does not know.
"""
import json
import pathlib
import sys

import torch
from PIL import Image
from transformers import AutoProcessor, LlavaForConditionalGeneration

ROOT = pathlib.Path(__file__).resolve().parents[2]
MODEL = ROOT / "judges" / "model" / "default"


def main() -> None:
    folder = pathlib.Path(sys.argv[1])
    processor = AutoProcessor.from_pretrained(MODEL)
    model = LlavaForConditionalGeneration.from_pretrained(MODEL, dtype=torch.float64).eval()
    captions = [json.loads(line) for line in open(folder / "captions.jsonl")]
    chosen = [c for c in captions if int(c["image_id"].lstrip("s")) < 8][:40]
    chosen.append({"image_id": "s0000000", "caption": "Two dogs, asleep on a sofa (2024)."})
    out = []
    for c in chosen:
        question = {"role": "user", "content": [{"type": "image"}, {"type": "text", "text": "Describe the image."}]}
        answer = {"role": "assistant", "content": [{"type": "text", "text": c["caption"]}]}
        image = Image.open(folder / "images" / (c["image_id"] + ".png")).convert("RGB")
        both = []
        for chat, ask in ((([question]), True), ([question, answer], False)):
            text = processor.apply_chat_template(chat, add_generation_prompt=ask)
            both.append(processor(images=[image], text=text, return_tensors="pt", add_special_tokens=False).to(torch.float64))
        start, ids = both[0]["input_ids"].shape[1], both[1]["input_ids"][0]
        with torch.no_grad():
            logits = model(**both[1]).logits[0].log_softmax(-1)
        known = [float(logits[i - 1, ids[i]]) for i in range(start, len(ids))]
        out.append({"scene": int(c["image_id"].lstrip("s")), "caption": c["caption"],
                    "log_probabilities": [round(v, 6) for v in known]})
    with open(ROOT / "tests" / "judges" / "chat" / "likelihood.json", "w") as f:
        f.write("[\n" + ",\n".join(json.dumps(o) for o in out) + "\n]\n")
    print(len(out), "captions")


if __name__ == "__main__":
    main()
