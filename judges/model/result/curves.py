"""Learning curves of runs as one SVG, from their log.jsonl.

    python curves.py results/tables/model/{short,all,joint,ratings,forms}.jsonl --out docs/model-curves.svg
"""
from __future__ import annotations

import argparse
import json
from pathlib import Path

COLOURS = ["#1b6ca8", "#c8553d", "#3a7d44", "#8e5ea2", "#d29b1a", "#2a9d9d", "#7a5230", "#d1478c", "#555555",
           "#6b8e23", "#4450b5", "#b03030"]
SKIP = ("guide", "xy error")
WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 860, 420, 50, 150, 20, 45


def series(runs: list[Path]) -> tuple[dict[str, list[tuple[float, float]]], list[float]]:
    """Held-out share per kind over images seen, runs one after the other; where each run ends."""
    out: dict[str, list[tuple[float, float]]] = {}
    before, ends = 0.0, []
    for run in runs:
        images = 0
        for line in open(run):
            entry = json.loads(line)
            images = max(images, entry.get("images", 0))
            for name, value in entry.get("held_out", {}).items():
                if not name.startswith(SKIP):
                    out.setdefault(name, []).append((before + entry["images"], value))
        before += images
        ends.append(before)
    return out, ends


def svg(lines: dict[str, list[tuple[float, float]]], ends: list[float]) -> str:
    most = max(ends[-1], 1.0)
    x = lambda v: LEFT + (WIDTH - LEFT - RIGHT) * v / most
    y = lambda v: TOP + (HEIGHT - TOP - BOTTOM) * (1 - v)
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" '
           f'viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="12">',
           f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>']
    for i in range(0, 11, 2):
        out.append(f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y(i / 10):.1f}" y2="{y(i / 10):.1f}" stroke="#ddd"/>'
                   f'<text x="{LEFT - 8}" y="{y(i / 10) + 4:.1f}" text-anchor="end">{10 * i}</text>')
    for i in range(5):
        v = most * i / 4
        out.append(f'<text x="{x(v):.1f}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle">{v / 1000:.0f}k</text>')
    for end in ends[:-1]:
        out.append(f'<line x1="{x(end):.1f}" x2="{x(end):.1f}" y1="{TOP}" y2="{HEIGHT - BOTTOM}" stroke="#999" '
                   'stroke-dasharray="4 3"/>')
    out.append(f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 8}" text-anchor="middle">'
               'images seen; held-out answers that are right, %</text>')
    for i, (name, points) in enumerate(sorted(lines.items(), key=lambda kv: -kv[1][-1][1])):
        colour = COLOURS[i % len(COLOURS)]
        path = " ".join(f"{x(a):.1f},{y(b):.1f}" for a, b in points)
        out.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="1.6"/>')
        at = TOP + 8 + 22 * i
        out.append(f'<line x1="{WIDTH - RIGHT + 10}" x2="{WIDTH - RIGHT + 28}" y1="{at}" y2="{at}" stroke="{colour}" '
                   f'stroke-width="3"/><text x="{WIDTH - RIGHT + 34}" y="{at + 4}">{name} {100 * points[-1][1]:.1f}</text>')
    return "\n".join(out + ["</svg>"]) + "\n"


if __name__ == "__main__":
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("runs", type=Path, nargs="+", help="logs, in order")
    p.add_argument("--out", type=Path, required=True)
    args = p.parse_args()
    lines, ends = series(args.runs)
    args.out.parent.mkdir(parents=True, exist_ok=True)
    args.out.write_text(svg(lines, ends))
