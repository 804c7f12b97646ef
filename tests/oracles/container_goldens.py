#!/usr/bin/env python3
"""Makes the goldens of judges/engine/container and judges/engine/config with transformers.

usage: container_goldens.py        (needs torch, transformers 5, safetensors; nothing is downloaded)

Writes, below tests/judges/engine:
  config/config_goldens.json     config.json texts and what transformers makes of them: every value with
                                 its default filled in, and the special tokens of generation
  config/processor_goldens.json  the same for image processors
  container/golden/NAME          tiny random checkpoints as transformers saves and holds them, with manifest.json:
                                 type, shape, CRC-32 and file of each tensor, as the safetensors library reads it
  container/llava_spellings.json tensor names as saved -> as other versions and the research code spell them
  container/values_golden.json   CRC-32 of conversions by NumPy and PyTorch
"""
import json
import pathlib
import shutil
import tempfile
import warnings
import zlib

warnings.filterwarnings("ignore")

import numpy as np
import torch
import transformers
from safetensors import safe_open
from safetensors.torch import save_file
from transformers import AutoConfig, AutoImageProcessor, GenerationConfig

transformers.logging.set_verbosity_error()
transformers.utils.logging.disable_progress_bar()
OUT = pathlib.Path(__file__).resolve().parents[1] / "judges" / "engine"

CLIP_336 = {"hidden_size": 1024, "image_size": 336, "intermediate_size": 4096, "model_type": "clip_vision_model",
            "num_attention_heads": 16, "num_hidden_layers": 24, "patch_size": 14, "projection_dim": 768,
            "vocab_size": 32000}
SMOL_TEXT = {"model_type": "llama", "hidden_size": 576, "intermediate_size": 1536, "num_hidden_layers": 30,
             "num_attention_heads": 9, "num_key_value_heads": 3, "head_dim": 64, "vocab_size": 49280,
             "max_position_embeddings": 8192, "rms_norm_eps": 1e-5, "rope_theta": 100000, "pad_token_id": 2,
             "rope_interleaved": False, "qk_layer_norms": False, "pixel_shuffle_factor": 4,
             "torch_dtype": "bfloat16"}
LLAMA3 = {"rope_type": "llama3", "factor": 8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0,
          "original_max_position_embeddings": 8192}

# name -> (config.json, generation_config.json). The values of published models are those of their configs.
CONFIGS = {
    "llava, nothing given": ({"model_type": "llava"}, None),
    "llava, empty parts": ({"model_type": "llava", "vision_config": {}, "text_config": {}}, None),
    "llava, types only": ({"model_type": "llava", "vision_config": {"model_type": "siglip_vision_model"},
                           "text_config": {"model_type": "qwen2"}}, None),
    "llava, default token": ({"model_type": "llava", "text_config": {"vocab_size": 32064}}, None),
    "llava_next, nothing given": ({"model_type": "llava_next"}, None),
    "idefics3, vocabulary": ({"model_type": "idefics3", "image_token_id": 5}, None),
    "idefics3, empty parts": ({"model_type": "idefics3", "image_token_id": 5, "vision_config": {},
                               "text_config": {}}, None),
    "idefics3, default factor": ({"model_type": "idefics3", "image_token_id": 5, "vision_config": {"image_size": 256}},
                                 None),
    "smolvlm, default token": ({"model_type": "smolvlm", "text_config": {"vocab_size": 128258}}, None),
    "llava-1.5-7b-hf": ({"model_type": "llava", "ignore_index": -100, "image_token_index": 32000,
                         "pad_token_id": 32001, "projector_hidden_act": "gelu",
                         "text_config": {"max_position_embeddings": 4096, "model_type": "llama",
                                         "rms_norm_eps": 1e-5, "torch_dtype": "float16", "vocab_size": 32064},
                         "tie_word_embeddings": False, "torch_dtype": "float16", "vision_config": CLIP_336,
                         "vision_feature_layer": -2, "vision_feature_select_strategy": "default",
                         "vocab_size": 32064}, None),
    "llava-1.5 with generation": ({"model_type": "llava", "vision_config": CLIP_336, "pad_token_id": 7,
                                   "eos_token_id": 9},
                                  {"bos_token_id": 1, "eos_token_id": [2, 3], "pad_token_id": 0}),
    "SmolVLM2-500M": ({"model_type": "smolvlm", "image_token_id": 49190, "pad_token_id": 128002, "scale_factor": 4,
                       "text_config": SMOL_TEXT | {"hidden_size": 960, "intermediate_size": 2560,
                                                   "num_attention_heads": 15, "num_hidden_layers": 32,
                                                   "num_key_value_heads": 5},
                       "tie_word_embeddings": False, "torch_dtype": "float32", "vocab_size": 49280,
                       "vision_config": {"hidden_size": 768, "image_size": 512, "model_type": "smolvlm_vision",
                                         "max_image_size": {"longest_edge": 512}, "num_attention_heads": 12,
                                         "patch_size": 16, "size": {"longest_edge": 2048},
                                         "tie_word_embeddings": False, "use_base_siglip": False}},
                      {"bos_token_id": 1, "eos_token_id": 49279, "pad_token_id": 2}),
    "SmolVLM-256M": ({"model_type": "idefics3", "image_token_id": 49190, "scale_factor": 4, "text_config": SMOL_TEXT,
                      "vision_config": {"hidden_size": 768, "image_size": 512, "model_type": "idefics3",
                                        "num_attention_heads": 12, "patch_size": 16}}, None),
    "Qwen2 text, linear": ({"model_type": "llava", "image_token_index": 9,
                            "text_config": {"model_type": "qwen2", "hidden_size": 896, "num_attention_heads": 14,
                                            "num_key_value_heads": 2, "tie_word_embeddings": True,
                                            "rope_theta": 1e6, "rope_scaling": {"type": "linear", "factor": 4.0},
                                            "eos_token_id": 151645}}, None),
    "Qwen2 text, null kv": ({"model_type": "llava", "text_config": {"model_type": "qwen2", "hidden_size": 64,
                                                                    "num_attention_heads": 4,
                                                                    "num_key_value_heads": None}}, None),
    "v4 llama3": ({"model_type": "llava", "text_config": {"rope_theta": 500000.0, "rope_scaling": LLAMA3,
                                                          "max_position_embeddings": 131072,
                                                          "attention_bias": True, "mlp_bias": True}}, None),
    "v5 llama3": ({"model_type": "llava", "dtype": "bfloat16",
                   "text_config": {"rope_parameters": LLAMA3 | {"rope_theta": 500000.0},
                                   "max_position_embeddings": 131072}}, None),
    "llama3, no length": ({"model_type": "llava", "text_config": {
        "max_position_embeddings": 4096, "rope_parameters": {"rope_type": "llama3", "factor": 2, "rope_theta": 7,
                                                             "low_freq_factor": 1, "high_freq_factor": 4}}}, None),
    "heads wider than the model": ({"model_type": "llava", "text_config": {"hidden_size": 64, "head_dim": 32,
                                                                           "num_attention_heads": 4}}, None),
    "layers and strategy": ({"model_type": "llava", "vision_feature_layer": [-2, 0, 3, -25],
                             "vision_feature_select_strategy": "full", "projector_hidden_act": "gelu_pytorch_tanh",
                             "multimodal_projector_bias": False}, None),
    "own pinpoints": ({"model_type": "llava_next", "image_grid_pinpoints": [[384, 768], [768, 384]],
                       "vision_feature_layer": -1}, None),
    "no end": ({"model_type": "llava", "text_config": {"eos_token_id": None, "bos_token_id": None}}, None),
    "several ends": ({"model_type": "llava", "text_config": {"eos_token_id": [4, 5]}}, None),
    "squares as lists": ({"model_type": "idefics3", "image_token_id": 5, "scale_factor": 3, "tie_word_embeddings": True,
                          "vision_config": {"image_size": [384, 384], "patch_size": [14, 14]}}, None),
    "tied text only": ({"model_type": "idefics3", "image_token_id": 5,
                        "text_config": {"tie_word_embeddings": True}}, None),
}

# LLaVA's own token of an image, 32000, lies outside its own vocabulary, and Idefics3's own factor, 2, does
# not divide its own 7 patches of a side: models that cannot run.
for name, (text, _) in CONFIGS.items():
    if text["model_type"].startswith("llava") and name != "llava, default token":
        text.setdefault("image_token_index", 5)
    elif not text["model_type"].startswith("llava") and name != "idefics3, default factor":
        text.setdefault("scale_factor", 7)

ROPE_KEYS = {"rope_theta", "rope_type", "factor", "low_freq_factor", "high_freq_factor",
             "original_max_position_embeddings"}


def one(value):
    return value[0] if isinstance(value, (list, tuple)) else value


def resolved(config, generation) -> dict:
    v, t = config.vision_config, config.text_config
    layers = getattr(config, "vision_feature_layer", v.num_hidden_layers)
    layers = layers if isinstance(layers, list) else [layers]
    states = list(range(v.num_hidden_layers + 1))
    ends = generation.eos_token_id
    return {
        "vision": {"type": type(v).model_type, "width": v.hidden_size, "mlp": v.intermediate_size,
                   "layers": v.num_hidden_layers, "heads": v.num_attention_heads, "image": one(v.image_size),
                   "patch": one(v.patch_size), "activation": v.hidden_act, "eps": v.layer_norm_eps},
        "text": {"type": t.model_type, "width": t.hidden_size, "mlp": t.intermediate_size,
                 "layers": t.num_hidden_layers, "heads": t.num_attention_heads, "kv_heads": t.num_key_value_heads,
                 "head_size": getattr(t, "head_dim", None) or t.hidden_size // t.num_attention_heads,
                 "vocabulary": t.vocab_size, "positions": t.max_position_embeddings, "eps": t.rms_norm_eps,
                 "rope": {k: x for k, x in t.rope_parameters.items() if k in ROPE_KEYS},
                 "attention_bias": getattr(t, "attention_bias", None), "mlp_bias": getattr(t, "mlp_bias", False)},
        "image_token": config.image_token_id,
        "feature_layers": [states[n] for n in layers],
        "strategy": getattr(config, "vision_feature_select_strategy", "full"),
        "projector_activation": getattr(config, "projector_hidden_act", "gelu"),
        "projector_bias": getattr(config, "multimodal_projector_bias", False),
        "merge": getattr(config, "scale_factor", 1),
        "grid_pinpoints": getattr(config, "image_grid_pinpoints", []),
        "tied": config.tie_word_embeddings,
        "dtype": str(config.dtype or t.dtype).removeprefix("torch."),
        "ends": ends if isinstance(ends, list) else [] if ends is None else [ends],
        "begin": generation.bos_token_id,
        "pad": generation.pad_token_id,
    }


def write(folder: pathlib.Path, files: dict) -> None:
    for name, content in files.items():
        if content is not None:
            (folder / name).write_text(json.dumps(content))


def config_goldens() -> list:
    out = []
    for name, (text, generation_text) in CONFIGS.items():
        with tempfile.TemporaryDirectory() as folder:
            folder = pathlib.Path(folder)
            write(folder, {"config.json": text, "generation_config.json": generation_text})
            config = AutoConfig.from_pretrained(folder)
            generation = (GenerationConfig.from_pretrained(folder) if generation_text
                          else GenerationConfig.from_model_config(config))
            out.append({"name": name, "config": text, "generation": generation_text,
                        "resolved": resolved(config, generation)})
            if len(out) % 3 != 0:
                continue  # a third of them will do
            config.save_pretrained(folder)  # as transformers 5 writes it, with all defaults
            saved = json.loads((folder / "config.json").read_text())
            saved.get("text_config", {}).pop("layer_types", None)
            again = AutoConfig.from_pretrained(folder)
            out.append({"name": name + ", saved", "config": saved, "generation": generation_text,
                        "resolved": resolved(again, generation if generation_text
                                             else GenerationConfig.from_model_config(again))})
    return out


CLIP_PROCESSOR = {"image_processor_type": "CLIPImageProcessor", "crop_size": {"height": 336, "width": 336},
                  "do_center_crop": True, "do_convert_rgb": True, "do_normalize": True, "do_rescale": True,
                  "do_resize": True, "image_mean": [0.48145466, 0.4578275, 0.40821073],
                  "image_std": [0.26862954, 0.26130258, 0.27577711], "resample": 3,
                  "rescale_factor": 0.00392156862745098, "size": {"shortest_edge": 336}}
# name -> (family, preprocessor_config.json, processor_config.json)
PROCESSORS = {
    "CLIP, defaults": ("llava", {"image_processor_type": "CLIPImageProcessor"}, None),
    "CLIP of LLaVA 1.5": ("llava", CLIP_PROCESSOR, None),
    "CLIP, old numbers": ("llava", {"feature_extractor_type": "CLIPFeatureExtractor", "size": 336, "crop_size": 336,
                                    "resample": 2, "do_normalize": False}, None),
    "Llava, padded": ("llava", {"image_processor_type": "LlavaImageProcessorFast", "do_pad": True,
                                "size": {"height": 336, "width": 336}, "do_center_crop": False}, None),
    "LlavaNext, defaults": ("llava_next", {"image_processor_type": "LlavaNextImageProcessor"}, None),
    "LlavaNext, own": ("llava_next", CLIP_PROCESSOR | {"image_processor_type": "LlavaNextImageProcessorFast",
                                                       "image_grid_pinpoints": [[336, 672], [672, 336]],
                                                       "aspect_ratio_setting": "anyres", "do_pad": True}, None),
    "Siglip, defaults": ("llava", {"image_processor_type": "SiglipImageProcessor"}, None),
    "Siglip, 384": ("llava", {"image_processor_type": "SiglipImageProcessor", "size": {"height": 384, "width": 384},
                              "image_mean": [0.5, 0.5, 0.5], "resample": 3}, None),
    "Idefics3, defaults": ("idefics3", {"image_processor_type": "Idefics3ImageProcessor"}, None),
    "SmolVLM-500M": ("smolvlm", {"image_processor_type": "SmolVLMImageProcessor", "do_image_splitting": True,
                                 "max_image_size": {"longest_edge": 512}, "resample": 1,
                                 "size": {"longest_edge": 2048}, "image_mean": [0.5, 0.5, 0.5]},
                     {"image_seq_len": 64, "processor_class": "SmolVLMProcessor"}),
    "nested comes first": ("idefics3", {"image_processor_type": "Idefics3ImageProcessor", "do_rescale": False},
                           {"image_processor": {"image_processor_type": "Idefics3ImageProcessor",
                                                "do_image_splitting": False}, "image_seq_len": 64}),
}


def processor_goldens() -> list:
    out = []
    for name, (family, preprocessor, processor) in PROCESSORS.items():
        with tempfile.TemporaryDirectory() as folder:
            folder = pathlib.Path(folder)
            write(folder, {"preprocessor_config.json": preprocessor, "processor_config.json": processor})
            p = AutoImageProcessor.from_pretrained(folder, backend="pil")
            size = {k: x for k, x in dict(p.size).items() if x is not None}
            crop = getattr(p, "crop_size", None)
            out.append({"name": name, "family": family, "preprocessor": preprocessor, "processor": processor,
                        "resolved": {
                            "type": type(p).__name__, "resize": p.do_resize, "rescale": p.do_rescale,
                            "normalise": p.do_normalize, "convert_rgb": p.do_convert_rgb,
                            "crop": bool(getattr(p, "do_center_crop", None)),
                            "crop_size": [crop["height"], crop["width"]] if crop else [0, 0], "size": size,
                            "pad": bool(getattr(p, "do_pad", None)), "resample": int(p.resample),
                            "split": bool(getattr(p, "do_image_splitting", None)),
                            "tile": (getattr(p, "max_image_size", None) or {"longest_edge": 0})["longest_edge"],
                            "rescale_factor": p.rescale_factor, "mean": list(p.image_mean), "std": list(p.image_std),
                            "grid_pinpoints": getattr(p, "image_grid_pinpoints", None) or []}})
    return out


VISION = {"hidden_size": 4, "intermediate_size": 6, "num_hidden_layers": 2, "num_attention_heads": 2, "image_size": 9,
          "patch_size": 4}
TEXT = {"hidden_size": 8, "intermediate_size": 12, "num_hidden_layers": 2, "num_attention_heads": 4,
        "num_key_value_heads": 2, "vocab_size": 11, "bos_token_id": 1, "eos_token_id": 2}


def model(kind: str, dtype: torch.dtype, **config):
    torch.manual_seed(len(kind))
    m = transformers.AutoModelForImageTextToText.from_config(AutoConfig.for_model(kind, **config)).to(dtype)
    for p in m.parameters():
        torch.nn.init.normal_(p)
    m.config.dtype = dtype
    return m


def saved(name: str, m, **options) -> pathlib.Path:
    folder = OUT / "container" / "golden" / name
    shutil.rmtree(folder, ignore_errors=True)
    m.save_pretrained(folder, **options)
    (folder / "generation_config.json").unlink()
    return folder


def renamed(name: str, source: pathlib.Path, rename) -> None:
    """The same checkpoint with other tensor names."""
    folder = source.with_name(name)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    shutil.copy(source / "config.json", folder)
    with safe_open(source / "model.safetensors", "pt") as f:
        save_file({rename(k): f.get_tensor(k) for k in f.keys()}, folder / "model.safetensors", {"format": "pt"})


def manifest(folder: pathlib.Path) -> None:
    tensors = {}
    for path in sorted(folder.glob("*.safetensors")):
        with safe_open(path, "pt") as f:
            for k in f.keys():
                x = f.get_tensor(k)
                raw = x.contiguous().view(torch.uint8).numpy().tobytes() if x.ndim else x.numpy().tobytes()
                tensors[k] = [f.get_slice(k).get_dtype(), list(x.shape), zlib.crc32(raw), path.name]
    (folder / "manifest.json").write_text(json.dumps(tensors, indent=0))


def checkpoints() -> None:
    clip = model("llava", torch.float32, image_token_index=3, vision_config=VISION | {"model_type": "clip_vision_model"},
                 text_config=TEXT | {"model_type": "llama"})
    source = saved("llava_saved", clip)
    hub = {"vision_tower.": "vision_tower.vision_model."}
    memory = {"language_model.lm_head.": "lm_head.", "language_model.model.": "model.language_model.",
              "vision_tower.": "model.vision_tower.", "multi_modal_projector.": "model.multi_modal_projector."}
    older = memory | {"vision_tower.": "model.vision_tower.vision_model."}
    research = {"language_model.lm_head.": "lm_head.", "language_model.model.": "model.",
                "vision_tower.": "model.vision_tower.vision_tower.vision_model.",
                "multi_modal_projector.linear_1.": "model.mm_projector.0.",
                "multi_modal_projector.linear_2.": "model.mm_projector.2."}
    spellings = {}
    for name, prefixes in (("hub", hub), ("memory", memory), ("memory_4_52", older), ("research", research)):
        def rename(key: str, prefixes=prefixes) -> str:
            for old, new in prefixes.items():
                if key.startswith(old):
                    return new + key[len(old):]
            return key
        if name == "memory":
            renamed("llava_memory", source, rename)
        with safe_open(source / "model.safetensors", "pt") as f:
            spellings[name] = {key: rename(key) for key in f.keys() if ".layers.1." not in key}
    (OUT / "container" / "llava_spellings.json").write_text(json.dumps(spellings, indent=0) + "\n")
    with safe_open(source.with_name("llava_memory") / "model.safetensors", "pt") as f:
        assert set(f.keys()) == set(clip.state_dict())
    saved("llava_siglip_tied", model(
        "llava", torch.bfloat16, image_token_index=3, vision_feature_layer=-1, vision_feature_select_strategy="full",
        vision_config=VISION | {"model_type": "siglip_vision_model"},
        text_config=TEXT | {"model_type": "llama", "tie_word_embeddings": True}))
    saved("llava_next_sharded", model(
        "llava_next", torch.float16, image_token_index=3, vision_feature_layer=[-2, -1],
        vision_config=VISION | {"model_type": "clip_vision_model"}, text_config=TEXT | {"model_type": "qwen2"}),
        max_shard_size="2KB")
    square = VISION | {"image_size": 16}
    saved("idefics3", model("idefics3", torch.float32, image_token_id=3, vision_config=square,
                            text_config=TEXT | {"model_type": "llama"}))
    saved("smolvlm_tied_sharded", model("smolvlm", torch.bfloat16, image_token_id=3, scale_factor=4,
                                        tie_word_embeddings=True, vision_config=square,
                                        text_config=TEXT | {"model_type": "llama", "head_dim": 4}),
          max_shard_size="2KB")
    folders = sorted(p for p in (OUT / "container" / "golden").iterdir() if p.is_dir())
    for folder in folders:
        manifest(folder)


def random_bits(count: int) -> np.ndarray:
    """The upper halves of a linear congruential sequence (Knuth's MMIX), as the test makes them."""
    out, x = np.empty(count, np.uint32), 0
    for n in range(count):
        x = (x * 6364136223846793005 + 1442695040888963407) % 2**64
        out[n] = x >> 32
    return out


def values() -> dict:
    halves = np.arange(65536, dtype=np.uint32).astype(np.uint16)
    halves = halves[(halves & 0x7FFF) <= 0x7C00]  # payloads of NaN are left to the processor
    widened = halves.view(np.float16).astype(np.float32)
    positive = np.arange(0x7C00, dtype=np.uint16).view(np.float16).astype(np.float64)
    middles = ((positive[1:] + positive[:-1]) / 2).astype(np.float32)  # exact
    bits = random_bits(1 << 16)
    bits = (bits & np.uint32(0x807FFFFF)) | ((100 + (bits >> 23 & 0xFF) % 46) << 23).astype(np.uint32)
    floats = np.concatenate([bits.view(np.float32), middles, -middles,
                             np.array([65504, 65519.996, 65520, 1e9, np.inf, 0, -0.0, 1e-40, 3e38], np.float32)])
    with np.errstate(over="ignore"):
        narrow = floats.astype(np.float16)
    brain = torch.from_numpy(floats).to(torch.bfloat16).view(torch.int16).numpy()
    doubles = np.concatenate([floats.astype(np.float64) * (1 + 2.0**-25), floats.astype(np.float64) * (1 + 2.0**-24)])
    with np.errstate(over="ignore"):
        singles = doubles.astype(np.float32)
    return {"half_to_single": zlib.crc32(widened.tobytes()), "single_to_half": zlib.crc32(narrow.tobytes()),
            "single_to_bf16": zlib.crc32(brain.tobytes()), "double_to_single": zlib.crc32(singles.tobytes())}


if __name__ == "__main__":
    (OUT / "config").mkdir(parents=True, exist_ok=True)
    (OUT / "container" / "golden").mkdir(parents=True, exist_ok=True)
    for path, content in (("config/config_goldens.json", config_goldens()),
                          ("config/processor_goldens.json", processor_goldens()),
                          ("container/values_golden.json", values())):
        (OUT / path).write_text(json.dumps(content, indent=None if path.startswith("config") else 1) + "\n")
    checkpoints()
