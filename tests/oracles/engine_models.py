#!/usr/bin/env python3
"""Makes the goldens of the engine: small random checkpoints with what transformers computes from them.

usage: engine_models.py        (needs torch, transformers 5, tokenizers, safetensors; nothing is downloaded)

Writes tests/judges/engine/models/NAME: the checkpoint as transformers saves it, its processor files, and
  cases.json          pictures (size and seed, see images_common.py), the text of each prompt, its token ids,
                      a hash of the processor's pixels [tiles, 3, H, W], the likeliest next token of every place
  golden.safetensors  for case i: `places.i` and `logits.i`, in fp32, of the last place and up to 11 others
"""
import json
import pathlib
import shutil
import warnings

warnings.filterwarnings("ignore")

import torch
import transformers
from PIL import Image
from safetensors.torch import save_file
from tokenizers import AddedToken, Tokenizer, models, pre_tokenizers, trainers, decoders
from transformers import (AutoImageProcessor, CLIPVisionConfig, Idefics3Config, Idefics3ForConditionalGeneration,
                          Idefics3Processor, LlamaConfig, LlavaConfig, LlavaForConditionalGeneration,
                          LlavaNextConfig, LlavaNextForConditionalGeneration, LlavaNextProcessor, LlavaProcessor,
                          PreTrainedTokenizerFast, Qwen2Config, SiglipVisionConfig, SmolVLMConfig,
                          SmolVLMForConditionalGeneration)

import images_common

transformers.logging.set_verbosity_error()
transformers.utils.logging.disable_progress_bar()
OUT = pathlib.Path(__file__).resolve().parents[1] / "judges" / "engine" / "models"
TEXT = ["USER: What is it? ASSISTANT: a red circle and a blue square, small and large",
        "Is the red circle to the left of the blue square? yes no", "<row_1_col_1> <global-img>"]
SPECIAL = ["<pad>", "<s>", "</s>", "<image>", "<fake_token_around_image>", "<global-img>", "<end_of_utterance>"]
SPECIAL += [f"<row_{r}_col_{c}>" for r in range(1, 5) for c in range(1, 5)]


def tokenizer():
    t = Tokenizer(models.BPE())
    t.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    t.decoder = decoders.ByteLevel()
    t.train_from_iterator(TEXT, trainers.BpeTrainer(
        vocab_size=400, show_progress=False, initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
        special_tokens=[AddedToken(s, special=True, normalized=False) for s in SPECIAL]))
    return PreTrainedTokenizerFast(tokenizer_object=t, bos_token="<s>", eos_token="</s>", pad_token="<pad>",
                                   extra_special_tokens={"image_token": "<image>"})


def llama(vocab, **changes):
    base = dict(vocab_size=vocab, hidden_size=48, intermediate_size=88, num_hidden_layers=2, num_attention_heads=4,
                num_key_value_heads=4, max_position_embeddings=2048, rms_norm_eps=1e-5, bos_token_id=1, eos_token_id=2,
                pad_token_id=0)
    return LlamaConfig(**(base | changes))


def clip(**changes):
    base = dict(hidden_size=32, intermediate_size=56, num_hidden_layers=3, num_attention_heads=2, image_size=42,
                patch_size=6, projection_dim=32)
    return CLIPVisionConfig(**(base | changes))


def siglip(**changes):
    base = dict(hidden_size=36, intermediate_size=72, num_hidden_layers=2, num_attention_heads=3, image_size=45,
                patch_size=9, vision_use_head=False)
    return SiglipVisionConfig(**(base | changes))


def image_processor(kind, **options):
    """A class by name, with the backend whose pixels Pillow makes."""
    return getattr(transformers, kind + "Pil")(**options)


def randomise(model, seed):
    """Weights large enough that logits differ; norms and biases not the identity."""
    torch.manual_seed(seed)
    with torch.no_grad():
        for name, p in model.named_parameters():
            if p.ndim == 1:
                p.copy_(torch.randn_like(p) * 0.1 + (1.0 if "norm" in name and name.endswith("weight") else 0.0))
            else:
                p.copy_(torch.randn_like(p) * 1.4 / p[0].numel() ** 0.5)
            if "embed" in name or "newline" in name:
                p.copy_(torch.randn_like(p) * 0.5)
    model.tie_weights()
    return model.eval()


def case(pictures, text):
    return {"pictures": [list(p) for p in pictures], "text": text}


ONE, ODD, TALL = (90, 61, 1), (40, 40, 2), (33, 120, 3)
LLAVA_CASES = [case([ONE], "USER: <image>\nWhat is it? ASSISTANT:"),
               case([ODD, TALL], "USER: <image>\nand<image> Is the red circle to the left? ASSISTANT: no"),
               case([ONE, ODD, TALL], "<image><image><image>yes"), case([], "USER: a red circle ASSISTANT:")]
IDEFICS_CASES = [case([ONE], "<s>User:<image>What is it?<end_of_utterance>\nAssistant:"),
                 case([TALL, ODD], "<s>User:<image>and<image> a red circle"),
                 case([ONE, TALL, ODD], "<image> <image> <image>yes")]


def build(name, tok):
    """-> model, processor, cases, how it is saved."""
    vocab, image_id = len(tok) + 3, tok.convert_tokens_to_ids("<image>")
    clip_processor = dict(size={"shortest_edge": 42}, crop_size={"height": 42, "width": 42})
    if name in ("llava_clip", "llava_fp16", "llava_pad"):
        config = LlavaConfig(vision_config=clip(), text_config=llama(vocab), image_token_id=image_id, image_token_index=image_id,
                             image_seq_length=49)
        model = LlavaForConditionalGeneration(config)
        kind = "LlavaImageProcessor" if name == "llava_pad" else "CLIPImageProcessor"
        options = clip_processor | ({"do_pad": True} if name == "llava_pad" else {})
        processor = LlavaProcessor(image_processor(kind, **options), tok, patch_size=6,
                                   vision_feature_select_strategy="default", num_additional_image_tokens=1)
        return model, processor, LLAVA_CASES
    if name == "llava_siglip":
        text = llama(vocab, num_key_value_heads=2, head_dim=20, tie_word_embeddings=True, rope_theta=5e5,
                     rope_parameters={"rope_type": "llama3", "rope_theta": 5e5, "factor": 8.0, "low_freq_factor": 1.0,
                                      "high_freq_factor": 4.0, "original_max_position_embeddings": 64})
        config = LlavaConfig(vision_config=siglip(), text_config=text, image_token_id=image_id, image_token_index=image_id,
                             vision_feature_layer=[-1, 1, 0], vision_feature_select_strategy="full", image_seq_length=25,
                             tie_word_embeddings=True)
        processor = LlavaProcessor(image_processor("SiglipImageProcessor", size={"height": 45, "width": 45}), tok,
                                   patch_size=9, vision_feature_select_strategy="full", num_additional_image_tokens=0)
        return LlavaForConditionalGeneration(config), processor, LLAVA_CASES
    if name == "llava_qwen2":
        text = Qwen2Config(vocab_size=vocab, hidden_size=48, intermediate_size=88, num_hidden_layers=3,
                           num_attention_heads=6, num_key_value_heads=2, max_position_embeddings=2048, bos_token_id=1,
                           eos_token_id=2, pad_token_id=0, rope_parameters={"rope_type": "linear", "factor": 4.0, "rope_theta": 1e6})
        config = LlavaConfig(vision_config=siglip(), text_config=text, image_token_id=image_id, image_token_index=image_id,
                             vision_feature_layer=-1, vision_feature_select_strategy="full", image_seq_length=25)
        processor = LlavaProcessor(image_processor("SiglipImageProcessor", size={"height": 45, "width": 45}), tok,
                                   patch_size=9, vision_feature_select_strategy="full", num_additional_image_tokens=0)
        return LlavaForConditionalGeneration(config), processor, LLAVA_CASES
    if name == "llava_next":
        points = [[42, 84], [84, 42], [84, 84], [126, 42]]
        config = LlavaNextConfig(vision_config=clip(), text_config=llama(vocab, num_key_value_heads=1),
                                 image_token_id=image_id, image_token_index=image_id, image_grid_pinpoints=points)
        processor = LlavaNextProcessor(
            image_processor("LlavaNextImageProcessor", image_grid_pinpoints=points, **clip_processor), tok,
            patch_size=6, vision_feature_select_strategy="default", num_additional_image_tokens=1)
        return LlavaNextForConditionalGeneration(config), processor, LLAVA_CASES
    vision = dict(hidden_size=32, intermediate_size=56, num_hidden_layers=2, num_attention_heads=2, image_size=48,
                  patch_size=8)
    options = dict(size={"longest_edge": 128}, max_image_size={"longest_edge": 48}, do_image_splitting=True)
    if name == "idefics3":
        config = Idefics3Config(vision_config=vision, text_config=llama(vocab, num_key_value_heads=2), scale_factor=3,
                                image_token_id=image_id)
        processor = Idefics3Processor(image_processor("Idefics3ImageProcessor", **options), tok, image_seq_len=4)
        return Idefics3ForConditionalGeneration(config), processor, IDEFICS_CASES
    assert name == "smolvlm"
    config = SmolVLMConfig(vision_config=vision, text_config=llama(vocab, num_key_value_heads=2, tie_word_embeddings=True).to_dict(),
                           scale_factor=2, image_token_id=image_id, tie_word_embeddings=True)
    processor = Idefics3Processor(image_processor("SmolVLMImageProcessor", **options), tok, image_seq_len=9)
    return SmolVLMForConditionalGeneration(config), processor, IDEFICS_CASES


def tiles_of(pixels):
    return pixels.reshape(-1, *pixels.shape[-3:])


def make(name, seed, tok):
    folder = OUT / name
    shutil.rmtree(folder, ignore_errors=True)
    model, processor, cases = build(name, tok)
    model = randomise(model, seed)
    half = {"llava_fp16": torch.float16, "smolvlm": torch.bfloat16}.get(name, torch.float16)
    model = model.to(half)  # small files; what is computed from the stored numbers is computed in fp32
    model.save_pretrained(folder, **({"max_shard_size": "40KB"} if name in ("llava_next", "idefics3") else {}))
    processor.save_pretrained(folder)
    if name == "llava_qwen2":  # the spelling in memory
        state = {k: v.contiguous() for k, v in model.state_dict().items()}
        save_file(state, folder / "model.safetensors", metadata={"format": "pt"})
    # Loaded anew: .to(half) has rounded the rotary frequencies, which are stored nowhere.
    model = type(model).from_pretrained(folder, dtype=torch.float32).eval()
    golden, out = {}, []
    for i, c in enumerate(cases):
        pictures = [Image.fromarray(images_common.picture(*p)) for p in c["pictures"]]
        inputs = processor(images=pictures or None, text=c["text"], return_tensors="pt",
                           add_special_tokens=False)
        kept = {"input_ids": inputs["input_ids"]}
        if pictures:
            # One by one: batches are padded with tiles that nothing sees.
            tiles = [tiles_of(processor.image_processor(p, return_tensors="pt")["pixel_values"]) for p in pictures]
            c = c | {"pixels": f"{images_common.fnv1a(torch.cat(tiles).numpy().tobytes()):016x}"}
            kept |= {k: inputs[k] for k in ("pixel_values", "image_sizes", "pixel_attention_mask") if k in inputs}
        with torch.no_grad():
            logits = model(**kept).logits[0]
        places = sorted({round(k * (len(logits) - 1) / 11) for k in range(12)})
        golden |= {f"logits.{i}": logits[places].contiguous(), f"places.{i}": torch.tensor(places, dtype=torch.int32)}
        out.append(c | {"ids": inputs["input_ids"][0].tolist(), "best": logits.argmax(-1).tolist()})
    save_file(golden, folder / "golden.safetensors")
    (folder / "cases.json").write_text(json.dumps({"cases": out}) + "\n")
    print(name, [len(c["ids"]) for c in out], sum(f.stat().st_size for f in folder.iterdir()))


if __name__ == "__main__":
    shared = tokenizer()
    for number, name in enumerate(("llava_clip", "llava_pad", "llava_siglip", "llava_qwen2", "llava_next", "idefics3",
                                   "smolvlm")):
        make(name, number, shared)
