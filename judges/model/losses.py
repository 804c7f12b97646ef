"""Losses of both stages: dense targets of the tower, guided attention of the decoder."""
from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

IGNORE = -100
WEIGHTS = {"shape": 2.0, "color": 1.0, "size": 1.0, "pattern": 1.0, "word": 1.0, "rank": 0.3,
           "centre": 2.0, "offset": 1.0, "count": 0.3}


def to_pixels(images: Tensor) -> Tensor:
    """uint8 [B,H,W,3] -> [B,3,H,W] in -1..1, SigLIP's normalisation (mean = std = 0.5)."""
    return images.permute(0, 3, 1, 2).float() / 127.5 - 1.0


def patch_owners(instances: Tensor, centers: Tensor, counts: Tensor, patch: int) -> tuple[Tensor, Tensor]:
    """-> owner [B,P]: object of each patch, -1 background, -2 undecided; centre [B,K]: patch of each centre.

    A patch is its largest object's from 10 % cover on; 2 to 10 % is undecided. The patch with an object's
    centre is always that object's.
    """
    b, h, w = instances.shape
    most = centers.shape[1]
    cover = torch.stack([F.avg_pool2d((instances == k + 1).float()[:, None], patch)[:, 0] for k in range(most)], 1)
    share, owner = cover.flatten(2).max(1)
    owner = torch.where(share >= 0.10, owner, torch.where(share >= 0.02, -2, -1))
    cell = (centers / patch).long().clamp_(min=0)
    columns = w // patch
    centre = cell[..., 1].clamp(max=h // patch - 1) * columns + cell[..., 0].clamp(max=columns - 1)
    for k in range(most):  # objects are few
        here = torch.where((k < counts)[:, None], centre[:, k:k + 1], 0)
        now = owner.gather(1, here)
        owner.scatter_(1, here, torch.where((k < counts)[:, None], k, now))
    return owner, centre


class DenseHeads(nn.Module):
    """One throw-away linear layer on the tower's last hidden state that says what each patch shows."""

    def __init__(self, width: int, classes: dict[str, list[str]]):
        super().__init__()
        sizes = {name: len(values) + (name == "shape") for name, values in classes.items() if values}
        self.parts = {**sizes, "centre": 1, "offset": 2}
        self.patch = nn.Linear(width, sum(self.parts.values()))
        self.count = nn.Linear(width, len(classes["rank"]) + 1)

    def forward(self, x: Tensor) -> dict[str, Tensor]:
        out = dict(zip(self.parts, self.patch(x).split(list(self.parts.values()), -1)))
        return {**out, "count": self.count(x.mean(1))}


def dense_targets(batch: dict[str, Tensor], patch: int) -> dict[str, Tensor]:
    """batch: instances, centers, counts, and labels per attribute [B,K] (-1 = none)."""
    owner, centre = patch_owners(batch["instances"], batch["centers"], batch["counts"], patch)
    mine = owner.clamp(min=0)
    targets: dict[str, Tensor] = {"owner": owner}
    for name in ("shape", "color", "size", "pattern", "word", "rank"):
        value = batch[name].gather(1, mine)
        targets[name] = torch.where((owner >= 0) & (value >= 0), value, IGNORE)
    # Background is the shape after the last.
    targets["background"] = owner == -1
    real = torch.arange(centre.shape[1], device=owner.device) < batch["counts"][:, None]
    heat = torch.zeros(owner.shape, device=owner.device)
    heat.scatter_reduce_(1, centre, real.float(), "amax")
    targets["centre"] = heat
    targets["offset"] = batch["centers"].gather(1, mine[..., None].expand(-1, -1, 2)) / patch
    targets["count"] = batch["counts"]
    return targets


def dense_loss(out: dict[str, Tensor], t: dict[str, Tensor]) -> tuple[Tensor, dict[str, Tensor]]:
    background = out["shape"].shape[-1] - 1
    shape = torch.where(t["background"], background, t["shape"])
    losses = {"shape": F.cross_entropy(out["shape"].flatten(0, 1), shape.flatten(), ignore_index=IGNORE)}
    for name in ("color", "size", "pattern", "word", "rank"):
        if name in out:
            ce = F.cross_entropy(out[name].flatten(0, 1), t[name].flatten(), ignore_index=IGNORE, reduction="sum")
            # Signs are rare: few patches must not weigh as much as many.
            losses[name] = ce / (t[name] != IGNORE).sum().clamp(min=2 * len(t["count"]))
    losses["centre"] = F.binary_cross_entropy_with_logits(out["centre"][..., 0], t["centre"])
    mine = (t["owner"] >= 0).float()[..., None]
    losses["offset"] = ((out["offset"] - t["offset"]).abs() * mine).sum() / (2 * mine.sum().clamp(min=1))
    losses["count"] = F.cross_entropy(out["count"], t["count"])
    return sum(WEIGHTS[k] * v for k, v in losses.items()), losses


def dense_hits(out: dict[str, Tensor], t: dict[str, Tensor]) -> dict[str, tuple[float, float]]:
    """name -> (right, all), for held-out scores; `NAME@centre` at the patches with an object's centre."""
    hits: dict[str, tuple[float, float]] = {}
    at_centre = t["centre"] > 0
    for name in ("shape", "color", "size", "pattern", "word", "rank"):
        if name in out:
            right, real = out[name].argmax(-1) == t[name], t[name] != IGNORE
            hits[name] = (float((right & real).sum()), float(real.sum()))
            hits[name + "@centre"] = (float((right & real & at_centre).sum()), float((real & at_centre).sum()))
    said = out["centre"][..., 0] > 0
    both = float((said & at_centre).sum())
    hits["centre F1"] = (2 * both, float(said.sum() + at_centre.sum()))
    mine = t["owner"] >= 0
    error = (out["offset"] - t["offset"]).norm(dim=-1)
    hits["xy error (patches)"] = (float(error[mine].sum()), float(mine.sum()))
    hits["count"] = (float((out["count"].argmax(-1) == t["count"]).sum()), float(len(t["count"])))
    return hits


def answer_loss(logits: Tensor, wanted: Tensor, weight: Tensor) -> Tensor:
    """Mean over answers of the sum over their tokens of weight x cross-entropy; weights are length ** -0.5."""
    ce = F.cross_entropy(logits.float().flatten(0, 1), wanted.flatten(), reduction="none")
    return (ce * weight.flatten()).sum() / weight.square().sum().clamp(min=1)


def guided_loss(query: Tensor, key: Tensor, guided: Tensor, weight: Tensor, target: Tensor, image_at: Tensor,
                mask: Tensor) -> Tensor:
    """Divergence of one head's attention from the target on <s> and the image tokens.

    query, key [B,T,D] of the head; guided [B,G] tokens; target [B,G,1+N]. Text tokens should get none.
    """
    q = query.gather(1, guided[..., None].expand(-1, -1, query.shape[-1])).float()
    score = q @ key.float().transpose(1, 2) * query.shape[-1] ** -0.5
    seen = mask.gather(1, guided[..., None].expand(-1, -1, mask.shape[2]))
    share = score.masked_fill(~seen, -1e9).log_softmax(-1)
    share = torch.cat((share[..., :1], share[..., image_at]), -1)
    divergence = (torch.xlogy(target, target) - target * share).sum(-1)
    return (divergence * weight).sum() / weight.sum().clamp(min=1)


class PlaceHead(nn.Module):
    """Throw-away: what a token that names objects knows of them: is there one; column and row of a single one."""

    def __init__(self, width: int, side: int):
        super().__init__()
        self.side = side
        self.line = nn.Linear(width, 1 + 2 * side)

    def loss(self, hidden: Tensor, guided: Tensor, weight: Tensor, target: Tensor) -> Tensor:
        """hidden [B,T,C] of a layer; guided, weight, target as of guided_loss."""
        here = hidden.gather(1, guided[..., None].expand(-1, -1, hidden.shape[-1])).float()
        there, column, row = self.line(here).split((1, self.side, self.side), -1)
        some = (target[..., 0] < 0.75).float()  # <s> keeps 1 / (1 + objects)
        total = F.binary_cross_entropy_with_logits(there[..., 0], some, reduction="none") * weight
        single = weight * ((target[..., 0] > 0.45).float() * some)
        patch = target[..., 1:].argmax(-1) % (self.side * self.side)
        for logits, wanted in ((column, patch % self.side), (row, patch // self.side)):
            ce = F.cross_entropy(logits.flatten(0, 1), wanted.flatten(), reduction="none").view(single.shape)
            total = total + ce * single
        return total.sum() / weight.sum().clamp(min=1)


class GradeHead(nn.Module):
    """Throw-away: at the end of a sentence that states a relation, whether it holds, after each of two layers; at the
    rating, the shares of objects, attributes and relations that are right, which are what it is made of."""

    def __init__(self, width: int):
        super().__init__()
        self.holds = nn.ModuleList(nn.Linear(width, 1) for _ in range(2))
        self.shares = nn.Linear(width, 3)
        for p in self.parameters():  # what has learned before is not to be shaken by a layer that has not
            nn.init.zeros_(p)

    def forward(self, between: list[Tensor], at: Tensor) -> tuple[list[Tensor], Tensor]:
        """between: two layers' outputs [B,T,C]; at [B,C,5] -> whether it holds [B,C] twice, shares [B,C,3] (logits)."""
        pick = lambda hidden, i: F.rms_norm(
            hidden.gather(1, at[..., i, None].expand(-1, -1, hidden.shape[-1])).float(), hidden.shape[-1:])
        return [line(pick(x, 1))[..., 0] for line, x in zip(self.holds, between)], self.shares(pick(between[-1], 0))

    def loss(self, between: list[Tensor], at: Tensor, parts: Tensor) -> Tensor:
        holds, shares = self(between, at)
        bce = lambda logits, wanted: (F.binary_cross_entropy_with_logits(logits, wanted.clamp(min=0), reduction="none")
                                      * (wanted >= 0)).sum() / (wanted >= 0).sum().clamp(min=1)
        return sum(bce(x, parts[..., 2]) for x in holds) + bce(shares, parts)


def read_loss(query: Tensor, key: Tensor, at: Tensor, word: Tensor, weight: Tensor, mask: Tensor) -> Tensor:
    """Cross-entropy of one head's attention: the tokens `at` [B,C] should attend to the tokens `word` [B,C]."""
    q = query.gather(1, at[..., None].expand(-1, -1, query.shape[-1])).float()
    score = q @ key.float().transpose(1, 2) * query.shape[-1] ** -0.5
    seen = mask.gather(1, at[..., None].expand(-1, -1, mask.shape[2]))
    share = score.masked_fill(~seen, -1e9).log_softmax(-1).gather(2, word[..., None])[..., 0]
    return -(share * weight).sum() / weight.sum().clamp(min=1)


def alignment_loss(image: Tensor, embedding: Tensor, words: dict[str, Tensor], targets: dict[str, Tensor]) -> Tensor:
    """Projected patches resemble the words for what they show.

    image [B,P,C]; words: attribute -> token of each class; targets as of dense_targets. The words of an
    attribute compete for a patch by their embeddings. As the head is the embedding too, a token that looks
    at a patch has the answer at hand, and a phrase resembles what it means before any layer has learned.
    """
    total = image.new_zeros(())
    for name, tokens in words.items():
        logits = image.float() @ embedding[tokens].float().T
        ce = F.cross_entropy(logits.flatten(0, 1), targets[name].flatten(), ignore_index=IGNORE, reduction="sum")
        total = total + ce / (targets[name] != IGNORE).sum().clamp(min=2 * len(image))
    return total / len(words)
