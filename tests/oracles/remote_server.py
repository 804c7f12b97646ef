#!/usr/bin/env python3
"""The language model of judges/model/default as a GGUF file with its words and chat template, for llama.cpp's servers.

usage: remote_server.py FILE.gguf            (needs gguf and numpy: scripts/remote-check.sh)

The vision part stays out: these servers read it from a file of another shape (mmproj), and this model has none.
"""
import json
import pathlib
import sys

import gguf
import numpy as np

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "bench"))
import engine_gguf  # noqa: E402

FOLDER = ROOT / "judges/model/default"


def add_words(writer, size):
    tokenizer = json.loads((FOLDER / "tokenizer.json").read_text(encoding="utf-8"))
    words = {number: word for word, number in tokenizer["model"]["vocab"].items()}
    special = {token["id"] for token in tokenizer["added_tokens"]}
    words.update((token["id"], token["content"]) for token in tokenizer["added_tokens"])
    kinds = [gguf.TokenType.CONTROL if i in special else
             gguf.TokenType.NORMAL if i in words else gguf.TokenType.UNUSED for i in range(size)]
    writer.add_tokenizer_model("gpt2")  # byte-level BPE,
    writer.add_tokenizer_pre("smollm")  # each digit by itself
    writer.add_token_list([words.get(i, f"<unused {i}>") for i in range(size)])
    writer.add_token_types(kinds)
    writer.add_token_merges([m if isinstance(m, str) else " ".join(m) for m in tokenizer["model"]["merges"]])
    writer.add_chat_template((FOLDER / "chat_template.jinja").read_text(encoding="utf-8"))


def main(out):
    config = json.loads((FOLDER / "config.json").read_text(encoding="utf-8"))
    text = config["text_config"]
    heads, kv = text["num_attention_heads"], text["num_key_value_heads"]
    writer = gguf.GGUFWriter(out, "llama")
    engine_gguf.add_shape(writer, text)
    add_words(writer, text["vocab_size"])
    writer.add_bos_token_id(config["bos_token_id"])
    writer.add_eos_token_id(config["eos_token_id"])
    writer.add_pad_token_id(config["pad_token_id"])
    writer.add_add_bos_token(False)  # the template writes it
    for name, dtype, array in engine_gguf.tensors(FOLDER / "model.safetensors"):
        known = engine_gguf.name_of(name)
        if known is None:
            continue
        if array.ndim == 1:
            array = engine_gguf.as_f32(dtype, array)
        elif "attn_q" in known or "attn_k" in known:
            array = engine_gguf.in_pairs(array, heads if "attn_q" in known else kv)
        writer.add_tensor(known, np.ascontiguousarray(array))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


if __name__ == "__main__":
    main(sys.argv[1])
