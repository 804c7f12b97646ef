#!/usr/bin/env python3
"""The engine against PyTorch and llama.cpp on the processor, the same bits a weight, in one run.

usage: engine_peers.py VERNIER_ENGINE_SPEED [--threads 1,2] [--repeat 5] [--models default,fp16,bf16,fp32,int4]
                       [--torch PYTHON] [--llama PYTHON] [-o results/tables/engine-speed.md]

The default model and the shapes of SmolVLM-500M with seeded weights (engine_models.py). All engines are started, then
asked in turns (engine_workers.py); of each the fastest of its turns counts, since others on the machine only add time.
PyTorch runs with attention "eager" and "sdpa", llama.cpp without and with flash attention: the faster counts. int4 is
AutoAWQ's layout with groups of 128 against llama.cpp's own formats of 4 bits, made from the same weights in fp16; of
each with an output head in fp16, as AWQ leaves it, and with the one of 6 bits that llama.cpp makes.
PYTHONs: torch and transformers; gguf, and llama-cpp-python built from source on this machine.
"""
import argparse
import datetime
import json
import os
import pathlib
import random
import re
import struct
import subprocess
import sys

from tables import ROOT, work_folder, write_section

BENCH = pathlib.Path(__file__).resolve().parent
DEFAULT = ROOT / "judges/model/default"
PROMPT, NEW, MANY, MANY_PROMPT, MANY_NEW = 512, 64, 16, 32, 16
IMAGE_TEXT = "USER: <image>\nDescribe the image. ASSISTANT:"
#: (model, checkpoint's weights): what PyTorch computes in; the first is the same bits.
TORCH = {"default": ["fp16", "fp32"], "fp16": ["fp16"], "bf16": ["bf16"], "fp32": ["fp32"], "int4": []}
#: What llama.cpp makes of fp16 for the model int4: type and, where it is not llama.cpp's choice, the output head's.
FEW_BITS = [("Q4_0", "F16"), ("Q4_K_S", "F16"), ("Q4_0",), ("Q4_K_M",)]
GOALS = {"prefill": 0.8, "decode": 1.0}


def machine():
    """In words that name no product: what matters to the numbers."""
    info = pathlib.Path("/proc/cpuinfo").read_text(encoding="utf-8")
    flags = set(re.search(r"^flags\s*:(.*)$", info, re.M)[1].split())
    known = [("avx2", "AVX2"), ("avx512f", "AVX-512"), ("avx512_bf16", "AVX-512 BF16"), ("amx_tile", "AMX")]
    names = ", ".join(name for flag, name in known if flag in flags)
    return f"{os.cpu_count()} cores with {names}" + ("" if "amx_tile" in flags else " (no AMX)")


class Worker:
    def __init__(self, engine, command):
        self.engine, self.seconds, self.answers = engine, {}, {}
        self.child = subprocess.Popen([str(c) for c in command], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.backend = json.loads(self.child.stdout.readline() or sys.exit(f"{engine} did not start"))["backend"]

    def ask(self, what, request):
        self.child.stdin.write(json.dumps(request) + "\n")
        self.child.stdin.flush()
        line = self.child.stdout.readline() or sys.exit(f"{self.engine}: no answer to {what}")
        answer = json.loads(line)
        self.answers.setdefault(what, []).append(answer)
        if "seconds" in answer:
            self.seconds[what] = min(answer["seconds"], self.seconds.get(what, 1e9))

    def close(self):
        self.child.stdin.close()
        self.child.wait()


def reread(path):
    """From disk anew: what was written just now lies in small pages, and is read a third slower than what was read."""
    with open(path, "rb", buffering=0) as file:
        os.fsync(file.fileno())
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        while file.read(1 << 24):
            pass


def gguf_of(a, folder, path, *kind):
    if not path.exists():
        subprocess.run([a.llama, BENCH / "engine_gguf.py", folder, path, *kind], check=True)
    reread(path)
    return path


def prepare(a, work):
    """-> {model: (folder, {peer: GGUF})}"""
    dtypes = [m for m in a.models if m not in ("default", "int4")]
    if dtypes:
        subprocess.run([a.torch, BENCH / "engine_models.py", work / "500m", "--dtypes", ",".join(dtypes)], check=True)
    if "int4" in a.models:
        subprocess.run([a.torch, BENCH / "engine_models.py", work / "wide", "--wide", "--dtypes", "int4,fp16"], check=True)
        reread(work / "wide/fp16/model.safetensors")
    out = {}
    for m in a.models:
        folder = DEFAULT if m == "default" else work / ("wide" if m == "int4" else "500m") / m
        if m == "int4":
            files = {f"llama.cpp {kind[0]}, head {kind[1] if len(kind) > 1 else 'Q6_K'}":
                     gguf_of(a, folder.with_name("fp16"), work / f"wide.{'.'.join(kind)}.gguf", *kind) for kind in FEW_BITS}
        else:
            files = {"llama.cpp": gguf_of(a, folder, work / f"{m}.gguf")}
        reread(folder / "model.safetensors")
        out[m] = folder, files
    return out


def workers(a, model, folder, files, threads):
    """The engine first; then, of few bits, itself in fp16; then its peers."""
    script = BENCH / "engine_workers.py"
    ours = [("vernier", folder)] + ([("vernier fp16", folder.with_name("fp16"))] if model == "int4" else [])
    out = [Worker(name, [a.binary, f, "--threads", threads, "--cache-mib", 2048]) for name, f in ours]
    for dtype in TORCH[model]:
        for attention in ("eager", "sdpa"):
            out.append(Worker(f"PyTorch {dtype}", [a.torch, script, "torch", folder, "--threads", threads,
                                                   "--dtype", dtype, "--attention", attention]))
    for name, gguf in files.items():
        for flash in (0, 1):
            out.append(Worker(name, [a.llama, script, "llama", gguf, "--threads", threads, "--flash", flash]))
    return out


def draw(path, side, number):
    """A red square on grey, another for each number, normalised to -1 to 1."""
    at = 4 + number % 8
    size = side // 3
    rows = []
    for channel in range(3):
        for y in range(side):
            inside = at <= y < at + size
            rows += [(0.8 if channel == 0 else -0.7) if inside and at <= x < at + size else 0.2 for x in range(side)]
    path.write_bytes(struct.pack(f"<{len(rows)}f", *rows))


def caption_prompt(a):
    code = ("import sys, json; from transformers import AutoTokenizer; t = AutoTokenizer.from_pretrained(sys.argv[1]); "
            "print(json.dumps(t(sys.argv[2].replace('<image>', '<image>' * 64)).input_ids))")
    return json.loads(subprocess.run([a.torch, "-c", code, DEFAULT, IMAGE_TEXT], check=True, capture_output=True,
                                     text=True).stdout)


def jobs_of(a, model, folder, work, chance):
    """What is asked: (what, unit's count, request, are only those with a tower asked?) for one turn."""
    vocabulary = 700 if model == "default" else 49000
    ids = lambda n: [chance.randrange(100, vocabulary) for _ in range(n)]
    pixels = work / "pixels.f32"
    draw(pixels, 64 if model == "default" else 512, chance.randrange(8))
    image = {"do": "look", "pixels": str(pixels)}
    prompts = [ids(MANY_PROMPT) for _ in range(MANY)]
    jobs = [("prefill", PROMPT, {"do": "prefill", "prompts": [ids(PROMPT)]}, False),
            ("decode", NEW, {"do": "decode", "prompts": [ids(PROMPT)], "new": NEW}, False),
            (f"decode, {MANY} sequences", MANY * MANY_NEW, {"do": "decode", "prompts": prompts, "new": MANY_NEW}, False)]
    if model != "int4":  # the tower has no weights of few bits
        jobs.append(("image", 1, image, True))
    if model == "default":
        whole = image | {"do": "answer", "prompts": [caption_prompt(a)], "new": 160, "stop": [2]}
        jobs.append(("caption of an image", 1, whole, True))
    return jobs


def difference(ours, theirs):
    return max(abs(x - y) for x, y in zip(ours, theirs))


class Comparison:
    """All rows of a model at one number of threads."""

    def __init__(self, model, threads):
        self.model, self.threads, self.rows, self.agreement, self.backends = model, threads, [], [], {}

    def measure(self, a, folder, files, work):
        chance = random.Random(self.threads)
        all_workers = workers(a, self.model, folder, files, self.threads)
        for w in all_workers:
            self.backends[w.engine] = w.backend
        units = {}
        prompts = [[chance.randrange(100, 700) for _ in range(40)] for _ in range(2)]
        for p in prompts:
            for w in all_workers:
                w.ask("log-probabilities", {"do": "log-probabilities", "prompts": [p], "choices": list(range(4, 700))})
        for turn in range(a.repeat):
            for what, count, request, needs_tower in jobs_of(a, self.model, folder, work, chance):
                units[what] = count
                for w in all_workers:
                    if not (needs_tower and w.engine.startswith("llama.cpp")) and self.is_worth_it(w, all_workers[0], what, turn):
                        w.ask(what, request)
        for w in all_workers:
            w.close()
        self.take(all_workers, units)

    @staticmethod
    def is_worth_it(worker, ours, what, turn):
        """PyTorch multiplies fp16 so slowly that one turn is enough, and none of many sequences."""
        slow = "PyTorch" in worker.engine and worker.seconds.get("prefill", 0) > 3 * ours.seconds.get("prefill", 1e9)
        return not slow or turn == 0 and (what in ("decode", "image") or worker.seconds["prefill"] < 1)

    def take(self, all_workers, units):
        ours = all_workers[0]
        for what, count in units.items():
            rates = {}
            for w in all_workers:
                if what in w.seconds:
                    rates[w.engine] = max(count / w.seconds[what], rates.get(w.engine, 0))
            self.rows.append((what, rates))
        # Of few bits, each is compared with the numbers that it was made of.
        against = all_workers[1] if self.model == "int4" else ours
        for w in all_workers:
            if w is against:
                continue
            name = "log-probabilities"
            far = max(difference(x[name][0], y[name][0]) for x, y in zip(against.answers[name], w.answers[name]))
            same = total = 0
            for what in ("decode", f"decode, {MANY} sequences", "caption of an image") if against is ours else ():
                for x, y in zip(against.answers.get(what, []), w.answers.get(what, [])):
                    same += sum(s == t for s, t in zip(x["tokens"], y["tokens"]))
                    total += len(x["tokens"])
            self.agreement.append((w.engine, far, same, total))


def rate(x):
    return "-" if x is None else f"{x:,.0f}" if x >= 100 else f"{x:.1f}" if x >= 10 else f"{x:.2f}"


def speed_table(comparisons):
    names = [n for n in comparisons[0].backends if n != "vernier"]
    lines = ["| threads | what | vernier | " + " | ".join(names) + " | to the faster | goal |",
             "|---:|---|---:|" + "---:|" * len(names) + "---:|---|"]
    for c in comparisons:
        for what, rates in c.rows:
            best = max(r for e, r in rates.items() if not e.startswith("vernier"))
            ratio = rates["vernier"] / best
            goal = GOALS.get(what)
            verdict = "" if goal is None else f"{goal:.1f}: {'met' if ratio >= goal else 'missed'}"
            unit = "tokens/s" if what not in ("image", "caption of an image") else "per second"
            cells = " | ".join(rate(rates.get(n)) for n in names)
            lines.append(f"| {c.threads} | {what}, {unit} | {rate(rates['vernier'])} | {cells} | {ratio:.2f}x | {verdict} |")
    return "\n".join(lines)


def agreement_text(comparisons):
    parts = {}
    for c in comparisons:
        for engine, far, same, total in c.agreement:
            old = parts.get(engine, (0, 0, 0))
            parts[engine] = max(old[0], far), old[1] + same, old[2] + total
    tokens = lambda same, total: f", {same} of {total} answers token for token" if total else ""
    return "; ".join(f"{e}: log-probabilities within {far:.2g}{tokens(same, total)}"
                     for e, (far, same, total) in parts.items())


def memory_table(a, models):
    lines = ["| model | file MiB | loaded | all weights touched | ratio | a prompt of 32 and 8 tokens | ratio | of it anonymous |",
             "|---|---:|---:|---:|---:|---:|---:|---:|"]
    for model, (folder, _) in models.items():
        done = subprocess.run([a.binary, folder, "--threads", "1", "--cache-mib", "64", "--memory"], check=True,
                              capture_output=True, text=True)
        m = json.loads(done.stdout)
        mib = lambda step, key="peak bytes": f"{m[step][key] / 2**20:,.1f}"
        touched, prompt = "weights touched", "prompt of 32 and 8 tokens"
        lines.append(f"| {model} | {m['file bytes'] / 2**20:,.1f} | {mib('loaded')} | {mib(touched)} | {m[touched]['ratio']:.3f} "
                     f"| {mib(prompt)} | {m[prompt]['ratio']:.3f} | {mib(prompt, 'anonymous bytes')} |")
    return "\n".join(lines)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    ap.add_argument("binary")
    ap.add_argument("--threads", default="1,2")
    ap.add_argument("--repeat", type=int, default=5)
    ap.add_argument("--models", type=lambda s: s.split(","), default=list(TORCH))
    ap.add_argument("--torch", default=ROOT / "build/model/venv/bin/python")
    ap.add_argument("--llama", default=ROOT / "build/peers/venv/bin/python")
    ap.add_argument("-o", "--output", type=pathlib.Path)
    a = ap.parse_args()
    work = work_folder() / "speed"
    work.mkdir(exist_ok=True)
    models = prepare(a, work)
    backends, texts = {}, []
    for model, (folder, files) in models.items():
        comparisons = []
        for threads in map(int, a.threads.split(",")):
            c = Comparison(model, threads)
            c.measure(a, folder, files, work)
            comparisons.append(c)
            backends.update(c.backends)
            print(model, threads, speed_table([c]), agreement_text([c]), sep="\n", flush=True)
        title = "The default model, fp16" if model == "default" else f"500 million weights, {model}"
        other = "vernier fp16" if model == "int4" else "vernier"
        texts.append((title, speed_table(comparisons) + f"\n\nAgreement with {other}: {agreement_text(comparisons)}."))
    versions = ", ".join(dict.fromkeys(v for e, v in backends.items() if not e.startswith("vernier")))
    how = (f"`bench/engine_peers.py build/release/bench/vernier_engine_speed -o results/tables/engine-speed.md` on "
           f"{machine()}, {datetime.date.today()}; {versions}; vernier: {re.sub(r', .*', '', backends['vernier'])}). "
           f"Prompts of {PROMPT} tokens, {NEW} steps behind them; {MANY} sequences: prompts of {MANY_PROMPT}, {MANY_NEW} steps. "
           f"The fastest of {a.repeat} turns each, taken in turns. \"Image\": tower and projector alone; \"caption\": image to "
           "the last token. Vernier multiplies and adds in 32 bits whatever the weights, to the same bits on every "
           "processor; in bf16 both peers multiply in bf16 with the processor's own instruction for it, twice as fast "
           "as that of 32 bits, and round what goes into each product to 8 bits. With weights of 4 bits vernier rounds "
           "inputs to 16 bits, llama.cpp to 8.")
    texts.insert(0, ("How it was measured", how))
    texts.append(("Memory", "Peak resident memory of `vernier_engine_speed FOLDER --memory`, weights mapped from the "
                  "file and used where they are; of int4 laid out anew.\n\n" + memory_table(a, models)))
    for title, text in texts:
        print(f"## {title}\n\n{text}\n", flush=True)
        if a.output:
            write_section(a.output, title, text)


if __name__ == "__main__":
    main()
