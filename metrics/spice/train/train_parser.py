#!/usr/bin/env python3
"""Trains the fast parser.

usage: train_parser.py WORK --parses GLOB… --held-out FILE [--epochs N | --minutes M] [--blocks CGCGCG] …

Reads what pack_parses.py wrote. WORK keeps state.npz after every epoch; the same command goes on from
there. Seeded: the same parses and options give the same weights on the same machine, but for
--minutes, which fits the schedule into a time instead of a number of epochs. Files that match GLOB
and came since are read before each epoch; their words have no rows of their own. WORK/weights.npz is
for export_weights.py, WORK/caption_hashes.bin says what was trained on (a bit for each hash),
WORK/log.tsv has a line an epoch: loss, then shares of right tags, heads, heads with relations, and
whole sentences among those held out, sentences a second, seconds.
"""
import argparse
import concurrent.futures
import json
import os
import time

import jax
import jax.numpy as jnp
import numpy as np
import optax

import data
import model


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("work")
    parser.add_argument("--parses", required=True, nargs="+")
    parser.add_argument("--held-out", required=True)
    parser.add_argument("--blocks", default="CGCGCG")
    parser.add_argument("--width", type=int, default=256)
    parser.add_argument("--epochs", type=int, default=12)
    parser.add_argument("--minutes", type=float, help="whole time, instead of --epochs")
    parser.add_argument("--integers", type=float, default=0.6, help="8 bits from this share on")
    parser.add_argument("--temperature", type=float, default=1.0,
                        help="of the next best trees at first; 0.3 at the end")
    parser.add_argument("--batch", type=int, default=12288, help="words")
    parser.add_argument("--rate", type=float, default=2e-3)
    parser.add_argument("--drop", type=float, default=0.05)
    parser.add_argument("--least", type=int, default=10, help="occurrences of a word of its own")
    parser.add_argument("--lexicon", help="words, and the scores of their tags")
    parser.add_argument("--from", dest="origin", help="folder of a parser to go on from, with more "
                        "captions or blocks")
    return parser.parse_args()


class Trainer:
    def __init__(self, options, vocabulary, lexicon, features):
        """`features` of the vocabulary's words; those of the lexicon come first."""
        self.options, self.tags, self.own = options, len(vocabulary.tags), vocabulary.own
        self.lexicon = lexicon and (features[:len(lexicon.words)], jnp.array(lexicon.scores))
        self.optimiser = optax.chain(optax.clip_by_global_norm(1.0),
                                     optax.scale_by_adam(b2=0.98),
                                     optax.add_decayed_weights(0.01))
        self.params = model.initial(jax.random.PRNGKey(1), options.blocks, options.width,
                                    vocabulary)
        self.state = self.optimiser.init(self.params)
        self.mean = self.params  # a running mean of the weights, which is what is kept
        self.epoch, self.seconds = 0, 0.0
        self.steps = {}  # by length, compiled

    def compile(self, batches, held_out):
        """For some batches, all at a time: it takes long."""
        key = jax.random.PRNGKey(0)

        def step(batch):
            return jax.jit(self.step).lower(self.params, self.state, self.mean, batch, key, 1.0,
                                            True, 1.0).compile()

        with concurrent.futures.ThreadPoolExecutor() as pool:
            judge = pool.submit(lambda: jax.jit(self.judge).lower(self.mean, held_out).compile())
            self.steps = dict(zip(batches, pool.map(step, batches.values())))
            self.judge = judge.result()

    def step(self, params, state, mean, batch, key, rate, integers, temperature):
        def loss(params):
            value = model.loss(params, self.options.blocks, self.tags, batch, key, integers,
                               self.options.drop, temperature)
            if not self.lexicon:
                return value
            ids, scores = self.lexicon
            draw = jax.random.randint(jax.random.fold_in(key, 1), (4096,), 0, len(ids))
            draw = draw.at[::2].set(draw[::2] % self.own)
            return value + 0.2 * model.word_loss(params, ids[draw], scores[draw], integers)

        value, gradient = jax.value_and_grad(loss)(params)
        updates, state = self.optimiser.update(gradient, state, params)
        params = jax.tree.map(lambda p, u: p - rate * u, params, updates)
        mean = jax.tree.map(lambda m, p: 0.998 * m + 0.002 * p, mean, params)
        return params, state, mean, value

    def judge(self, params, batch):
        return model.right(params, self.options.blocks, self.tags, batch, True)

    def save(self, path):
        leaves, _ = jax.tree.flatten((self.params, self.state, self.mean))
        np.savez(path + ".new.npz", epoch=self.epoch, seconds=self.seconds,
                 **{str(n): np.array(leaf) for n, leaf in enumerate(leaves)})
        os.replace(path + ".new.npz", path)

    def start_from(self, folder, vocabulary):
        """Takes over what another parser has learned; names that it lacks begin as unknown ones."""
        with open(f"{folder}/vocabulary.json", encoding="utf-8") as file:
            known = json.load(file)
        with np.load(f"{folder}/weights.npz") as file:
            old = {name: file[name].astype(np.float32) for name in file}
        rows = {word: n + data.FIRST_WORD for n, word in enumerate(known["words"])}
        words = [rows.get(word, data.UNKNOWN) for word in vocabulary.words[:vocabulary.own]]
        old["words"] = old["words"][[*range(data.FIRST_WORD), *words]]
        new = {name: np.array(value) for name, value in self.params.items()}
        for kind, matrix in (("tags", "heads"), ("relations", "relation")):
            ours, theirs = getattr(vocabulary, kind), known[kind]
            both = [name for name in ours if name in theirs]
            for name in (matrix + ".w", matrix + ".b"):
                value, before = new[name].copy(), old[name]
                value[..., len(ours):] = before[..., len(theirs):]
                value[..., [ours.index(n) for n in both]] = before[..., [theirs.index(n) for n in both]]
                old[name] = value
        for n in range(len(known["blocks"]), len(self.options.blocks)):
            last = f"{n}.out.w" if self.options.blocks[n] == "G" else f"{n}.in.w"
            new[last] *= 0.1  # a new block begins by changing little
        self.params = {name: jnp.array(old.get(name, value)) for name, value in new.items()}
        self.state, self.mean = self.optimiser.init(self.params), self.params

    def resume(self, path):
        leaves, shape = jax.tree.flatten((self.params, self.state, self.mean))
        with np.load(path) as saved:
            self.epoch, self.seconds = int(saved["epoch"]), float(saved["seconds"])
            leaves = [jnp.array(saved[str(n)]) for n in range(len(leaves))]
        self.params, self.state, self.mean = jax.tree.unflatten(shape, leaves)


@jax.jit
def gathered(features, columns, rows):
    words, *rest = (column[rows] for column in columns)
    return features[words], *rest


class Parses:
    """What matches the globs, in the memory of the device; padding words have the last number."""

    def __init__(self, patterns, vocabulary, lengths=data.LENGTHS):
        self.patterns, self.vocabulary, self.lengths = patterns, vocabulary, lengths
        self.paths, self.columns, self.count, self.hashes = [], {}, 0, np.zeros(0, np.uint32)

    def refresh(self):
        new = [path for path in data.paths_of(self.patterns) if path not in self.paths]
        if not new:
            return
        known = self.columns
        loaded, hashes = data.load(new, self.vocabulary, self.lengths)
        self.columns = {n: [np.concatenate(pair) for pair in zip(known[n], loaded[n])]
                        if known else loaded[n] for n in loaded}
        self.paths += new
        self.hashes = np.concatenate([self.hashes, hashes])
        self.count = sum(len(columns[0]) for columns in self.columns.values())
        # A multiple of some words, so that new ones seldom change shapes that steps are compiled for.
        features = self.vocabulary.features()
        self.features = jnp.array(np.pad(features, ((0, -len(features) % 16384), (0, 0))))
        padding = len(features) - 1
        self.on_device = {n: [jnp.array(np.where(c[-1], c[0], padding)), *map(jnp.array, c[1:])]
                          for n, c in self.columns.items()}

    def batch(self, length, rows):
        return gathered(self.features, self.on_device[length], rows)

    def all(self):
        length = self.lengths[-1]
        return length, np.arange(len(self.columns[length][0]))

    def batches(self, words, seed):
        """(length, rows) of about so many words each, in a random order, all of one size."""
        rng = np.random.default_rng(seed)
        result = []
        for length, columns in self.columns.items():
            size = max(8, words // length // 8 * 8)
            order = rng.permutation(len(columns[0]))
            order = np.concatenate([order, rng.integers(0, len(order), -len(order) % size)])
            result += [(length, rows) for rows in order.reshape(-1, size).astype(np.int32)]
        return [result[n] for n in rng.permutation(len(result))]


def write_hashes(path, hashes, origin):
    """A bit for each hash, those that the parser gone on from was trained on included."""
    bits = np.zeros(1 << data.HASH_BITS, np.uint8)
    bits[hashes] = 1
    packed = np.packbits(bits, bitorder="little")
    if origin:
        packed |= np.fromfile(f"{origin}/caption_hashes.bin", np.uint8)
    packed.tofile(path)


def main():
    options = arguments()
    start = time.time()
    work = options.work
    os.makedirs(work, exist_ok=True)
    jax.config.update("jax_compilation_cache_dir", f"{work}/compiled")
    lexicon = options.lexicon and data.Lexicon(options.lexicon)
    vocabulary = data.Vocabulary.of(data.paths_of(options.parses), options.least, lexicon)
    parses = Parses(options.parses, vocabulary)
    held_out = Parses([options.held_out], vocabulary, [40])
    parses.refresh()
    held_out.refresh()
    trainer = Trainer(options, vocabulary, lexicon, parses.features)
    if options.origin:
        trainer.start_from(options.origin, vocabulary)
    if os.path.exists(f"{work}/state.npz"):
        trainer.resume(f"{work}/state.npz")
    with open(f"{work}/vocabulary.json", "w", encoding="utf-8") as file:
        json.dump({"words": vocabulary.words[:vocabulary.own], "tags": vocabulary.tags,
                   "relations": vocabulary.relations, "blocks": options.blocks,
                   "width": options.width}, file)
    print(f"{parses.count} sentences, {vocabulary.own} words, {jax.devices()[0].device_kind}, "
          f"{time.time() - start:.0f} s", flush=True)

    before = trainer.seconds

    def position(share):
        if options.minutes:
            return (before + time.time() - start) / (60 * options.minutes)
        return (trainer.epoch + share) / options.epochs

    while position(0) < 1:
        begin, total = time.time(), 0.0
        parses.refresh()
        batches = parses.batches(options.batch, trainer.epoch)
        if not trainer.steps:
            trainer.compile({length: parses.batch(length, rows) for length, rows in batches},
                            held_out.batch(*held_out.all()))
            print(f"compiled, {time.time() - start:.0f} s", flush=True)
        done, steps = 0, 0
        for n, (length, rows) in enumerate(batches):
            at = position(n / len(batches))
            if at >= 1:
                break
            warm = min(1.0, (n + 1) / 300) if trainer.epoch == 0 else 1.0
            rate = options.rate * warm * max(0.01, 0.5 + 0.5 * np.cos(np.pi * at))
            key = jax.random.fold_in(jax.random.PRNGKey(2), trainer.epoch << 16 | n)
            trainer.params, trainer.state, trainer.mean, value = trainer.steps[length](
                trainer.params, trainer.state, trainer.mean, parses.batch(length, rows), key,
                float(rate), bool(at >= options.integers),
                float(options.temperature * (1 - at) + 0.3 * at))
            total += value
            done += len(rows)
            steps += 1
            if n % 50 == 49:  # the clock of the schedule is that of the device
                total = float(total)
        trainer.epoch += 1
        c = np.array(trainer.judge(trainer.mean, held_out.batch(*held_out.all())))
        spent = time.time() - begin
        trainer.seconds = before + time.time() - start
        line = (f"{trainer.epoch}\t{float(total) / max(1, steps):.4f}\t{c[1] / c[0]:.4f}\t"
                f"{c[2] / c[0]:.4f}\t{c[3] / c[0]:.4f}\t{c[5] / c[4]:.4f}\t{done / spent:.0f}\t"
                f"{trainer.seconds:.0f}")
        print(line, flush=True)
        with open(f"{work}/log.tsv", "a", encoding="utf-8") as log:
            log.write(line + "\n")
        trainer.save(f"{work}/state.npz")
        np.savez(f"{work}/weights.npz", **{n: np.array(p) for n, p in trainer.mean.items()})
        write_hashes(f"{work}/caption_hashes.bin", parses.hashes, options.origin)


if __name__ == "__main__":
    main()
