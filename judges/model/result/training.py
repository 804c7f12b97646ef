"""What the logs of a training say, as Markdown: wall time, images, held-out scores on the way."""
from __future__ import annotations

import json
from pathlib import Path

STAGES = ("tower", "short", "all", "joint", "ratings", "forms")
TOWER = ("shape@centre", "color@centre", "size@centre", "pattern@centre", "word@centre", "rank@centre", "count")
ANSWERS = ("existence", "attribute", "color", "shape", "count", "relation", "order", "sign", "caption", "context",
           "rating", "group")
# Of the stages on graded captions.
MORE = {"pairs": "Right captions rated above those with a fault", "forms": "Exact answers in other forms"}
MOST_ROWS = 9


def table(head: list[str], rows: list[list]) -> str:
    lines = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    return "\n".join(lines + ["| " + " | ".join(map(str, r)) + " |" for r in rows]) + "\n"


def section(logs: Path) -> str:
    stages, out = [], []
    for name in STAGES:
        if not (path := logs / f"{name}.jsonl").exists():
            continue
        entries = [json.loads(line) for line in open(path)]
        # A resumed run logs some steps twice; the later entry counts.
        scores = list({e["step"]: e for e in entries if "held_out" in e}.values())
        stages.append([name, entries[-1]["step"], entries[-1]["images"], f"{entries[-1]['seconds'] / 60:.1f}"])
        kinds = TOWER if name == "tower" else ANSWERS
        every = max(1, -(-len(scores) // MOST_ROWS))
        chosen = [e for i, e in enumerate(scores) if (len(scores) - 1 - i) % every == 0]
        rows = [[e["images"], f"{e['seconds'] / 60:.1f}", *(f"{100 * e['held_out'][k]:.1f}" for k in kinds)]
                for e in chosen]
        out.append(f"### {name}\n\n{table(['images', 'minutes', *kinds], rows)}")
        for more, what in MORE.items():
            if more in chosen[-1]:
                head = list(chosen[-1][more])
                rows = [[e["images"], *(f"{100 * e[more].get(k, 0):.1f}" for k in head)] for e in chosen if more in e]
                out.append(f"{what}, %:\n\n{table(['images', *head], rows)}")
    minutes = sum(float(s[-1]) for s in stages)
    stages.append(["all together", "", "", f"{minutes:.1f}"])
    return table(["stage", "steps", "images", "minutes"], stages) + "\n" + "\n".join(out)
