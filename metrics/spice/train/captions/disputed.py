#!/usr/bin/env python3
"""Prints the captions that two parsers take differently, as `source TAB caption`.

usage: python3 -m captions.disputed PARSES PARSES

Both files hold the same captions in the spice-parses format. What two trained parsers disagree on is
worth more to train on than what both know: labels cost time. Standard library only.
"""
import sys


def blocks(path):
    with open(path, encoding="utf-8") as lines:
        block = []
        for line in lines:
            if line.startswith("# ") and line.count("\t") == 1 and block:
                yield block
                block = []
            block.append(line)
        yield block


def main():
    for one, other in zip(*map(blocks, sys.argv[1:]), strict=True):
        if one != other:
            print(one[0][2:], end="")


if __name__ == "__main__":
    main()
