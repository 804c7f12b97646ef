#!/usr/bin/env python3
"""Makes the goldens of VILA-1.5 and NVILA: small random folders as VILA's code lays them out, with logits.

usage: vila_models.py        (needs torch, transformers 5, tokenizers, safetensors; nothing is downloaded)

Towers and language models are transformers'; what lies between them (cutting pictures, projectors, dynamic-S2, where the
features go) is written here from vlm-engine.md, and pictures are cut by Pillow. Writes tests/judges/engine/models/NAME:
config.json, llm/, vision_tower/, mm_projector/, and cases.json and golden.safetensors as engine_models.py does; and
tests/datasets/images/goldens/ratio_grids.tsv: which grids pictures get.
"""
import json
import shutil

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image
from safetensors.torch import save_file
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers
from transformers import (CLIPVisionConfig, CLIPVisionModel, LlamaConfig, LlamaForCausalLM, Qwen2Config, Qwen2ForCausalLM,
                          SiglipVisionConfig, SiglipVisionModel)
from transformers.models.clip.image_processing_pil_clip import CLIPImageProcessorPil
from transformers.models.siglip.image_processing_pil_siglip import SiglipImageProcessorPil

import images_common
from engine_models import OUT, randomise

TEXT = ["USER: What is it? ASSISTANT: a red circle and a blue square, small and large", "Is it red? yes no",
        "system user assistant"]
QWEN2 = (r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+")
DTYPES = {"float32": torch.float32, "float16": torch.float16, "bfloat16": torch.bfloat16}


# --- texts

def byte_level():
    """As Qwen2's, with the token of images, which NVILA's tokenizers have."""
    special = ["<pad>", "<|im_start|>", "<|im_end|>", "<image>"]
    t = Tokenizer(models.BPE())
    t.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.Split(Regex(QWEN2), "isolated"),
                                               pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)])
    t.decoder = decoders.ByteLevel()
    t.train_from_iterator(TEXT, trainers.BpeTrainer(
        vocab_size=290, show_progress=False, initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
        special_tokens=[AddedToken(s, special=True, normalized=False) for s in special]))
    return t, {"eos_token": "<|im_end|>", "pad_token": "<pad>"}


def byte_fallback():
    """As Vicuna's, without a token of images, as VILA-1.5's."""
    space = "\u2581"
    trained = Tokenizer(models.BPE())
    trained.pre_tokenizer = pre_tokenizers.Metaspace(replacement=space, prepend_scheme="always")
    trained.train_from_iterator(TEXT, trainers.BpeTrainer(vocab_size=60, show_progress=False))
    model = json.loads(trained.to_str())["model"]
    tokens = ["<unk>", "<s>", "</s>"] + [f"<0x{b:02X}>" for b in range(256)] + list(model["vocab"])
    t = Tokenizer(models.BPE({s: i for i, s in enumerate(tokens)}, [tuple(m) for m in model["merges"]], unk_token="<unk>",
                             byte_fallback=True, fuse_unk=True))
    t.normalizer = normalizers.Sequence([normalizers.Prepend(space), normalizers.Replace(" ", space)])
    t.decoder = decoders.Sequence([decoders.Replace(space, " "), decoders.ByteFallback(), decoders.Fuse(),
                                   decoders.Strip(" ", 1, 0)])
    t.add_special_tokens([AddedToken(s, special=True, normalized=False) for s in tokens[:3]])
    return t, {"bos_token": "<s>", "eos_token": "</s>"}


def ids_of(t, text, features, end):
    """`features` tokens for each <image>, and `end` behind them; texts between are tokenised apart."""
    chunks = [t.encode(chunk, add_special_tokens=False).ids for chunk in text.split("<image>")]
    image = t.token_to_id("<image>")
    image = t.get_vocab_size() if image is None else image
    end = t.encode(end, add_special_tokens=False).ids if end else []
    ids = list(chunks[0])
    for chunk, count in zip(chunks[1:], features, strict=True):
        ids += [image] * count + end + chunk
    return ids, image


# --- pictures

def ratio_grid(width, height, least, most, tile):
    """-> columns, rows."""
    grids = {(c, n // c) for n in range(least, most + 1) for c in range(1, n + 1) if n % c == 0}
    best, off = (1, 1), float("inf")
    for c, r in sorted(grids, key=lambda g: g[0] * g[1]):
        now = abs(width / height - c / r)
        if now < off or (now == off and width * height > 0.5 * tile * tile * c * r):
            best, off = (c, r), now
    return best


def cut(image, columns, rows, tile):
    whole = image.resize((columns * tile, rows * tile), Image.Resampling.BICUBIC)
    return [whole.crop((c * tile, r * tile, (c + 1) * tile, (r + 1) * tile)) for r in range(rows) for c in range(columns)]


def views(image, model, alone):
    """-> images for the processor; the grid (rows, columns) of the last scale, where there are several."""
    tile = model["tower"].config.image_size
    ratio = model["config"].get("image_aspect_ratio")
    if ratio == "resize":
        return [image.resize((tile, tile), Image.Resampling.BICUBIC)], None
    if ratio == "pad":
        side = max(image.size)
        square = Image.new("RGB", (side, side), tuple(int(x * 255) for x in model["processor"].image_mean))
        square.paste(image, ((side - image.width) // 2, (side - image.height) // 2))
        return [square], None
    if not alone:
        return [image], None
    most = model["config"]["max_tiles"]
    if ratio == "dynamic":
        tiles = cut(image, *ratio_grid(*image.size, model["config"]["min_tiles"], most, tile), tile)
        return tiles + ([image.resize((tile, tile), Image.Resampling.BICUBIC)] if len(tiles) > 1 else []), None
    assert ratio == "dynamic_s2"
    *scales, last = [s // tile for s in model["scales"]]
    tiles = [t for s in scales for t in cut(image, s, s, tile)]
    columns, rows = ratio_grid(*image.size, last * last, most, tile)
    return tiles + cut(image, columns, rows, tile), (rows, columns)


# --- from features to tokens

def space_to_depth(x, s):
    """[tiles, h, w, C] -> [tiles, ceil(h/s), ceil(w/s), s*s*C], zeros below and to the right."""
    x = F.pad(x, (0, 0, 0, -x.shape[2] % s, 0, -x.shape[1] % s))
    return torch.cat([x[:, dy::s, dx::s] for dy in range(s) for dx in range(s)], dim=-1)


def project(kind, weights, x):
    """[tiles, h, w, C] -> [tiles, h', w', H]."""
    def linear(i, x):
        name = f"layers.{i}." if i is not None else "layers."
        return x @ weights[name + "weight"].T + weights[name + "bias"]

    def norm(i, x):
        return F.layer_norm(x, x.shape[-1:], weights[f"layers.{i}.weight"], weights[f"layers.{i}.bias"], 1e-5)

    if kind in ("mlp_downsample", "mlp_downsample_2x2_fix"):
        return linear(4, F.gelu(linear(2, norm(1, space_to_depth(x, 2)))))
    if kind == "mlp_downsample_3x3_fix":
        return linear(7, F.gelu(linear(5, norm(4, F.gelu(linear(2, norm(1, space_to_depth(x, 3))))))))
    if kind == "mlp2x_gelu":
        return linear(2, F.gelu(linear(0, x)))
    assert kind == "linear"
    return linear(None, x)


def projector_weights(kind, c, h):
    shapes = {"mlp_downsample": {1: (4 * c,), 2: (h, 4 * c), 4: (h, h)},
              "mlp_downsample_3x3_fix": {1: (9 * c,), 2: (3 * c, 9 * c), 4: (3 * c,), 5: (h, 3 * c), 7: (h, h)},
              "mlp2x_gelu": {0: (h, c), 2: (h, h)}, "linear": {None: (h, c)}}
    shapes["mlp_downsample_2x2_fix"] = shapes["mlp_downsample"]
    out = {}
    for i, shape in shapes[kind].items():
        name = f"layers.{i}." if i is not None else "layers."
        if len(shape) == 1:
            out[name + "weight"] = 1 + 0.1 * torch.randn(shape)
        else:
            out[name + "weight"] = 1.4 * torch.randn(shape) / shape[1] ** 0.5
        out[name + "bias"] = 0.1 * torch.randn(shape[0])
    return out


def as_map(tiles, rows, columns):
    """[rows * columns, h, w, C] -> [rows * h, columns * w, C]."""
    return torch.cat([torch.cat(list(tiles[r * columns:(r + 1) * columns]), dim=1) for r in range(rows)], dim=0)


def as_tiles(x, rows, columns):
    h, w = x.shape[0] // rows, x.shape[1] // columns
    return torch.stack([x[r * h:(r + 1) * h, c * w:(c + 1) * w] for r in range(rows) for c in range(columns)])


def area(x, height, width):
    """Place i of m has the mean of places floor(i n / m) to ceil((i + 1) n / m)."""
    def cover(i, m, n):
        return slice(i * n // m, -(-(i + 1) * n // m))

    out = torch.stack([torch.stack([x[cover(i, height, x.shape[0]), cover(j, width, x.shape[1])].mean((0, 1))
                                    for j in range(width)]) for i in range(height)])
    theirs = F.interpolate(x.permute(2, 0, 1)[None], size=(height, width), mode="area")[0].permute(1, 2, 0)
    assert torch.allclose(out, theirs, atol=1e-6)
    return out


def tokens_of(model, pixels, grid):
    """-> [parts, tokens, H]."""
    config, kind = model["config"], model["kind"]
    hidden = model["tower"](pixels, output_hidden_states=True).hidden_states[config["mm_vision_select_layer"]]
    if config["mm_vision_select_feature"] == "patch":
        hidden = hidden[:, 1:]
    side = int(hidden.shape[1] ** 0.5)
    x = hidden.reshape(len(hidden), side, side, -1)
    if not config.get("dynamic_s2"):
        return project(kind, model["projector"], x).flatten(1, 2)
    scales = [s // model["scales"][0] for s in model["scales"]]
    if grid is None:
        return project(kind, model["projector"], torch.cat([x] * len(scales), dim=-1)).flatten(1, 2)
    grids = [(s, s) for s in scales[:-1]] + [grid]
    maps, done = [], 0
    for rows, columns in grids:
        maps.append(as_map(x[done:done + rows * columns], rows, columns))
        done += rows * columns
    assert done == len(x)
    rows, columns = grids[config.get("s2_resize_output_to_scale_idx", 0)]
    together = torch.cat([area(m, rows * side, columns * side) for m in maps], dim=-1)
    return as_map(project(kind, model["projector"], as_tiles(together, rows, columns)), rows, columns).flatten(0, 1)[None]


# --- folders

def siglip(image, patch, **changes):
    return SiglipVisionModel(SiglipVisionConfig(**(dict(hidden_size=24, intermediate_size=40, num_hidden_layers=3,
                                                        num_attention_heads=2, image_size=image, patch_size=patch) | changes)))


def language(kind, vocab, **changes):
    base = dict(vocab_size=vocab, hidden_size=32, intermediate_size=64, num_hidden_layers=2, num_attention_heads=4,
                num_key_value_heads=2, max_position_embeddings=2048, rms_norm_eps=1e-5, bos_token_id=1, eos_token_id=2,
                pad_token_id=None) | changes
    return LlamaForCausalLM(LlamaConfig(**base)) if kind == "llama" else Qwen2ForCausalLM(Qwen2Config(**base))


def siglip_processor(size):
    return SiglipImageProcessorPil(size={"height": size, "width": size}, resample=Image.Resampling.BICUBIC)


ENCODER = {"image_encoder": {"_target_": "llava.model.encoders.BasicImageEncoder"}}
FEATURES = {"mm_vision_select_layer": -2, "mm_vision_select_feature": "cls_patch"}


def build(name):
    if name == "vila15":  # 5 places a side, 2 pixels left over, a row of zeros
        t, specials = byte_fallback()
        llm = language("llama", t.get_vocab_size(), rope_parameters={"rope_type": "linear", "factor": 2.0, "rope_theta": 1e4})
        return dict(tokenizer=t, specials=specials, llm=llm, tower=siglip(32, 6), kind="mlp_downsample",
                    processor=siglip_processor(32), dtype="bfloat16", end=None,
                    config={"model_type": "llava_llama", "image_aspect_ratio": "resize"} | FEATURES)
    if name == "vila_pad":
        t, specials = byte_level()
        llm = language("llama", t.get_vocab_size() + 2, tie_word_embeddings=True)
        tower = CLIPVisionModel(CLIPVisionConfig(hidden_size=24, intermediate_size=40, num_hidden_layers=2,
                                                 num_attention_heads=2, image_size=24, patch_size=6))
        processor = CLIPImageProcessorPil(size={"shortest_edge": 24}, crop_size={"height": 24, "width": 24})
        return dict(tokenizer=t, specials=specials, llm=llm, tower=tower, kind="mlp2x_gelu", processor=processor,
                    dtype="float32", end=None,
                    config={"model_type": "llava", "image_aspect_ratio": "pad", "mm_vision_select_layer": -2,
                            "mm_vision_select_feature": "patch"})
    if name == "nvila_lite":  # 5 places a side become 2
        t, specials = byte_level()
        return dict(tokenizer=t, specials=specials, tower=siglip(30, 6), kind="mlp_downsample_3x3_fix",
                    llm=language("qwen2", t.get_vocab_size() + 2, tie_word_embeddings=True), processor=siglip_processor(30),
                    dtype="float16", end="\n",
                    config={"model_type": "llava_llama", "image_aspect_ratio": "dynamic", "min_tiles": 1, "max_tiles": 6}
                    | FEATURES | ENCODER)
    s2 = {"model_type": "llava_llama", "image_aspect_ratio": "dynamic_s2", "dynamic_s2": True, "max_tiles": 12,
          "s2_max_split_size": 30} | FEATURES
    t, specials = byte_level()
    if name == "nvila":
        return dict(tokenizer=t, specials=specials, tower=siglip(30, 6), kind="mlp_downsample", end="\n",
                    llm=language("qwen2", t.get_vocab_size() + 2), processor=siglip_processor(30), dtype="bfloat16",
                    scales=[30, 60, 90],
                    config=s2 | ENCODER | {"s2_scales": "30,60,90", "s2_resize_output_to_scale_idx": -1, "chat_template": "qwen2"})
    assert name == "nvila_middle"  # maps become smaller; the processor's own size does not count
    return dict(tokenizer=t, specials=specials, tower=siglip(24, 6), kind="mlp_downsample_2x2_fix", end="\n",
                llm=language("llama", t.get_vocab_size() + 2), processor=siglip_processor(24), dtype="float16",
                scales=[24, 48, 72],
                config=s2 | {"s2_scales": "24,48,72", "s2_resize_output_to_scale_idx": 1,
                             "image_encoder": json.dumps({"_target_": "llava.model.encoders.BasicImageEncoder"})})


def case(pictures, text):
    return {"pictures": [list(p) for p in pictures], "text": text}


ONE, ODD, TALL = (90, 61, 1), (40, 40, 2), (33, 120, 3)
VICUNA_CASES = [case([ONE], "USER: <image>\nWhat is it? ASSISTANT:"),
                case([ODD, TALL], "USER: <image>\nand<image> Is it red? ASSISTANT: no"), case([], "USER: a red circle ASSISTANT:")]
CHATML_CASES = [case([ONE], "<|im_start|>user\n<image>What is it?<|im_end|>\n<|im_start|>assistant\n"),
                case([TALL], "<image>yes"), case([ODD, TALL], "<|im_start|>user\n<image>and<image> red")]


def write(folder, name, model):
    """-> the model with the numbers that were stored, computed in fp32."""
    dtype = DTYPES[model["dtype"]]
    for part in ("llm", "vision_tower", "mm_projector"):
        (folder / part).mkdir(parents=True)
    llm, tower = model["llm"].to(dtype), model["tower"].to(dtype)
    llm.save_pretrained(folder / "llm", **({"max_shard_size": "20KB"} if name == "vila15" else {}))
    tower.save_pretrained(folder / "vision_tower")
    if name == "vila15":  # as VILA's own code, with transformers 4, spells them
        state = {f"vision_model.{k}": v.contiguous() for k, v in tower.state_dict().items()}
        save_file(state, folder / "vision_tower" / "model.safetensors", metadata={"format": "pt"})
        path = folder / "llm" / "config.json"
        config = json.loads(path.read_text())
        rope = config.pop("rope_parameters")
        config |= {"rope_theta": rope["rope_theta"], "rope_scaling": {"type": rope["rope_type"], "factor": rope["factor"]}}
        path.write_text(json.dumps(config, indent=2) + "\n")
    model["processor"].save_pretrained(folder / "vision_tower")
    projector = {k: v.to(dtype) for k, v in model["projector"].items()}
    save_file(projector, folder / "mm_projector" / "model.safetensors", metadata={"format": "pt"})
    (folder / "mm_projector" / "config.json").write_text(
        json.dumps({"mm_projector_type": model["kind"], "model_type": "v2l_projector"}) + "\n")
    top = {"architectures": ["LlavaLlamaModel"], "model_dtype": f"torch.{model['dtype']}", "llm_cfg": {}, "vision_tower_cfg": {},
           "mm_projector_cfg": {}} | model["config"]
    if name == "vila_pad":  # inside config.json instead of in the folders
        for part in ("llm", "vision_tower", "mm_projector"):
            path = folder / part / "config.json"
            top[f"{part}_cfg"] = json.loads(path.read_text())
            path.unlink()
    (folder / "config.json").write_text(json.dumps(top, indent=2) + "\n")
    model["tokenizer"].save(str(folder / "llm" / "tokenizer.json"), pretty=False)
    (folder / "llm" / "tokenizer_config.json").write_text(json.dumps(model["specials"]) + "\n")
    llm = type(llm).from_pretrained(folder / "llm", dtype=torch.float32, config=model["llm"].config).eval()
    return model | {"llm": llm, "tower": tower.float().eval(), "projector": {k: v.float() for k, v in projector.items()}}


def run(model, c):
    """-> ids, logits, hash of the pixels."""
    pictures = [Image.fromarray(images_common.picture(*p)) for p in c["pictures"]]
    lines = len(pictures) == 1 and model["config"].get("image_aspect_ratio") == "dynamic"
    rows, pixels, text = [], [], c["text"]
    for picture in pictures:
        tiles, grid = views(picture, model, len(pictures) == 1)
        seen = torch.cat([model["processor"](images=t, return_tensors="pt")["pixel_values"] for t in tiles])
        pixels.append(seen)
        rows += list(tokens_of(model, seen, grid))
        if lines:
            text = text.replace("<image>", "<image>\n" * len(tiles))
    ids, image = ids_of(model["tokenizer"], text, [len(r) for r in rows], model["end"])
    embed = model["llm"].get_input_embeddings()
    x = embed(torch.tensor([0 if i == image else i for i in ids]))
    if rows:
        x[torch.tensor(ids) == image] = torch.cat(rows)
    logits = model["llm"](inputs_embeds=x[None]).logits[0]
    return ids, logits, f"{images_common.fnv1a(torch.cat(pixels).numpy().tobytes()):016x}" if pixels else None


@torch.no_grad()
def make(name, seed):
    folder = OUT / name
    shutil.rmtree(folder, ignore_errors=True)
    model = build(name)
    model["llm"], model["tower"] = randomise(model["llm"], seed), randomise(model["tower"], seed + 100)
    width = model["tower"].config.hidden_size * len(model.get("scales", [1]))
    model["projector"] = projector_weights(model["kind"], width, model["llm"].config.hidden_size)
    model = write(folder, name, model)
    golden, out = {}, []
    cases = CHATML_CASES if model["end"] else VICUNA_CASES
    for i, c in enumerate(cases):
        ids, logits, pixels = run(model, c)
        places = sorted({round(k * (len(logits) - 1) / 5) for k in range(6)})
        golden |= {f"logits.{i}": logits[places].contiguous(), f"places.{i}": torch.tensor(places, dtype=torch.int32)}
        out.append(c | ({"pixels": pixels} if pixels else {}) | {"ids": ids, "best": logits.argmax(-1).tolist()})
    save_file(golden, folder / "golden.safetensors")
    (folder / "cases.json").write_text(json.dumps({"cases": out}) + "\n")
    print(name, [len(c["ids"]) for c in out], sum(f.stat().st_size for f in folder.rglob("*") if f.is_file()))


def grids():
    """Columns and rows of pictures of all shapes, in the ranges that NVILA-Lite and NVILA have."""
    sizes = [(640, 480), (500, 333), (480, 640), (1000, 300), (448, 448), (336, 336), (1, 1), (30, 40), (4000, 1), (1, 900),
             (896, 448), (447, 897), (2048, 1365), (317, 634), (634, 317), (1300, 400), (3, 2), (900, 600)]
    rng = np.random.default_rng(1)
    sizes += [tuple(map(int, rng.integers(1, 2500, 2))) for _ in range(200)]
    for width, height in sizes:
        for least, most in ((1, 12), (9, 12), (1, 6), (4, 9)):
            yield (width, height, least, most, *ratio_grid(width, height, least, most, 448))


if __name__ == "__main__":
    images_common.write_table("ratio_grids.tsv", ["width", "height", "least", "most", "columns", "rows"], grids())
    for number, name in enumerate(("vila15", "vila_pad", "nvila_lite", "nvila", "nvila_middle")):
        make(name, number + 20)
