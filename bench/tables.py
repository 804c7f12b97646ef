"""Shared by the timing scripts: whole-process timing and tables that are replaced section by section."""
import argparse
import gzip
import json
import os
import pathlib
import platform
import re
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent


def machine():
    model = platform.machine()
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as info:
            model = next(line.split(":")[1].strip() for line in info if line.startswith("model name"))
    except (OSError, StopIteration):
        pass
    return f"{model}, {os.cpu_count()} cores, {platform.system()} {platform.release().split('-')[0]}"


def run_once(arguments):
    """Runs a command; returns seconds from start to end and what it prints."""
    start = time.perf_counter()
    child = subprocess.Popen([str(a) for a in arguments], stdout=subprocess.PIPE)
    out = child.stdout.read()
    code = child.wait()
    seconds = time.perf_counter() - start
    if code != 0:
        sys.exit(f"{' '.join(map(str, arguments))}: exit code {code}")
    return seconds, out


def parsed_arguments(doc, repeat):
    """VERNIER and what the scripts that time peers have in common."""
    ap = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawTextHelpFormatter)
    ap.add_argument("binary")
    ap.add_argument("--shared", type=pathlib.Path, default=ROOT.parent / "shared")
    ap.add_argument("--repeat", type=int, default=repeat)
    ap.add_argument("--skip-peers", action="store_true")
    ap.add_argument("-o", "--output", type=pathlib.Path)
    return ap.parse_args()


def work_folder():
    folder = ROOT / "build/peers"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def captions_by_image(path):
    """{image: its captions} of a file with lines `image TAB number TAB caption`."""
    images = {}
    with gzip.open(path, "rt", encoding="utf-8", newline="\n") as lines:
        for line in lines:
            image, _, caption = line.rstrip("\n").split("\t", 2)
            images.setdefault(image, []).append(caption)
    return images


def peer_python(folder, packages):
    """The Python of a virtual environment under build/ that has these packages from PyPI."""
    home = ROOT / "build" / folder
    if not (home / "bin/python").exists():
        subprocess.run([sys.executable, "-m", "venv", home], check=True)
    subprocess.run([home / "bin/python", "-m", "pip", "install", "--quiet", *packages], check=True)
    return home / "bin/python"


def peak_memory(run):
    """Peak memory in MiB of the scoring that wrote a run file, from RUN.log."""
    return json.loads(pathlib.Path(f"{run}.log").read_text(encoding="utf-8"))["peak_memory_mib"]


def write_section(path, title, text):
    """Puts `text` under the heading `title` of a Markdown file, in place of what was there."""
    path = pathlib.Path(path)
    old = path.read_text(encoding="utf-8") if path.exists() else ""
    section = f"## {title}\n\n{text.strip()}\n"
    pattern = re.compile(rf"^## {re.escape(title)}\n.*?(?=^## |\Z)", re.S | re.M)
    if pattern.search(old):
        new = pattern.sub(lambda _: section + "\n", old)
    else:
        new = old.rstrip() + "\n\n" + section if old.strip() else section
    path.write_text(new.strip() + "\n", encoding="utf-8")
