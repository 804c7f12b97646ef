#!/usr/bin/env python3
"""The language model of a checkpoint of LLaVA or SmolVLM as a GGUF file, the same bits a weight, for llama.cpp.

usage: engine_gguf.py FOLDER FILE.gguf [TYPE [HEAD]]       (needs gguf and numpy; llama-cpp-python for a TYPE)

No vocabulary: prompts are token ids. Llama only. TYPE: "Q4_0", "Q4_K_M", ...: then made to that by llama.cpp, from FILE
less the suffix ".TYPE[.HEAD].gguf" and with ".gguf". HEAD: the type of the output head, "F16"; else what llama.cpp
takes.
"""
import ctypes
import json
import pathlib
import re
import struct
import sys

import gguf
import numpy as np

NAMES = {"input_layernorm": "attn_norm", "post_attention_layernorm": "ffn_norm", "self_attn.q_proj": "attn_q",
         "self_attn.k_proj": "attn_k", "self_attn.v_proj": "attn_v", "self_attn.o_proj": "attn_output",
         "mlp.gate_proj": "ffn_gate", "mlp.up_proj": "ffn_up", "mlp.down_proj": "ffn_down"}
TYPES = {"F32": (np.float32, gguf.GGMLQuantizationType.F32), "F16": (np.float16, gguf.GGMLQuantizationType.F16),
         "BF16": (np.uint16, gguf.GGMLQuantizationType.BF16)}


def tensors(path):
    """(name, dtype, array) of a safetensors file, as they lie there."""
    with open(path, "rb") as file:
        (size,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(size))
    data = np.memmap(path, dtype=np.uint8, mode="r", offset=8 + size)
    for name, t in header.items():
        if name != "__metadata__":
            begin, end = t["data_offsets"]
            yield name, t["dtype"], data[begin:end].view(TYPES[t["dtype"]][0]).reshape(t["shape"])


def name_of(name):
    """-> GGUF's name, or nothing for what is not the language model's."""
    if name.endswith("lm_head.weight"):
        return "output.weight"
    match = re.match(r"(?:model\.|language_model\.)*(?:text_model\.|language_model\.)(?:model\.)?(.*)\.weight$", name)
    if not match or "vision" in name:
        return None
    rest = match[1]
    if rest in ("embed_tokens", "norm"):
        return {"embed_tokens": "token_embd.weight", "norm": "output_norm.weight"}[rest]
    _, number, part = rest.split(".", 2)
    return f"blk.{number}.{NAMES[part]}.weight"


def in_pairs(array, heads):
    """llama.cpp turns numbers 2 i and 2 i + 1 of a head, transformers i and i + size / 2."""
    return np.ascontiguousarray(array.reshape(heads, 2, -1, array.shape[1]).swapaxes(1, 2).reshape(array.shape))


def as_f32(dtype, array):
    return (array.astype(np.uint32) << 16).view(np.float32) if dtype == "BF16" else array.astype(np.float32)


def add_shape(writer, config):
    """The sizes of a Llama, from config.json's text_config."""
    writer.add_context_length(config["max_position_embeddings"])
    writer.add_embedding_length(config["hidden_size"])
    writer.add_block_count(config["num_hidden_layers"])
    writer.add_feed_forward_length(config["intermediate_size"])
    writer.add_head_count(config["num_attention_heads"])
    writer.add_head_count_kv(config["num_key_value_heads"])
    writer.add_rope_dimension_count(config["head_dim"])
    writer.add_key_length(config["head_dim"])
    writer.add_value_length(config["head_dim"])
    writer.add_rope_freq_base(config.get("rope_theta") or config["rope_parameters"]["rope_theta"])
    writer.add_layer_norm_rms_eps(config["rms_norm_eps"])
    writer.add_vocab_size(config["vocab_size"])


def write(folder, out):
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))["text_config"]
    heads, kv = config["num_attention_heads"], config["num_key_value_heads"]
    writer = gguf.GGUFWriter(out, "llama")
    add_shape(writer, config)
    writer.add_tokenizer_model("no_vocab")
    for name, dtype, array in tensors(folder / "model.safetensors"):
        known = name_of(name)
        if known is None:
            continue
        if array.ndim == 1:  # norms: llama.cpp wants 32 bits
            writer.add_tensor(known, as_f32(dtype, array))
            continue
        if "attn_q" in known or "attn_k" in known:
            array = in_pairs(array, heads if "attn_q" in known else kv)
        array = np.ascontiguousarray(array)
        if dtype == "BF16":
            writer.add_tensor(known, array.view(np.uint8), raw_dtype=TYPES[dtype][1])
        else:
            writer.add_tensor(known, array)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def quantise(full, out, kind, head):
    from llama_cpp import llama_cpp as lib

    quiet = ctypes.CFUNCTYPE(None, ctypes.c_int, ctypes.c_char_p, ctypes.c_void_p)(lambda *_: None)
    lib.llama_log_set(quiet, None)
    p = lib.llama_model_quantize_default_params()
    p.ftype = getattr(lib, f"LLAMA_FTYPE_MOSTLY_{kind}")
    if head:
        p.output_tensor_type = gguf.GGMLQuantizationType[head]
    if lib.llama_model_quantize(str(full).encode(), str(out).encode(), p) != 0:
        sys.exit(f"{out}: not written")


def main(folder, out, kind=None, head=None):
    if kind is None:
        return write(pathlib.Path(folder), out)
    full = out.removesuffix(".gguf").removesuffix(f".{head}").removesuffix(f".{kind}") + ".gguf"
    if not pathlib.Path(full).exists():
        write(pathlib.Path(folder), full)
    quantise(full, out, kind, head)


if __name__ == "__main__":
    main(*sys.argv[1:])
