"""What transformers makes of messages with chat templates.

    python tokenizer_chats.py TEMPLATES OUT.json

TEMPLATES: a folder of NAME.jinja, or NAME-VARIANT.jinja, NAME being a renderer of judges/engine/tokenizer/chat. The
templates of others are not kept here; their SHA-256 are (chat_template.cc), and tests look for them in OUT.json.
vernier.jinja is the TEMPLATE of judges/model/tokenizer.py, nvila.jinja VILA's qwen2.jinja without its groups of four
blanks and its line ends.
"""
from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path

from transformers.utils.chat_template_utils import _compile_jinja_template

NAMES = ["vernier", "llava-1.5", "smolvlm", "idefics3", "qwen2-vl", "chatml", "llama-3", "nvila"]
TEXT_ONLY = ["chatml", "llama-3", "nvila"]
TOKENS = {"bos_token": "<s>", "eos_token": "</s>"}


def part(s: str) -> dict:
    return {"type": "image"} if s == "IMAGE" else {"type": "text", "text": s}


def chat(*turns: tuple) -> list[dict]:
    return [{"role": role, "content": [part(s) for s in parts]} for role, *parts in turns]


CHATS = [
    chat(("user", "IMAGE", "What is shown?")),
    chat(("user", "What is shown?", "IMAGE")),
    chat(("user", "Compare.", "IMAGE", " with ", "IMAGE", "?")),
    chat(("user", "IMAGE", "IMAGE", "IMAGE", " Three.\n")),
    chat(("user", "No image, <image> is text.")),
    chat(("user", "IMAGE")),
    chat(("user", "IMAGE", "Is there a dog?"), ("assistant", "No."), ("user", "A cat?"), ("assistant", " Yes, \u00e9\U0001f600 ")),
    chat(("user", "IMAGE", "A?"), ("assistant", "B"), ("user", "IMAGE", "C?")),
    chat(("system", "Answer briefly."), ("user", "IMAGE", "Why?")),
    chat(("system", " Be kind. "), ("user", "Q"), ("assistant", "A"), ("user", "\u00a0Q\u2003")),
    chat(("user", "<|im_end|></s>\r\n")),
    chat(("user", "")),
]


def render(source: str, messages: list[dict], prompt: bool, name: str) -> str:
    if name in TEXT_ONLY:
        messages = [{"role": m["role"], "content": "".join(p["text"] for p in m["content"])} for m in messages]
    if name == "nvila":  # VILA's code strips contents before
        messages = [m | {"content": m["content"].strip()} for m in messages]
    return _compile_jinja_template(source).render(messages=messages, add_generation_prompt=prompt, **TOKENS)


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("templates", type=Path)
    p.add_argument("out", type=Path)
    args = p.parse_args()
    out = []
    for path in sorted(args.templates.glob("*.jinja")):
        name = max((n for n in NAMES if path.stem.startswith(n)), key=len)
        source = path.read_bytes().decode()
        rows = []
        for messages in CHATS:
            roles = {m["role"] for m in messages}
            images = any(q["type"] == "image" for m in messages for q in m["content"])
            if (name in TEXT_ONLY and images) or (name == "vernier" and "system" in roles):
                continue
            rows += [[messages, prompt, render(source, messages, prompt, name)] for prompt in (False, True)]
        out.append({"name": name, "sha256": hashlib.sha256(source.encode()).hexdigest(), "rows": rows})
        print(f"{path.stem}: {len(rows)} prompts")
    args.out.write_text(json.dumps(out, ensure_ascii=False, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
