"""What every training run needs: device and precision, checkpoints that resume, a log, a time budget."""
from __future__ import annotations

import os

os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # spinning threads are 5 times slower on a shared machine

import contextlib
import json
import time
from pathlib import Path
from typing import Any

import numpy as np
import torch


class Session:
    """A run in a folder: `state.pt` (replaced atomically) and `log.jsonl`.

    Called again with the same arguments it goes on from `state.pt`; only the number of steps may differ,
    so that a run can be brought to an end earlier or later. `minutes` bounds one call; the learning-rate
    schedule does not depend on it.
    """

    def __init__(self, out: Path, arguments: dict[str, Any], minutes: float, save_every: float = 180.0):
        self.out, self.arguments = out, {k: v for k, v in arguments.items()}
        out.mkdir(parents=True, exist_ok=True)
        self.begin = self.saved = time.time()
        self.limit, self.save_every = minutes * 60, save_every
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        if self.device.type == "cpu":
            torch.set_num_threads(int(os.environ.get("THREADS", os.cpu_count() or 1)))
        else:
            torch.backends.cuda.matmul.allow_tf32 = True
        torch.manual_seed(int(arguments.get("seed", 0)))
        self.spent = 0.0  # seconds of earlier calls

    @property
    def seconds(self) -> float:
        return self.spent + time.time() - self.begin

    @property
    def out_of_time(self) -> bool:
        return self.limit > 0 and time.time() - self.begin > self.limit

    def autocast(self, bf16: bool):
        if not bf16:
            return contextlib.nullcontext()
        return torch.autocast(self.device.type, torch.bfloat16)

    def load(self) -> dict[str, Any] | None:
        path = self.out / "state.pt"
        if not path.exists():
            return None
        state = torch.load(path, map_location=self.device, weights_only=False)
        changed = {k: (state["arguments"].get(k), v) for k, v in self.arguments.items()
                   if state["arguments"].get(k) != v}
        if changed:
            raise SystemExit(f"{path} was made with other arguments (then, now): {changed}; use another --out")
        self.spent = state["seconds"]
        return state

    def save(self, step: int, **parts: Any) -> None:
        state = {"arguments": self.arguments, "step": step, "seconds": self.seconds, **parts}
        torch.save(state, self.out / "state.tmp")
        os.replace(self.out / "state.tmp", self.out / "state.pt")
        self.saved = time.time()

    @property
    def save_due(self) -> bool:
        return time.time() - self.saved > self.save_every

    def log(self, **values: Any) -> None:
        line = {"seconds": round(self.seconds, 1), **{k: round(v, 5) if isinstance(v, float) else v
                                                      for k, v in values.items()}}
        with open(self.out / "log.jsonl", "a") as f:
            f.write(json.dumps(line) + "\n")
        print(json.dumps(line), flush=True)


def step_rng(seed: int, step: int) -> np.random.Generator:
    """Random numbers of one step depend on seed and step alone, so that a resumed run sees the same data."""
    return np.random.default_rng([seed, step])
