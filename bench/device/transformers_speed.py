#!/usr/bin/env python3
"""transformers at what vernier_device_speed measures: the same sizes, random weights, the same work.

usage: transformers_speed.py [--sizes 7b] [--device cuda] [--batches 1,32] [--context 1000] [--steps 64] [--pictures 32]

Prints rows of a Markdown table. Verdicts are made in three ways, of which the fastest counts: one after the other, in
batches with padding on the left, and in batches with a static cache.
"""
import argparse
import time

import torch
from transformers import CLIPVisionConfig, LlamaConfig, LlavaConfig, LlavaForConditionalGeneration
from transformers import __version__ as version
from transformers.utils import logging

logging.set_verbosity_error()

SIZES = {"7b": (4096, 11008, 32, 32), "13b": (5120, 13824, 40, 40), "tiny": (256, 512, 2, 4)}
PROMPT, INSTRUCTION, DESCRIBED, CAPTION, CAPTIONS = 730, 40, 256, 30, 5


def make(name, device):
    width, hidden, layers, heads = SIZES[name]
    tower = dict(hidden_size=1024, intermediate_size=4096, num_hidden_layers=24, num_attention_heads=16, image_size=336, patch_size=14)
    if name == "tiny":
        tower = dict(hidden_size=128, intermediate_size=256, num_hidden_layers=3, num_attention_heads=2, image_size=56, patch_size=14)
    config = LlavaConfig(
        vision_config=CLIPVisionConfig(projection_dim=64, **tower),
        text_config=LlamaConfig(vocab_size=32064, hidden_size=width, intermediate_size=hidden, num_hidden_layers=layers,
                                num_attention_heads=heads, num_key_value_heads=heads, max_position_embeddings=8192,
                                rms_norm_eps=1e-5, bos_token_id=1, eos_token_id=2, pad_token_id=0),
        image_token_index=32000, image_seq_length=(tower["image_size"] // 14) ** 2)
    dtype = torch.float16 if device == "cuda" else torch.float32
    with torch.device("meta"):
        model = LlavaForConditionalGeneration(config)
    model = model.to(dtype).to_empty(device=device).eval()
    with torch.no_grad():
        for p in model.parameters():
            p.normal_(0, 0.02)
        for name, buffer in model.named_buffers():
            if "position_ids" in name:
                buffer.copy_(torch.arange(buffer.numel(), device=device).view(buffer.shape))
        for module in model.modules():  # frequencies are no parameters
            if hasattr(module, "inv_freq"):
                size = module.inv_freq.numel() * 2
                module.inv_freq.copy_(1.0 / 10000 ** (torch.arange(0, size, 2, device=device).float() / size))
    return model


class Speed:
    def __init__(self, args):
        self.args, self.device = args, args.device

    def seconds(self, work):
        self.wait()
        start = time.perf_counter()
        work()
        self.wait()
        return time.perf_counter() - start

    def wait(self):
        if self.device == "cuda":
            torch.cuda.synchronize()

    def row(self, what, unit, measure):
        try:
            print(f"| {what} | {measure():.4g} | {unit} |", flush=True)
        except torch.cuda.OutOfMemoryError:
            print(f"| {what} | | not measured: not enough memory |", flush=True)
            torch.cuda.empty_cache()

    def text(self, batch, n):
        return torch.randint(3, 31999, (batch, n), device=self.device)

    def prefill(self, model):
        ids = self.text(16, self.args.prompt)
        run = lambda: model.model.language_model(input_ids=ids, use_cache=True)
        run()
        return 16 * self.args.prompt / self.seconds(run)

    def decode(self, model, batch):
        ids = self.text(batch, self.args.context)
        cache = model.model.language_model(input_ids=ids, use_cache=True).past_key_values
        token = self.text(batch, 1)

        def steps(n):
            nonlocal token
            for _ in range(n):
                out = model.model.language_model(input_ids=token, past_key_values=cache, use_cache=True)
                token = model.lm_head(out.last_hidden_state[:, -1:]).argmax(-1)
        steps(3)
        return batch * self.args.steps / self.seconds(lambda: steps(self.args.steps))

    def verdicts(self, model, batch, static):
        side = model.config.vision_config.image_size
        count, tokens = self.args.pictures, model.config.image_seq_length
        pixels = torch.rand(count, 3, side, side, device=self.device, dtype=model.dtype)
        image = torch.full((count, tokens), 32000, device=self.device)
        prompts = torch.cat([image, self.text(count, INSTRUCTION)], 1)
        options = dict(do_sample=False, pad_token_id=0) | ({"cache_implementation": "static"} if static else {})

        def generate(ids, pictures, new):
            return model.generate(input_ids=ids, pixel_values=pictures, attention_mask=torch.ones_like(ids),
                                  max_new_tokens=new, min_new_tokens=new, **options)

        def all_of_it():
            described = torch.cat([generate(prompts[i:i + batch], pixels[i:i + batch], self.args.described)
                                   for i in range(0, count, batch)])
            judged = torch.cat([described.repeat_interleave(CAPTIONS, 0), self.text(count * CAPTIONS, CAPTION)], 1)
            pictures = pixels.repeat_interleave(CAPTIONS, 0)
            for i in range(0, len(judged), batch):
                generate(judged[i:i + batch], pictures[i:i + batch], 2)
        return count * CAPTIONS / self.seconds(all_of_it)


@torch.inference_mode()
def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    ap.add_argument("--sizes", default="7b")
    ap.add_argument("--device", default="cuda")
    ap.add_argument("--batches", default="1,32")
    ap.add_argument("--context", type=int, default=1000)
    ap.add_argument("--steps", type=int, default=64)
    ap.add_argument("--pictures", type=int, default=32)
    args = ap.parse_args()
    print(f"transformers {version}, torch {torch.__version__}, attention sdpa\n\n| what | number | unit |\n|---|---:|---|")
    for name in args.sizes.split(","):
        args.prompt, args.described = (40, 8) if name == "tiny" else (PROMPT, DESCRIBED)
        speed, model = Speed(args), make(name, args.device)
        speed.row(f"{name}, 16 bits: prompts read, 16 of {args.prompt} tokens", "tokens/s", lambda: speed.prefill(model))
        for batch in map(int, args.batches.split(",")):
            speed.row(f"{name}, 16 bits: written, {batch} at a time, {args.context} tokens before", "tokens/s",
                      lambda: speed.decode(model, batch))
        for what, batch, static in (("batches of 32", 32, False), ("batches of 32, static cache", 32, True), ("one by one", 1, False)):
            speed.row(f"{name}, 16 bits: verdicts, 5 captions of each of {args.pictures} pictures, {what}", "verdicts/s",
                      lambda: speed.verdicts(model, batch, static))


if __name__ == "__main__":
    main()
