"""Muon for matrices inside blocks, Adam for everything else, one learning-rate schedule for both.

Muon (Keller Jordan, https://kellerjordan.github.io/posts/muon/): Nesterov momentum, whose matrix is
replaced by the nearest semi-orthogonal one through five steps of a quintic Newton-Schulz iteration
X <- aX + (bA + cA^2)X with A = XX^T.
"""
from __future__ import annotations

from collections import defaultdict
from typing import Iterable

import torch
from torch import Tensor, nn


def orthogonalise(x: Tensor, steps: int = 5) -> Tensor:
    """x [n, rows, cols] -> the same with all singular values near 1."""
    a, b, c = 3.4445, -4.7750, 2.0315
    if x.is_cuda:
        x = x.bfloat16()
    tall = x.shape[1] > x.shape[2]
    x = x.transpose(1, 2) if tall else x
    x = x / (x.norm(dim=(1, 2), keepdim=True) + 1e-7)
    for _ in range(steps):
        gram = x @ x.transpose(1, 2)
        x = a * x + (b * gram + c * gram @ gram) @ x
    return x.transpose(1, 2) if tall else x


class Muon(torch.optim.Optimizer):
    def __init__(self, params: Iterable[nn.Parameter], lr: float, momentum: float = 0.95, decay: float = 0.0):
        super().__init__(params, dict(lr=lr, momentum=momentum, decay=decay))

    @torch.no_grad()
    def step(self, closure=None) -> None:  # type: ignore[override]
        for group in self.param_groups:
            by_shape: dict[torch.Size, list[nn.Parameter]] = defaultdict(list)
            for p in group["params"]:
                if p.grad is not None:
                    by_shape[p.shape].append(p)
            for shape, params in by_shape.items():  # matrices of one shape are one batched product
                grads = torch.stack([p.grad for p in params])
                for p in params:
                    if not self.state[p]:
                        self.state[p]["momentum"] = torch.zeros_like(p)
                moments = [self.state[p]["momentum"] for p in params]
                torch._foreach_mul_(moments, group["momentum"])
                torch._foreach_add_(moments, list(grads.unbind()))
                update = orthogonalise(grads + group["momentum"] * torch.stack(moments))
                scale = group["lr"] * max(1.0, shape[0] / shape[1]) ** 0.5
                torch._foreach_mul_(params, 1 - group["lr"] * group["decay"])
                torch._foreach_add_(params, list(update.to(grads.dtype).unbind()), alpha=-scale)


def is_block_matrix(name: str, p: nn.Parameter) -> bool:
    return p.ndim == 2 and (".layers." in name or "multi_modal_projector" in name)


class Optimiser:
    """Both optimisers and their schedule: warm-up, a constant stretch, linear decay over the last part."""

    def __init__(self, named: Iterable[tuple[str, nn.Parameter]], steps: int, muon_lr: float, adam_lr: float,
                 warmup: int = 100, decay_from: float = 0.4, weight_decay: float = 0.0):
        muon, adam = [], []
        for name, p in named:
            if p.requires_grad:
                (muon if is_block_matrix(name, p) else adam).append(p)
        fused = bool(adam) and adam[0].is_cuda
        self.parts: list[tuple[torch.optim.Optimizer, float]] = []
        if muon:
            self.parts.append((Muon(muon, muon_lr, decay=weight_decay), muon_lr))
        if adam:
            self.parts.append((torch.optim.Adam(adam, adam_lr, betas=(0.9, 0.98), fused=fused), adam_lr))
        self.adam_params = adam
        self.steps, self.warmup, self.decay_from = steps, warmup, decay_from

    def rate(self, step: int) -> float:
        """Share of the peak rate at a step."""
        left = (self.steps - step) / max(1.0, self.steps * (1 - self.decay_from))
        return min(1.0, (step + 1) / self.warmup, max(left, 0.0))

    def step(self, step: int) -> None:
        torch.nn.utils.clip_grad_norm_(self.adam_params, 1.0)
        for optimiser, peak in self.parts:
            for group in optimiser.param_groups:
                group["lr"] = peak * self.rate(step)
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)

    def state_dict(self) -> list[dict]:
        return [o.state_dict() for o, _ in self.parts]

    def load_state_dict(self, states: list[dict]) -> None:
        for (optimiser, _), state in zip(self.parts, states, strict=True):
            optimiser.load_state_dict(state)
