"""The fast parser's network: word features, blocks of gated sums and windows, four heads.

One step of a sentence is a vector of `width` numbers for each word. Blocks:
  G  gated sums: u and f = gate(...) from the normalised vectors; one half of the numbers is summed
     from the left, h = f h' + (1 - f) u, the other half from the right; relu(h) is mixed and added
  C  windows: relu of a mix of the normalised vectors of a word and its neighbours is added
Every product of matrices has an input on a fixed scale (normalised vectors within CLIP, or relu
outputs within a limit measured on the data), so that 8-bit integers can do it.
"""
import jax
import jax.numpy as jnp
import numpy as np

from data import ABSENT, AFFIXES, LEXICON_STEPS, STEPS, TABLE, UNKNOWN
from gated_sums import gated_sums

CLIP = 6.0  # of normalised vectors
TABLE_SCALE = 48.0  # of the tables' 8-bit integers
# The integers of the program are exact in either.
PRECISION = jnp.bfloat16 if jax.default_backend() == "gpu" else jnp.float32
ARC = 96  # numbers that heads and dependents are compared by
RELATION = 96


def initial(key, blocks, width, vocabulary):
    params = {}

    def matrix(name, rows, columns, bias=0.0):
        nonlocal key
        key, part = jax.random.split(key)
        params[name + ".w"] = jax.random.normal(part, (rows, columns)) / np.sqrt(rows)
        params[name + ".b"] = jnp.full(columns, bias)

    def table(name, rows):
        nonlocal key
        key, part = jax.random.split(key)
        params[name] = jax.random.normal(part, (rows, width)) * 0.3

    table("words", vocabulary.own + 2)
    table("affixes", TABLE * len(AFFIXES))
    for n, kind in enumerate(blocks):
        if kind == "G":
            matrix(f"{n}.in", width, 2 * width)
            matrix(f"{n}.out", width, width)
            params[f"{n}.limit"] = jnp.array(4.0)
        else:
            matrix(f"{n}.in", 3 * width, width)
    matrix("heads", width, len(vocabulary.tags) + 2 * ARC + 2 * RELATION)
    matrix("relation", RELATION, len(vocabulary.relations))
    matrix("lexicon", width, vocabulary.lexicon_tags)
    params["root"] = jax.random.normal(key, (ARC,)) * 0.1
    return params


def rounded(x):
    return x + jax.lax.stop_gradient(jnp.round(x) - x)


def product(params, name, x, limit, integers):
    """x (within +-limit) times a matrix; with `integers` as 8-bit integers will do it."""
    w = params[name + ".w"]
    scale = jax.lax.stop_gradient(jnp.abs(w).max(0, keepdims=True)) / 127 + 1e-12
    step = jax.lax.stop_gradient(limit) / 127
    x, w = jnp.clip(x, -limit, limit) / step, w / scale
    x, w = (jnp.where(integers, rounded(part), part).astype(PRECISION) for part in (x, w))
    return (x @ w).astype(jnp.float32) * (step * scale) + params[name + ".b"]


def normalised(x):
    x = x - x.mean(-1, keepdims=True)
    return x * jax.lax.rsqrt((x * x).mean(-1, keepdims=True) + 1e-5)


def gate(x):
    return jnp.clip(0.25 * x + 0.75, 0.0, 1.0)


def word_vectors(params, ids, integers):
    """ids [..., 1 + affixes]"""
    offsets = jnp.arange(len(AFFIXES)) * TABLE
    words, affixes = params["words"], params["affixes"]
    words, affixes = (
        jnp.where(integers, jnp.clip(rounded(t * TABLE_SCALE), -127, 127) / TABLE_SCALE, t)
        for t in (words, affixes))
    return words[ids[..., 0]] + affixes[ids[..., 1:] + offsets].sum(-2)


def encode(params, blocks, ids, mask, integers, key=None, drop=0.0):
    if key is not None:
        key, part = jax.random.split(key)
        unknown = jax.random.uniform(part, ids.shape[:2]) < 0.03
        ids = ids.at[..., 0].set(jnp.where(unknown, UNKNOWN, ids[..., 0]))
    x = word_vectors(params, ids, integers) * mask[..., None]
    width = x.shape[-1]
    for n, kind in enumerate(blocks):
        y = normalised(x) * mask[..., None]
        if kind == "G":
            u, f = jnp.split(product(params, f"{n}.in", y, CLIP, integers), 2, -1)
            f = jnp.where(mask[..., None] > 0, gate(f), 1.0)
            half = width // 2
            h = jnp.concatenate([gated_sums(f[..., :half], u[..., :half], False),
                                 gated_sums(f[..., half:], u[..., half:], True)], -1)
            y = product(params, f"{n}.out", jax.nn.relu(h), params[f"{n}.limit"], integers)
        else:
            z = jnp.pad(y, ((0, 0), (1, 1), (0, 0)))
            z = jnp.concatenate([z[:, :-2], z[:, 1:-1], z[:, 2:]], -1)
            y = jax.nn.relu(product(params, f"{n}.in", z, CLIP, integers))
        if key is not None and drop > 0:
            key, part = jax.random.split(key)
            y = y * (jax.random.uniform(part, (y.shape[0], 1, width)) > drop) / (1 - drop)
        x = x + y
    return normalised(x)


def scores(params, tags, x, mask, integers):
    """Scores of tags, of heads (column 0: the root), and what relations are read from."""
    out = product(params, "heads", x, CLIP, integers)
    tag, dependent, head, rel_dependent, rel_head = jnp.split(
        out, np.cumsum([tags, ARC, ARC, RELATION]), -1)
    root = jnp.broadcast_to(params["root"], (x.shape[0], 1, ARC))
    head = jnp.concatenate([root, head], 1)
    arcs = jnp.einsum("bid,bjd->bij", dependent, head) / 8
    there = jnp.concatenate([jnp.ones((x.shape[0], 1)), mask], 1)
    return tag, jnp.where(there[:, None] > 0, arcs, -1e9), rel_dependent, rel_head


def relation_scores(params, rel_dependent, rel_head, heads):
    chosen = jnp.take_along_axis(rel_head, jnp.maximum(heads - 1, 0)[..., None], 1)
    hidden = jax.nn.relu(rel_dependent + chosen)
    return hidden @ params["relation.w"] + params["relation.b"]


def arrays(batch):
    ids, tag, heads, relations, *_, mask = batch
    return (ids, *(part.astype(jnp.int32) for part in (tag, heads, relations)),
            mask.astype(jnp.float32))


def weight(gaps, temperature):
    """Of alternatives that are less probable by this much than what weighs 1."""
    return jnp.where(gaps == ABSENT, 0.0, jnp.exp(-gaps.astype(jnp.float32) / (STEPS * temperature)))


def surprise(logits, truth, other, gaps, temperature):
    """By the truth and one alternative."""
    logits = jax.nn.log_softmax(logits)
    first, second = (jnp.take_along_axis(logits, names.astype(jnp.int32)[..., None], -1)[..., 0]
                     for names in (truth, other))
    share = weight(gaps, temperature)
    return -(first + share * second) / (1 + share)


def word_loss(params, ids, scores, integers):
    """Of what the vectors of words say of how well tags go with them (a linear map of them), against
    the exact parser's lexicon. ids [words, 1 + affixes], scores [words, lexicon tags]."""
    x = normalised(word_vectors(params, ids, integers))
    off = jnp.abs(x @ params["lexicon.w"] + params["lexicon.b"] - scores.astype(jnp.float32) / LEXICON_STEPS)
    return jnp.where(off < 1, 0.5 * off * off, off - 0.5).mean()


def loss(params, blocks, tags, batch, key, integers, drop, temperature):
    """Against the best tree and, the less the colder, the next best ones. At a temperature the best
    tree stays the best, so all agree on what is right; near it, they say how near the others were."""
    ids, tag, heads, relations, mask = arrays(batch)
    _, _, _, _, other_tag, tag_gap, other_relation, relation_gap, head_gaps, _ = batch
    x = encode(params, blocks, ids, mask, integers, key, drop)
    tag_scores, arcs, rel_dependent, rel_head = scores(params, tags, x, mask, integers)
    # The relation of the word under the root is known.
    related = jnp.where(heads > 0, surprise(
        relation_scores(params, rel_dependent, rel_head, heads), relations, other_relation,
        relation_gap, temperature), 0)
    shares = weight(head_gaps, temperature)
    shares = shares / jnp.maximum(1.0, shares.sum(-1, keepdims=True))
    headed = -jnp.where(shares > 0, shares * jax.nn.log_softmax(arcs), 0.0).sum(-1)
    total = surprise(tag_scores, tag, other_tag, tag_gap, temperature) + headed + related
    return (total * mask).sum() / mask.sum()


def right(params, blocks, tags, batch, integers):
    """Counts: words, right tags, right heads, right heads with relations, sentences, right ones."""
    ids, tag, heads, relations, mask = arrays(batch)
    x = encode(params, blocks, ids, mask, integers)
    tag_scores, arcs, rel_dependent, rel_head = scores(params, tags, x, mask, integers)
    head = arcs.argmax(-1)
    relation = relation_scores(params, rel_dependent, rel_head, head).argmax(-1)
    there = mask > 0
    labelled = (head == heads) & ((relation == relations) | (heads == 0))
    whole = ((labelled & (tag_scores.argmax(-1) == tag)) | ~there).all(1) & there.any(1)
    return jnp.stack([there.sum(), ((tag_scores.argmax(-1) == tag) & there).sum(),
                      ((head == heads) & there).sum(), (labelled & there).sum(),
                      there.any(1).sum(), whole.sum()])
