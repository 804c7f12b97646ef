#!/usr/bin/env python3
"""The peers that bench/engine_peers.py times: PyTorch (transformers) and llama.cpp, asked like vernier_engine_speed.

usage: engine_workers.py torch FOLDER --threads N --dtype fp32|fp16|bf16 --attention eager|sdpa
       engine_workers.py llama FILE.gguf --threads N --flash 0|1

Requests and answers are lines of JSON as in bench/engine_speed.cc.
"""
import argparse
import ctypes
import json
import sys
import time


class Torch:
    """A loop over the model with its cache, as transformers' generate runs it, without what generate adds."""

    def __init__(self, a):
        import numpy
        import torch
        import transformers

        transformers.logging.set_verbosity_error()
        transformers.utils.logging.disable_progress_bar()
        torch.set_num_threads(a.threads)
        torch.set_grad_enabled(False)
        dtype = {"fp32": torch.float32, "fp16": torch.float16, "bf16": torch.bfloat16}[a.dtype]
        self.np, self.torch, self.dtype, self.cache = numpy, torch, dtype, transformers.DynamicCache
        self.model = transformers.AutoModelForImageTextToText.from_pretrained(
            a.folder, dtype=dtype, attn_implementation=a.attention).eval()
        self.text = getattr(self.model.model, "text_model", None) or self.model.model.language_model
        self.name = f"PyTorch {torch.__version__.split('+')[0]}, transformers {transformers.__version__}"

    def step(self, ids, past):
        hidden = self.text(input_ids=ids, cache=past, use_cache=True).last_hidden_state
        return self.model.lm_head(hidden[:, -1])

    def prefill(self, prompts):
        past = self.cache(config=self.text.config)
        return self.step(self.torch.tensor(prompts), past), past

    def generate(self, prompts, new):
        """Seconds until the first tokens are there, of the steps after it, and all tokens."""
        start = time.perf_counter()
        logits, past = self.prefill(prompts)
        token = logits.argmax(-1)
        first = time.perf_counter()
        tokens = [token]
        for _ in range(new):
            token = self.step(token[:, None], past).argmax(-1)
            tokens.append(token)
        end = time.perf_counter()
        return first - start, end - first, self.torch.stack(tokens, 1).tolist()

    def pixels(self, path):
        numbers = self.np.fromfile(path, dtype="float32")
        side = round((numbers.size / 3) ** 0.5)
        return self.torch.from_numpy(numbers).reshape(1, 3, side, side)

    def look(self, path):
        pixels = self.pixels(path)
        if hasattr(self.model.model, "connector"):
            pixels = pixels[None]
        start = time.perf_counter()
        features = self.model.get_image_features(pixel_values=pixels.to(self.dtype))
        features = getattr(features, "pooler_output", features)
        seconds = time.perf_counter() - start
        last = features[-1] if isinstance(features, (list, tuple)) else features.flatten(0, -2)
        return {"seconds": seconds, "features": last[-1].float().tolist()}

    def whole(self, r):
        """transformers' own generate, tower included."""
        pixels = self.pixels(r["pixels"]).to(self.dtype)
        ids = self.torch.tensor(r["prompts"])
        start = time.perf_counter()
        out = self.model.generate(input_ids=ids, attention_mask=self.torch.ones_like(ids), pixel_values=pixels,
                                  do_sample=False, max_new_tokens=r["new"], eos_token_id=r["stop"], pad_token_id=0)
        return {"seconds": time.perf_counter() - start, "tokens": out[:, ids.shape[1]:].tolist()}

    def log_probabilities(self, prompts, choices):
        return self.prefill(prompts)[0].float().log_softmax(-1)[:, choices].tolist()


class Llama:
    """llama_decode on a batch: a prompt at once, or a token of each sequence."""

    def __init__(self, a):
        import numpy
        from llama_cpp import llama_cpp as lib

        quiet = ctypes.CFUNCTYPE(None, ctypes.c_int, ctypes.c_char_p, ctypes.c_void_p)(lambda *_: None)
        self.np, self.lib, self.quiet = numpy, lib, quiet
        lib.llama_log_set(quiet, None)
        lib.llama_backend_init()
        self.model = lib.llama_model_load_from_file(str(a.folder).encode(), lib.llama_model_default_params())
        self.threads, self.flash = a.threads, a.flash
        self.size = lib.llama_vocab_n_tokens(lib.llama_model_get_vocab(self.model))
        self.context, self.room = None, (0, 0)
        import llama_cpp
        self.name = f"llama-cpp-python {llama_cpp.__version__}"

    def reserve(self, sequences, tokens):
        if self.room == (sequences, tokens):
            self.lib.llama_memory_clear(self.lib.llama_get_memory(self.context), True)
            return
        if self.context is not None:
            self.lib.llama_free(self.context)
        p = self.lib.llama_context_default_params()
        p.n_ctx, p.n_batch, p.n_ubatch, p.n_seq_max = sequences * tokens, 512, 512, sequences
        p.n_threads = p.n_threads_batch = self.threads
        p.flash_attn_type = self.flash
        self.context, self.room = self.lib.llama_init_from_model(self.model, p), (sequences, tokens)
        self.batch = self.lib.llama_batch_init(512, 0, sequences)

    def decode(self, rows):
        """rows: (token, position, sequence, are logits wanted?)"""
        b = self.batch
        b.n_tokens = len(rows)
        for i, (token, position, sequence, wanted) in enumerate(rows):
            b.token[i], b.pos[i], b.n_seq_id[i], b.logits[i] = token, position, 1, wanted
            b.seq_id[i][0] = sequence
        if self.lib.llama_decode(self.context, b) != 0:
            sys.exit("llama_decode failed")

    def logits(self, row):
        return self.np.ctypeslib.as_array(self.lib.llama_get_logits_ith(self.context, row), (self.size,))

    def prefill(self, prompts):
        """The logits behind each prompt."""
        out = []
        for s, ids in enumerate(prompts):
            self.decode([(t, i, s, i + 1 == len(ids)) for i, t in enumerate(ids)])
            out.append(self.logits(len(ids) - 1).copy())
        return out

    def generate(self, prompts, new):
        self.reserve(len(prompts), len(prompts[0]) + new + 8)
        start = time.perf_counter()
        token = [int(x.argmax()) for x in self.prefill(prompts)]
        first = time.perf_counter()
        tokens = [token]
        for n in range(new):
            self.decode([(t, len(prompts[s]) + n, s, True) for s, t in enumerate(token)])
            token = [int(self.logits(s).argmax()) for s in range(len(token))]
            tokens.append(token)
        end = time.perf_counter()
        return first - start, end - first, [list(t) for t in zip(*tokens)]

    def log_probabilities(self, prompts, choices):
        self.reserve(len(prompts), len(prompts[0]) + 8)
        out = []
        for logits in self.prefill(prompts):
            wide = logits.astype("float64")
            out.append((wide[choices] - wide.max() - self.np.log(self.np.exp(wide - wide.max()).sum())).tolist())
        return out


def answer(peer, r):
    if r["do"] == "prefill":
        first, _, tokens = peer.generate(r["prompts"], 0)
        return {"seconds": first, "tokens": tokens}
    if r["do"] == "decode":
        # vernier's n tokens begin with the one behind the prompt, and so do these.
        _, seconds, tokens = peer.generate(r["prompts"], r["new"])
        return {"seconds": seconds, "tokens": [t[:r["new"]] for t in tokens]}
    if r["do"] == "look":
        return peer.look(r["pixels"])
    if r["do"] == "answer":
        return peer.whole(r)
    return {"log-probabilities": peer.log_probabilities(r["prompts"], r["choices"])}


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    ap.add_argument("peer", choices=["torch", "llama"])
    ap.add_argument("folder")
    ap.add_argument("--threads", type=int, default=1)
    ap.add_argument("--dtype", default="fp32")
    ap.add_argument("--attention", default="sdpa")
    ap.add_argument("--flash", type=int, default=0)
    a = ap.parse_args()
    peer = {"torch": Torch, "llama": Llama}[a.peer](a)
    print(json.dumps({"backend": peer.name}), flush=True)
    for line in sys.stdin:
        print(json.dumps(answer(peer, json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
