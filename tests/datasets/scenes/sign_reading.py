#!/usr/bin/env python3
"""usage: sign_reading.py FOLDER LEAST: Tesseract reads the signs of `vernier synth --side 336`, each cut out by
its box in scenes.jsonl. Exits 1 when less than LEAST percent are read right. Needs Python and tesseract."""
import json
import subprocess
import sys
import tempfile

sys.path.insert(0, __file__.rsplit("/", 1)[0])
from pictures import read_png  # noqa: E402

folder, least = sys.argv[1], float(sys.argv[2])
right = wrong = 0
with open(f"{folder}/scenes.jsonl", encoding="utf-8") as file, tempfile.NamedTemporaryFile(suffix=".ppm") as cut:
    for line in file:
        scene = json.loads(line)
        for o in scene["objects"]:
            if o["name"] != "sign":
                continue
            left, top, width, height = (int(v) for v in o["bbox"])
            rows = read_png(f"{folder}/images/{scene['image_id']}.png")[top:top + height]
            cut.seek(0)
            cut.truncate()
            cut.write(b"P6 %d %d 255\n" % (width, len(rows)))
            cut.write(b"".join(row[3 * left:3 * (left + width)] for row in rows))
            cut.flush()
            read = subprocess.run(["tesseract", cut.name, "-", "--psm", "7", "--dpi", "70"], capture_output=True,
                                  text=True, check=True).stdout.strip()
            right += read == o["text"]
            wrong += read != o["text"]
            if read != o["text"]:
                print(f"{scene['image_id']}: {o['text']} was read as {read!r}")
print(f"{right} of {right + wrong} signs read")
sys.exit(right * 100 < least * (right + wrong) or right == 0)
