"""Writes a trained model as a folder that transformers loads (LlavaForConditionalGeneration, fp16).

    python export.py build/model/joint OUT [--check DATA]

--check loads the folder with transformers and compares its logits with the training code's.
"""
from __future__ import annotations

import argparse
import json
import shutil
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np
import torch
from safetensors.torch import load_file, save_file
from torch import Tensor

import losses
import model
import tokenizer as bpe


def load(run: Path) -> tuple[model.Llava, dict]:
    state = torch.load(run / "state.pt", map_location="cpu", weights_only=False)
    net = model.Llava(model.Config(**state["config"]))
    net.load_state_dict(state["model"])
    return net.eval(), state


def tensors(net: model.Llava) -> dict[str, Tensor]:
    """Hub names; the projector's shift and scale are folded into its first layer."""
    out = {k: v.detach().float() for k, v in net.state_dict().items()}
    shift, scale = (out.pop(f"multi_modal_projector.{k}") for k in ("shift", "scale"))
    first = "multi_modal_projector.linear_1."
    out[first + "weight"] = out[first + "weight"] * scale
    out[first + "bias"] = out[first + "bias"] - out[first + "weight"] @ shift
    width = net.config.tower_width  # transformers' tower has a last norm, which LLaVA does not use
    out["vision_tower.vision_model.post_layernorm.weight"] = torch.ones(width)
    out["vision_tower.vision_model.post_layernorm.bias"] = torch.zeros(width)
    return {k: v.half().contiguous() for k, v in out.items()}


def configs(c: model.Config) -> dict[str, dict]:
    """File name -> content."""
    return {
        "config.json": {
            "architectures": ["LlavaForConditionalGeneration"], "model_type": "llava", "dtype": "float16",
            "torch_dtype": "float16", "image_token_index": bpe.IMAGE, "image_token_id": bpe.IMAGE,
            "image_seq_length": c.patches, "projector_hidden_act": "gelu", "multimodal_projector_bias": True,
            "vision_feature_layer": -1, "vision_feature_select_strategy": "full", "tie_word_embeddings": True,
            "bos_token_id": bpe.BOS, "eos_token_id": bpe.EOS, "pad_token_id": bpe.PAD,
            "vision_config": {
                "model_type": "siglip_vision_model", "hidden_size": c.tower_width, "intermediate_size": c.tower_mlp,
                "num_hidden_layers": c.tower_layers, "num_attention_heads": c.tower_heads, "image_size": c.image,
                "patch_size": c.patch, "num_channels": 3, "hidden_act": "gelu_pytorch_tanh", "layer_norm_eps": 1e-6,
                "vision_use_head": False},
            "text_config": {
                "model_type": "llama", "hidden_size": c.width, "intermediate_size": c.mlp,
                "num_hidden_layers": c.layers, "num_attention_heads": c.heads, "num_key_value_heads": c.kv_heads,
                "head_dim": c.width // c.heads, "vocab_size": c.vocab, "rms_norm_eps": 1e-6, "rope_theta": c.rope_theta,
                "hidden_act": "silu", "tie_word_embeddings": True, "max_position_embeddings": 2048,
                "attention_bias": False, "mlp_bias": False, "bos_token_id": bpe.BOS, "eos_token_id": bpe.EOS,
                "pad_token_id": bpe.PAD},
        },
        "generation_config.json": {"bos_token_id": bpe.BOS, "eos_token_id": bpe.EOS, "pad_token_id": bpe.PAD,
                                   "do_sample": False, "max_new_tokens": 160},
        "preprocessor_config.json": {
            "image_processor_type": "SiglipImageProcessor", "do_resize": True,
            "size": {"height": c.image, "width": c.image}, "resample": 3, "do_rescale": True,
            "rescale_factor": 1 / 255, "do_normalize": True, "image_mean": [0.5] * 3, "image_std": [0.5] * 3,
            "do_convert_rgb": True},
        "processor_config.json": {
            "processor_class": "LlavaProcessor", "image_token": "<image>", "patch_size": c.patch,
            "num_additional_image_tokens": 0, "vision_feature_select_strategy": "full"},
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast", "bos_token": "<s>", "eos_token": "</s>",
            "pad_token": "<pad>", "image_token": "<image>", "extra_special_tokens": {"image_token": "<image>"},
            "add_bos_token": False, "clean_up_tokenization_spaces": False, "model_max_length": 2048,
            "padding_side": "left", "chat_template": bpe.TEMPLATE},
    }


def export(run: Path, out: Path) -> None:
    net, _ = load(run)
    out.mkdir(parents=True, exist_ok=True)
    save_file(tensors(net), str(out / "model.safetensors"), metadata={"format": "pt"})
    (out / "model.safetensors").chmod(0o644)
    for name, content in configs(net.config).items():
        (out / name).write_text(json.dumps(content, indent=2) + "\n")
    (out / "chat_template.jinja").write_text(bpe.TEMPLATE)
    shutil.copyfile(run / "tokenizer.json", out / "tokenizer.json")


@torch.no_grad()
def check(run: Path, out: Path, data: Path) -> float:
    """Largest difference of logits between the folder (as transformers runs it) and the training code."""
    from PIL import Image
    from transformers import AutoProcessor, LlavaForConditionalGeneration

    net, _ = load(run)
    rounded = {k: v.float() for k, v in load_file(str(out / "model.safetensors")).items() if "post_layernorm" not in k}
    rounded |= {"multi_modal_projector.shift": torch.zeros(net.config.tower_width),
                "multi_modal_projector.scale": torch.ones(())}
    net.load_state_dict(rounded)  # the same fp16 weights, so that only the code can differ
    theirs = LlavaForConditionalGeneration.from_pretrained(out, dtype=torch.float32)
    processor = AutoProcessor.from_pretrained(out)
    images = np.load(data / "images.npy", mmap_mode="r")
    worst = 0.0
    for several in (1, 2):
        chat = [{"role": "user", "content": [{"type": "image"}] * several + [
            {"type": "text", "text": "Is there a red circle?"}]}]
        text = processor.apply_chat_template(chat, add_generation_prompt=True)
        inputs = processor(images=[Image.fromarray(images[i]) for i in range(several)], text=text,
                           return_tensors="pt", add_special_tokens=False)
        logits = theirs(**inputs).logits[0]
        ids = inputs["input_ids"]
        n = ids.shape[1]
        features = net.vision_tower(losses.to_pixels(torch.from_numpy(np.ascontiguousarray(images[:several]))))
        mine, *_ = net(features.reshape(1, -1, features.shape[-1]), ids, (ids[0] == bpe.IMAGE).nonzero()[:, 0],
                      torch.arange(n)[None], torch.ones(1, n, n, dtype=torch.bool).tril(), torch.arange(n)[None])
        worst = max(worst, float((mine[0] - logits).abs().max()))
    return worst


if __name__ == "__main__":
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("run", type=Path)
    p.add_argument("out", type=Path)
    p.add_argument("--check", type=Path, help="folder of scenes")
    args = p.parse_args()
    export(args.run, args.out)
    print(f"{(args.out / 'model.safetensors').stat().st_size} bytes")
    if args.check:
        difference = check(args.run, args.out, args.check)
        print(f"largest difference of logits: {difference:.6f}")
        if not difference < 0.01:
            raise SystemExit(1)
