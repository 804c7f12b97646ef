"""Goldens of datasets/images/plan and pixels: tensors of transformers' processors, backend "pil".

    python tests/oracles/images_processors.py      (transformers 5.24.0, Pillow 13.0.0)
"""

import numpy as np
from transformers.models.clip.image_processing_pil_clip import CLIPImageProcessorPil
from transformers.models.idefics3.image_processing_pil_idefics3 import Idefics3ImageProcessorPil
from transformers.models.llava.image_processing_pil_llava import LlavaImageProcessorPil
from transformers.models.llava_next.image_processing_pil_llava_next import LlavaNextImageProcessorPil
from transformers.models.llava_next.processing_llava_next import LlavaNextProcessor
from transformers.models.siglip.image_processing_pil_siglip import SiglipImageProcessorPil
from transformers.models.smolvlm.image_processing_pil_smolvlm import SmolVLMImageProcessorPil

from images_common import fnv1a, picture, write_table
from PIL import Image

SMALL = [(1, 1), (45, 67), (67, 45), (48, 48), (90, 31), (13, 200)]
PINPOINTS = [[28, 56], [56, 28], [56, 56], [84, 28], [28, 84]]
LARGE_PINPOINTS = [[336, 672], [672, 336], [672, 672], [1008, 336], [336, 1008]]
PLAN_SIZES = [(640, 480), (500, 333), (480, 640), (1000, 300), (336, 336), (448, 448), (2048, 1365),
              (40, 30), (1, 1), (672, 672), (671, 673), (1009, 337), (31, 999), (4000, 1), (1, 1000)]

# Small towers, so that the goldens are made and compared quickly: sides 28, patches 7.
PROCESSORS = {
    "clip": CLIPImageProcessorPil(size={"shortest_edge": 28}, crop_size={"height": 28, "width": 28}),
    "clip-margin": CLIPImageProcessorPil(size={"shortest_edge": 28}, crop_size={"height": 37, "width": 33}),
    "siglip": SiglipImageProcessorPil(size={"height": 27, "width": 27}),
    "llava-pad": LlavaImageProcessorPil(size={"shortest_edge": 28}, crop_size={"height": 28, "width": 28}, do_pad=True),
    "llava-next": LlavaNextImageProcessorPil(size={"shortest_edge": 28}, crop_size={"height": 28, "width": 28},
                                             image_grid_pinpoints=PINPOINTS),
    "idefics3": Idefics3ImageProcessorPil(size={"longest_edge": 96}, max_image_size={"longest_edge": 24}),
    "smolvlm": SmolVLMImageProcessorPil(size={"longest_edge": 100}, max_image_size={"longest_edge": 32}),
    "smolvlm-one": SmolVLMImageProcessorPil(size={"longest_edge": 20}, max_image_size={"longest_edge": 32}),
    "smolvlm-whole": SmolVLMImageProcessorPil(size={"longest_edge": 100}, max_image_size={"longest_edge": 32},
                                              do_image_splitting=False),
}


def tensors():
    for name, processor in PROCESSORS.items():
        for seed, (width, height) in enumerate(SMALL):
            options = {"return_row_col_info": True} if name.startswith(("idefics", "smolvlm")) else {}
            image = Image.fromarray(picture(width, height, seed))
            out = processor(images=image, return_tensors="np", **options)
            pixels = np.ascontiguousarray(out["pixel_values"], dtype=np.float32)
            shape = "x".join(str(n) for n in pixels.reshape(-1, *pixels.shape[-3:]).shape)
            yield (name, width, height, seed, shape, f"{fnv1a(pixels.tobytes()):016x}")


def plans():
    next_processor = LlavaNextProcessor.__new__(LlavaNextProcessor)
    splitter = SmolVLMImageProcessorPil(size={"longest_edge": 2048}, max_image_size={"longest_edge": 512})
    next_processor.patch_size, next_processor.num_additional_image_tokens = 14, 1
    next_processor.image_processor = LlavaNextImageProcessorPil(image_grid_pinpoints=LARGE_PINPOINTS)
    for width, height in PLAN_SIZES:
        # As `replace_image_token` counts with the strategy "default": no class token.
        tokens = next_processor._get_number_of_features(height, width, 336, 336) - 1
        blank = np.zeros((3, height, width), dtype=np.uint8)
        first = splitter.resize(blank, splitter_size(splitter), resample=0)
        second = splitter.resize_for_vision_encoder(first, 512, resample=0)
        _, rows, columns = splitter.split_images(second, {"longest_edge": 512}, resample=0)
        yield (width, height, tokens, first.shape[2], first.shape[1], rows, columns)


def splitter_size(splitter):
    from transformers.image_utils import SizeDict

    return SizeDict(longest_edge=splitter.size["longest_edge"])


def main():
    write_table("processors.tsv", ["processor", "width", "height", "seed", "shape", "hash"], tensors())
    write_table("plans.tsv", ["width", "height", "any_res_tokens", "first_width", "first_height", "rows", "columns"],
                plans())


if __name__ == "__main__":
    main()
