#!/usr/bin/env python3
"""Trains the fast parser.

usage: train_parser.py WORK --parses GLOB --captions HASHES --held-out GLOB [--epochs N] [--blocks GCGCGC] ...

WORK keeps state.npz after every epoch; the same command goes on from there. Seeded: the same parses
and options give the same weights on the same machine. WORK/weights.npz is for export_weights.py,
WORK/log.tsv has a line an epoch: loss, then shares of right tags, heads, heads with relations, and
whole sentences among those held out, and seconds.
"""
import argparse
import json
import os
import time

import jax
import numpy as np
import optax

import data
import model


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("work")
    parser.add_argument("--parses", required=True, action="append")
    parser.add_argument("--captions", required=True, help="hashes of those to train on")
    parser.add_argument("--held-out", required=True)
    parser.add_argument("--blocks", default="GCGCGC")
    parser.add_argument("--width", type=int, default=128)
    parser.add_argument("--epochs", type=int, default=12)
    parser.add_argument("--integer-epochs", type=int, default=4, help="the last ones, on 8 bits")
    parser.add_argument("--batch", type=int, default=192, help="sentences of 12 words")
    parser.add_argument("--rate", type=float, default=2.5e-3)
    parser.add_argument("--drop", type=float, default=0.05)
    parser.add_argument("--least", type=int, default=3, help="occurrences of a word of its own")
    return parser.parse_args()


def main():
    options = arguments()
    jax.config.update("jax_compilation_cache_dir", f"{options.work}/compiled")
    os.makedirs(options.work, exist_ok=True)
    allowed = data.read_hashes(options.captions)
    sentences = [s for pattern in options.parses for s in data.read_parses(pattern, allowed)]
    held_out = list(data.read_parses(options.held_out))
    vocabulary = data.Vocabulary.of(sentences, options.least)
    encoded = [vocabulary.encode(s) for s in sentences]
    tests = data.batches([vocabulary.encode(s) for s in held_out], 192)
    tags = len(vocabulary.tags)
    per_epoch = len(data.batches(encoded, options.batch, 0))
    schedule = optax.warmup_cosine_decay_schedule(
        0.0, options.rate, min(500, per_epoch), per_epoch * options.epochs, options.rate * 0.01)
    optimiser = optax.chain(optax.clip_by_global_norm(1.0),
                            optax.adamw(schedule, b2=0.98, weight_decay=0.01))
    params = model.initial(jax.random.PRNGKey(1), options.blocks, options.width, vocabulary)
    state = optimiser.init(params)
    mean = params  # a running mean of the weights, which is what is kept
    first = 0
    leaves, shape = jax.tree.flatten((params, state, mean))
    path = f"{options.work}/state.npz"
    if os.path.exists(path):
        saved = np.load(path)
        first = int(saved["epoch"])
        leaves = [saved[str(n)] for n in range(len(leaves))]
        params, state, mean = jax.tree.unflatten(shape, leaves)
    print(f"{len(sentences)} sentences, {len(vocabulary.words)} words, {per_epoch} batches",
          flush=True)
    with open(f"{options.work}/vocabulary.json", "w", encoding="utf-8") as file:
        json.dump({"words": vocabulary.words, "tags": vocabulary.tags,
                   "relations": vocabulary.relations, "blocks": options.blocks,
                   "width": options.width}, file)

    def make_step(integers):
        @jax.jit
        def step(params, state, mean, batch, key):
            value, gradient = jax.value_and_grad(model.loss)(params, options.blocks, tags, batch,
                                                             key, integers, options.drop)
            updates, state = optimiser.update(gradient, state, params)
            params = optax.apply_updates(params, updates)
            mean = jax.tree.map(lambda m, p: 0.998 * m + 0.002 * p, mean, params)
            return params, state, mean, value

        return step

    steps = [make_step(False), make_step(True)]
    judge = jax.jit(lambda p, b: model.right(p, options.blocks, tags, b, True))
    for epoch in range(first, options.epochs):
        begin, total = time.time(), 0.0
        integers = epoch >= options.epochs - options.integer_epochs
        for n, batch in enumerate(data.batches(encoded, options.batch, epoch)):
            key = jax.random.fold_in(jax.random.PRNGKey(2), epoch * per_epoch + n)
            params, state, mean, value = steps[integers](params, state, mean, batch, key)
            total += float(value)
        c = sum(np.array(judge(mean, batch)) for batch in tests)
        line = (f"{epoch}\t{total / per_epoch:.4f}\t{c[1] / c[0]:.4f}\t{c[2] / c[0]:.4f}\t"
                f"{c[3] / c[0]:.4f}\t{c[5] / c[4]:.4f}\t{time.time() - begin:.0f}")
        print(line, flush=True)
        with open(f"{options.work}/log.tsv", "a", encoding="utf-8") as log:
            log.write(line + "\n")
        leaves, _ = jax.tree.flatten((params, state, mean))
        np.savez(path + ".new.npz", epoch=epoch + 1,
                 **{str(n): np.array(leaf) for n, leaf in enumerate(leaves)})
        os.replace(path + ".new.npz", path)
        np.savez(f"{options.work}/weights.npz", **{n: np.array(p) for n, p in mean.items()})


if __name__ == "__main__":
    main()
