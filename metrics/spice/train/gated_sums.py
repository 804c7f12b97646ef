"""Gated sums along the words, h = f h' + (1 - f) u, and their derivatives as kernels for a GPU.

XLA makes a logarithm of passes over all numbers of them, on every one of a batch's vectors; a kernel
reads and writes each number once. Elsewhere the passes will do.
"""
import functools

import jax
import jax.numpy as jnp
from jax.experimental import pallas


def in_passes(f, u, reverse):
    def both(first, second):
        return first[0] * second[0], second[0] * first[1] + second[1]

    return jax.lax.associative_scan(both, (f, (1 - f) * u), reverse=reverse, axis=1)[1]


def run(kernel, outputs, *arrays):
    """The kernel sees one sentence of each array: [1, words, numbers]."""
    sentences, words, numbers = arrays[0].shape
    block = pallas.BlockSpec((1, words, numbers), lambda sentence: (sentence, 0, 0))
    shape = jax.ShapeDtypeStruct(arrays[0].shape, arrays[0].dtype)
    return pallas.pallas_call(
        kernel, grid=(sentences,), in_specs=[block] * len(arrays), out_specs=[block] * outputs,
        out_shape=[shape] * outputs, interpret=jax.default_backend() != "gpu")(*arrays)


@functools.partial(jax.custom_vjp, nondiff_argnums=(2,))
def in_kernels(f, u, reverse):
    """f, u [sentences, words, numbers]; from the last word on if `reverse`."""
    return forward(f, u, reverse)[0]


def forward(f, u, reverse):
    words, numbers = f.shape[1:]

    def kernel(f_ref, u_ref, h_ref):
        def step(n, h):
            word = words - 1 - n if reverse else n
            new = u_ref[0, word, :]
            h = new + f_ref[0, word, :] * (h - new)
            h_ref[0, word, :] = h
            return h

        jax.lax.fori_loop(0, words, step, jnp.zeros(numbers, f.dtype))

    h, = run(kernel, 1, f, u)
    return h, (f, u, h)


def backward(reverse, saved, of_h):
    f, u, h = saved
    words, numbers = f.shape[1:]

    def kernel(f_ref, u_ref, h_ref, of_h_ref, of_f_ref, of_u_ref):
        def step(n, of_next):
            word = n if reverse else words - 1 - n
            before = word + 1 if reverse else word - 1
            inside = (before >= 0) & (before < words)
            h_before = jnp.where(inside, h_ref[0, jnp.clip(before, 0, words - 1), :], 0.0)
            total = of_next + of_h_ref[0, word, :]
            of_f_ref[0, word, :] = total * (h_before - u_ref[0, word, :])
            of_u_ref[0, word, :] = total * (1 - f_ref[0, word, :])
            return total * f_ref[0, word, :]

        jax.lax.fori_loop(0, words, step, jnp.zeros(numbers, f.dtype))

    return tuple(run(kernel, 2, f, u, h, of_h))


in_kernels.defvjp(forward, backward)
gated_sums = in_kernels if jax.default_backend() == "gpu" else in_passes
