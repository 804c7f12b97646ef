"""The model in plain torch; parameter names are those of LLaVA's hub checkpoints, one to one.

SigLIP tower (last hidden state, no post-norm), two-layer GELU projector, Llama decoder with tied head.
Plain modules rather than transformers' own, because training wants two things those lack: the query
and key of single heads (for guided attention), and a last layer that runs on answer tokens only.
"""
from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Sequence

import torch
import torch.nn.functional as F
from torch import Tensor, nn


@dataclass(frozen=True)
class Config:
    """Sizes. Inputs of matrices are multiples of 128 wide, so that groups of 128 can be quantised."""

    image: int = 64
    patch: int = 8
    tower_width: int = 128
    tower_layers: int = 4
    tower_heads: int = 4
    tower_mlp: int = 512
    width: int = 128
    layers: int = 5
    heads: int = 4
    kv_heads: int = 4
    mlp: int = 256
    vocab: int = 512
    # Content is matched by the dimensions of a head that hardly turn over a sequence. Of 32, the usual
    # 10 000 leaves 8 such; this leaves 18.
    rope_theta: float = 1e7

    @property
    def patches(self) -> int:
        return (self.image // self.patch) ** 2

    def to_dict(self) -> dict[str, float]:
        return asdict(self)


def small(**changes) -> Config:
    """1.8 M parameters, 64 px: what two CPU cores can train."""
    return Config(**changes)


def size_s(**changes) -> Config:
    """6.8 M parameters, 96 px: 13.6 MB in fp16, for a GPU."""
    base = dict(image=96, tower_width=256, tower_mlp=1024, width=256, layers=4, kv_heads=2, mlp=768, vocab=1024)
    return Config(**{**base, **changes})


SIZES = {"small": small, "S": size_s}


class SiglipAttention(nn.Module):
    def __init__(self, width: int, heads: int):
        super().__init__()
        self.heads = heads
        self.q_proj = nn.Linear(width, width)
        self.k_proj = nn.Linear(width, width)
        self.v_proj = nn.Linear(width, width)
        self.out_proj = nn.Linear(width, width)

    def forward(self, x: Tensor) -> Tensor:
        b, n, c = x.shape
        q, k, v = (p(x).view(b, n, self.heads, -1).transpose(1, 2) for p in (self.q_proj, self.k_proj, self.v_proj))
        return self.out_proj(F.scaled_dot_product_attention(q, k, v).transpose(1, 2).reshape(b, n, c))


class SiglipMlp(nn.Module):
    def __init__(self, width: int, hidden: int):
        super().__init__()
        self.fc1 = nn.Linear(width, hidden)
        self.fc2 = nn.Linear(hidden, width)

    def forward(self, x: Tensor) -> Tensor:
        return self.fc2(F.gelu(self.fc1(x), approximate="tanh"))


class SiglipLayer(nn.Module):
    def __init__(self, c: Config):
        super().__init__()
        self.layer_norm1 = nn.LayerNorm(c.tower_width, eps=1e-6)
        self.self_attn = SiglipAttention(c.tower_width, c.tower_heads)
        self.layer_norm2 = nn.LayerNorm(c.tower_width, eps=1e-6)
        self.mlp = SiglipMlp(c.tower_width, c.tower_mlp)

    def forward(self, x: Tensor) -> Tensor:
        x = x + self.self_attn(self.layer_norm1(x))
        return x + self.mlp(self.layer_norm2(x))


class SiglipEmbeddings(nn.Module):
    def __init__(self, c: Config):
        super().__init__()
        self.patch_embedding = nn.Conv2d(3, c.tower_width, c.patch, c.patch)
        self.position_embedding = nn.Embedding(c.patches, c.tower_width)
        self.side = c.image // c.patch

    def forward(self, pixels: Tensor) -> Tensor:
        return self.patch_embedding(pixels).flatten(2).transpose(1, 2) + self.position_embedding.weight


class SiglipEncoder(nn.Module):
    def __init__(self, c: Config):
        super().__init__()
        self.layers = nn.ModuleList(SiglipLayer(c) for _ in range(c.tower_layers))


class SiglipTower(nn.Module):
    def __init__(self, c: Config):
        super().__init__()
        self.embeddings = SiglipEmbeddings(c)
        self.encoder = SiglipEncoder(c)

    def forward(self, pixels: Tensor) -> Tensor:
        """pixels [B,3,H,W] in -1..1 -> [B, patches, width]."""
        x = self.embeddings(pixels)
        for layer in self.encoder.layers:
            x = layer(x)
        return x


class VisionTower(nn.Module):
    def __init__(self, c: Config):
        super().__init__()
        self.vision_model = SiglipTower(c)

    def forward(self, pixels: Tensor) -> Tensor:
        return self.vision_model(pixels)


class Projector(nn.Module):
    """`shift` and `scale` bring the tower's last hidden state, which no norm follows, to unit size.

    They are no parameters: export folds them into linear_1.
    """

    def __init__(self, c: Config):
        super().__init__()
        self.linear_1 = nn.Linear(c.tower_width, c.width)
        self.linear_2 = nn.Linear(c.width, c.width)
        self.register_buffer("shift", torch.zeros(c.tower_width))
        self.register_buffer("scale", torch.ones(()))

    def forward(self, x: Tensor) -> Tensor:
        return self.linear_2(F.gelu(self.linear_1((x - self.shift) * self.scale)))


class LlamaAttention(nn.Module):
    def __init__(self, c: Config):
        super().__init__()
        self.heads, self.kv_heads, self.size = c.heads, c.kv_heads, c.width // c.heads
        self.q_proj = nn.Linear(c.width, c.heads * self.size, bias=False)
        self.k_proj = nn.Linear(c.width, c.kv_heads * self.size, bias=False)
        self.v_proj = nn.Linear(c.width, c.kv_heads * self.size, bias=False)
        self.o_proj = nn.Linear(c.heads * self.size, c.width, bias=False)


class LlamaMlp(nn.Module):
    def __init__(self, c: Config):
        super().__init__()
        self.gate_proj = nn.Linear(c.width, c.mlp, bias=False)
        self.up_proj = nn.Linear(c.width, c.mlp, bias=False)
        self.down_proj = nn.Linear(c.mlp, c.width, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        return self.down_proj(F.silu(self.gate_proj(x)) * self.up_proj(x))


def rotate(x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    """Rotary positions, halves as transformers' Llama has them. x [B,H,T,D]; cos, sin [B,1,T,D]."""
    half = x.shape[-1] // 2
    return x * cos + torch.cat((-x[..., half:], x[..., :half]), -1) * sin


def pick(x: Tensor, rows: Tensor) -> Tensor:
    """x [B,T,C], rows [B,R] -> [B,R,C]."""
    return x.gather(1, rows[..., None].expand(-1, -1, x.shape[-1]))


class LlamaLayer(nn.Module):
    def __init__(self, c: Config):
        super().__init__()
        self.input_layernorm = nn.RMSNorm(c.width, eps=1e-6)
        self.self_attn = LlamaAttention(c)
        self.post_attention_layernorm = nn.RMSNorm(c.width, eps=1e-6)
        self.mlp = LlamaMlp(c)

    def forward(self, x: Tensor, cos: Tensor, sin: Tensor, mask: Tensor, rows: Tensor | None):
        """rows [B,R]: compute these tokens only (mask has their rows). Also returns query and key."""
        a = self.self_attn
        b, t, _ = x.shape
        h = self.input_layernorm(x)
        k = rotate(a.k_proj(h).view(b, t, a.kv_heads, a.size).transpose(1, 2), cos, sin)
        v = a.v_proj(h).view(b, t, a.kv_heads, a.size).transpose(1, 2)
        if rows is not None:
            x, h = pick(x, rows), pick(h, rows)
            cos, sin = (pick(e[:, 0], rows)[:, None] for e in (cos, sin))
        q = rotate(a.q_proj(h).view(b, -1, a.heads, a.size).transpose(1, 2), cos, sin)
        share = a.heads // a.kv_heads
        keys, values = (e.repeat_interleave(share, 1) if share > 1 else e for e in (k, v))
        if x.is_cuda:
            y = F.scaled_dot_product_attention(q, keys.to(q.dtype), values.to(q.dtype), attn_mask=mask[:, None])
        else:  # on a CPU, fused attention is faster in fp32, and products of matrices in bf16
            y = F.scaled_dot_product_attention(q.float(), keys.float(), values.float(), attn_mask=mask[:, None])
        x = x + a.o_proj(y.transpose(1, 2).reshape(b, x.shape[1], -1))
        return x + self.mlp(self.post_attention_layernorm(x)), q, k


class LlamaModel(nn.Module):
    def __init__(self, c: Config):
        super().__init__()
        self.embed_tokens = nn.Embedding(c.vocab, c.width)
        self.layers = nn.ModuleList(LlamaLayer(c) for _ in range(c.layers))
        self.norm = nn.RMSNorm(c.width, eps=1e-6)


class LanguageModel(nn.Module):
    """`model` only: the head is the transposed embedding."""

    def __init__(self, c: Config):
        super().__init__()
        self.model = LlamaModel(c)


class Llava(nn.Module):
    def __init__(self, c: Config):
        super().__init__()
        self.config = c
        self.vision_tower = VisionTower(c)
        self.multi_modal_projector = Projector(c)
        self.language_model = LanguageModel(c)
        self.apply(init)

    def forward(self, features: Tensor, ids: Tensor, image_at: Tensor, positions: Tensor, mask: Tensor,
                rows: Tensor, guides: Sequence[tuple[int, int]] = (), halfway: Sequence[int] = ()):
        """One packed batch.

        features   [B, images * patches, tower width]
        ids        [B, T] tokens; those at image_at are replaced
        image_at   [images * patches] places of image tokens (the same in all sequences of a batch)
        positions  [B, T]; mask [B, T, T], true = may be seen
        rows       [B, R] tokens whose logits are wanted
        guides     (layer, head) whose queries and keys are returned too
        halfway    layers whose output is returned too
        -> logits [B,R,vocab], (query, key) of each guide, projected image tokens [B, images * patches, width],
           outputs of the layers `halfway` [B,T,width]
        """
        c = self.config
        lm = self.language_model.model
        image = self.multi_modal_projector(features)
        x = lm.embed_tokens(ids).index_copy(1, image_at, image.to(lm.embed_tokens.weight.dtype))
        size = c.width // c.heads
        angle = positions[..., None].float() * torch.pow(
            c.rope_theta, -torch.arange(0, size, 2, device=ids.device).float() / size)
        angle = torch.cat((angle, angle), -1)[:, None]
        cos, sin = angle.cos(), angle.sin()
        heads: dict[tuple[int, int], tuple[Tensor, Tensor]] = {}
        last = len(lm.layers) - 1
        between: list[Tensor] = []
        for i, layer in enumerate(lm.layers):
            only = rows if i == last else None
            seen = mask if only is None else mask.gather(1, rows[..., None].expand(-1, -1, mask.shape[2]))
            x, q, k = layer(x, cos, sin, seen, only)
            share = c.heads // c.kv_heads
            heads |= {(at, head): (q[:, head], k[:, head // share]) for at, head in guides if at == i}
            between += [x] if i in halfway else []
        return F.linear(lm.norm(x), lm.embed_tokens.weight), [heads[g] for g in guides], image, between


def init(module: nn.Module) -> None:
    """Small normal weights; zero biases. Muon sets the scale of block matrices within a few steps."""
    if isinstance(module, (nn.Linear, nn.Conv2d)):
        fan = module.weight[0].numel()
        nn.init.normal_(module.weight, std=fan ** -0.5)
        if module.bias is not None:
            nn.init.zeros_(module.bias)
    elif isinstance(module, nn.Embedding):
        nn.init.normal_(module.weight, std=0.02)
    elif isinstance(module, SiglipEmbeddings):  # comes after its own embedding
        with torch.no_grad():
            module.position_embedding.weight.copy_(waves(module.side, module.position_embedding.embedding_dim))


def waves(side: int, width: int) -> Tensor:
    """Sines and cosines of column and row: learned positions start where neighbours are alike."""
    quarter = width // 4
    rates = torch.pi / side * torch.pow(float(side), torch.arange(quarter) / quarter)
    angle = torch.arange(side)[:, None] * rates
    line = torch.cat((angle.sin(), angle.cos()), 1)  # [side, width / 2]
    rows, columns = line[:, None].expand(-1, side, -1), line[None].expand(side, -1, -1)
    return 0.5 * torch.cat((columns, rows), -1).reshape(side * side, width)
