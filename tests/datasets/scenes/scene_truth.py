#!/usr/bin/env python3
"""usage: scene_truth.py FOLDER: checks what `vernier synth` wrote against itself, with nothing of its code.

Answers of questions.jsonl and ratings of captions.jsonl are derived again from the words and from the
objects of scenes.jsonl (places, not its relations); relations from the places; and the pictures are
looked at pixel by pixel: paint at the anchors, one connected coloured area for each object, boxes.
Needs only Python. Prints what it checked; exits 1 at the first contradiction.
"""
import itertools
import json
import re
import sys

sys.path.insert(0, __file__.rsplit("/", 1)[0])
from pictures import read_png  # noqa: E402

COLORS = ("red", "orange", "yellow", "green", "cyan", "blue", "purple", "pink")
SHAPES = ("circle", "square", "triangle", "star", "pentagon", "ring", "sign")
MARGIN = 8 / 96  # of the side
ROUNDING = 1e-3  # places are written in hundredths of pixels
# As docs/synth.md has them.
PAINTS = {"red": (205, 32, 32), "orange": (245, 135, 20), "yellow": (240, 222, 48), "green": (36, 140, 50),
          "cyan": (50, 205, 215), "blue": (38, 70, 200), "purple": (135, 50, 170), "pink": (245, 130, 190),
          "white": (245, 245, 245)}
PREDICATES = {"to the left of": (0, 1), "to the right of": (0, -1), "above": (1, 1), "below": (1, -1)}
PREDICATE = "to the left of|to the right of|above|below|on top of|under"


def fail(where, message):
    sys.exit(f"{where}: {message}")


def phrase(words):
    """{"size", "pattern", "color", "shape"} of a phrase without article, singular or plural."""
    out = {}
    match = re.fullmatch(r'sign that says "(\w+)"', words)
    if match:
        return {"shape": "sign", "text": match[1]}
    for word in words.split():
        if word in ("small", "large"):
            out["size"] = word
        elif word in ("solid", "striped"):
            out["pattern"] = word
        elif word in COLORS:
            out["color"] = word
        elif word in SHAPES or word[:-1] in SHAPES:
            out["shape"] = word if word in SHAPES else word[:-1]
        elif word not in ("object", "objects"):
            raise ValueError(f"unknown word {word!r}")
    return out


def fitting(scene, words):
    wanted = phrase(words)
    return [o for o in scene["objects"] if all(o.get(key) == value for key, value in wanted.items())]


def the(scene, words):
    found = fitting(scene, words)
    if len(found) != 1:
        raise ValueError(f'"the {words}" fits {len(found)} objects')
    return found[0]


def stands(a, predicate, b, slack=ROUNDING):
    """True, False or None where centres are too near each other to say."""
    if predicate == "on top of":
        return a["on"] == b["id"]
    if predicate == "under":
        return b["on"] == a["id"]
    axis, sign = PREDICATES[predicate]
    gap = sign * (b["center"][axis] - a["center"][axis]) / SIDE
    return None if abs(gap) < MARGIN - slack else gap > 0


def holds(a, predicate, b, slack=ROUNDING):
    """Whether the graph has it: only support joins levels."""
    return bool(stands(a, predicate, b, slack)) and (predicate in ("on top of", "under") or a["level"] == b["level"])


def yes(value):
    if value is None:
        raise ValueError("centres too near each other to ask")
    return "yes" if value else "no"


def extreme(objects, word):
    axis = 0 if "left" in word or "right" in word else 1
    sign = 1 if word in ("leftmost", "further left", "topmost", "higher") else -1
    order = sorted(objects, key=lambda o: sign * o["center"][axis])
    if abs(order[0]["center"][axis] - order[1]["center"][axis]) / SIDE < MARGIN - ROUNDING:
        raise ValueError("too near each other")
    return order[0]


def answer(scene, text):
    """The answer of a question by its words alone."""
    for pattern, derive in (
            (r"Is there an? (.+)\?", lambda m: yes(bool(fitting(scene, m[1])))),
            (rf"Is the (.+?) ({PREDICATE}) the (.+)\?",
             lambda m: yes(stands(the(scene, m[1]), m[2], the(scene, m[3])))),
            (r"Is the (.+) (\w+)\?", lambda m: yes(m[2] in the(scene, m[1])["attributes"])),
            (r"What color is the (.+)\?", lambda m: the(scene, m[1])["color"]),
            (r"What shape is the (.+)\?", lambda m: the(scene, m[1])["shape"]),
            (r"How many (.+) are there\?", lambda m: str(len(fitting(scene, m[1])))),
            (r"Which object is (\w+)\?", lambda m: extreme(scene["objects"], m[1])),
            (r"Which is (.+), the (.+) or the (.+)\?",
             lambda m: extreme([the(scene, m[2]), the(scene, m[3])], m[1])),
            (r"What does the sign say\?", lambda m: the(scene, "sign")["text"]),
            (r'Does the sign say "(\w+)"\?', lambda m: yes(the(scene, "sign")["text"] == m[1]))):
        match = re.fullmatch(pattern, text)
        if match:
            return derive(match)
    raise ValueError("a question of no known form")


def check_question(scene, question):
    try:
        derived = answer(scene, question["text"])
    except ValueError as error:
        fail(question["question_id"], f"{question['text']}: {error}")
    if isinstance(derived, dict):  # an object: the answer must describe it
        right = derived in fitting(scene, question["answer"])
    else:
        right = derived == question["answer"]
    if not right:
        fail(question["question_id"], f"{question['text']} {question['answer']}: derived {derived}")


def read_caption(text):
    """Items and relations (numbers of items) of a caption."""
    items, relations = [], []

    def item(words):
        article, rest = words.split(" ", 1)
        if article.lower() not in ("a", "an", "another"):
            raise ValueError(f"article {article!r}")
        items.append(phrase(rest))
        return len(items) - 1

    def reference(words):
        wanted = phrase(words)
        found = [i for i, one in enumerate(items) if all(one.get(k) == v for k, v in wanted.items())]
        if len(found) != 1 and wanted in items:
            found = [items.index(wanted)]
        if len(found) != 1:
            raise ValueError(f"the {words} is not one of the items")
        return found[0]

    for sentence in re.findall(r'(?:"\w+"|[^."])+\.', text):
        sentence = sentence.strip()[:-1]
        match = re.fullmatch(rf"The (.+?) is ({PREDICATE}) the (.+)", sentence)
        if match:
            relations.append((reference(match[1]), match[2], reference(match[3])))
            continue
        match = re.fullmatch(rf"((?:An?|Another) .+?) is ({PREDICATE}) ((?:an?|another) .+)", sentence)
        if match:
            relations.append((item(match[1]), match[2], item(match[3])))
            continue
        match = re.fullmatch(r"(?:There is |The image shows )?((?:an?|another|An?) .+)", sentence)
        if match and not items:
            for words in re.split(r", | and ", match[1]):
                item(words)
    return items, relations


def choices(items, objects, shape):
    """All ways to pair as many items of a shape with objects of it as can be: lists of pairs."""
    mine = [i for i, one in enumerate(items) if one["shape"] == shape]
    theirs = [k for k, o in enumerate(objects) if o["name"] == shape]
    if len(mine) <= len(theirs):
        return [list(zip(mine, way)) for way in itertools.permutations(theirs, len(mine))]
    return [list(zip(way, theirs)) for way in itertools.permutations(mine, len(theirs))]


def rating(scene, text, slack):
    """As docs/synth.md defines it, by trying all ways to match items with objects."""
    items, relations = read_caption(text)
    if not items:
        return 0
    objects = scene["objects"]
    said = ("size", "pattern", "color", "text")
    truth = sum(1 if o["name"] == "sign" else 2 + (o["pattern"] == "striped") for o in objects)
    best = (0, 0, 0)
    for ways in itertools.product(*(choices(items, objects, shape) for shape in SHAPES)):
        matched = dict(pair for way in ways for pair in way)
        right = sum(key in items[i] and items[i][key] == objects[k].get(key) for i, k in matched.items() for key in said)
        good = sum(a in matched and b in matched and holds(objects[matched[a]], predicate, objects[matched[b]], slack)
                   for a, predicate, b in relations)
        best = max(best, (len(matched), right, good))
    object_f1 = 2 * best[0] / (len(items) + len(objects))
    stated = sum(key in one for one in items for key in said)
    attribute_f1 = 2 * best[1] / (stated + truth)
    total = (object_f1 + attribute_f1) / 2
    if relations:
        total = 0.8 * total + 0.2 * best[2] / len(relations)
    nearest = 5 * int(20 * total + 0.5 + 1e-9)
    return nearest if total > 1 - 1e-9 else min(nearest, 95)


def components(rows):
    """Boxes [left, top, right, bottom] and sizes of connected areas that are not grey."""
    boxes, above = [], []
    parent = []

    def root(n):
        while parent[n] != n:
            n = parent[n]
        return n

    for y, row in enumerate(rows):
        here, x = [], 0
        colored = [max(p) - min(p) > 28 for p in zip(row[0::3], row[1::3], row[2::3])]
        while x < len(colored):
            if not colored[x]:
                x += 1
                continue
            end = x
            while end < len(colored) and colored[end]:
                end += 1
            label = None
            for left, right, other in above:
                if left <= end and x <= right:  # also by a corner
                    other = root(other)
                    if label is None:
                        label = other
                    elif other != label:
                        parent[other] = label
                        a, b = boxes[label], boxes[other]
                        boxes[label] = [min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3]), a[4] + b[4]]
            if label is None:
                label = len(boxes)
                parent.append(label)
                boxes.append([x, y, end, y + 1, 0])
            box = boxes[label]
            boxes[label] = [min(box[0], x), box[1], max(box[2], end), y + 1, box[4] + end - x]
            here.append((x, end, label))
            x = end
        above = here
    return [boxes[n] for n in range(len(boxes)) if parent[n] == n and boxes[n][4] > 3]


def check_picture(folder, scene):
    where = scene["image_id"]
    rows = read_png(f"{folder}/images/{where}.png")
    for o in scene["objects"]:
        x, y = (min(int(v), SIDE - 1) for v in o["anchor"])
        seen = rows[y][3 * x:3 * x + 3]
        if max(abs(a - b) for a, b in zip(seen, o["rgb"])) > 2:
            fail(where, f"object {o['id']}: paint {tuple(seen)} at its anchor, said {o['rgb']}")
        nearest = min(PAINTS, key=lambda name: sum((a - b)**2 for a, b in zip(seen, PAINTS[name])))
        if nearest != o["color"]:
            fail(where, f"object {o['id']}: looks {nearest}, said {o['color']}")
    found = components(rows)
    alone = [o for o in scene["objects"] if o["name"] != "sign" and o["on"] is None and
             not any(other["on"] == o["id"] for other in scene["objects"])]
    towers = sum(o["on"] is not None for o in scene["objects"])
    # A star stands on its tips, which may be too pale to join the areas.
    if not len(alone) + towers <= len(found) <= len(alone) + 2 * towers:
        fail(where, f"{len(found)} coloured areas, said {len(alone)} objects alone and {towers} stacks")
    for o in alone:
        left, top, width, height = o["bbox"]
        box = (left, top, left + width, top + height)
        near = [c for c in found if all(abs(a - b) < 3 for a, b in zip(c[:4], box))]  # thin corners are pale
        if len(near) != 1:
            fail(where, f"object {o['id']}: no coloured area with its box {box}: {found}")
    centres = sorted(((c[0] + c[2]) / 2 for c in found))
    if not towers:
        said = sorted(o["bbox"][0] + o["bbox"][2] / 2 for o in alone)
        if any(abs(a - b) > 2 for a, b in zip(centres, said)):
            fail(where, "order of the areas differs from that of the boxes")


def check_relations(scene):
    said = {(r["subject"], r["predicate"], r["object"]) for r in scene["relations"]}
    words = {"to the left of": "left of", "to the right of": "right of"}
    for a in scene["objects"]:
        for b in scene["objects"]:
            for predicate in PREDICATE.split("|"):
                true = a is not b and holds(a, predicate, b)
                if true != ((a["id"], words.get(predicate, predicate), b["id"]) in said):
                    axis = PREDICATES.get(predicate, (0, 0))[0]
                    if abs(abs(a["center"][axis] - b["center"][axis]) / SIDE - MARGIN) > ROUNDING:
                        fail(scene["image_id"], f"{a['id']} {predicate} {b['id']}: {true}")


def lines(folder, name):
    with open(f"{folder}/{name}", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


folder = sys.argv[1]
scenes = {scene["image_id"]: scene for scene in lines(folder, "scenes.jsonl")}
SIDE = next(iter(scenes.values()))["width"]
for scene in scenes.values():
    check_relations(scene)
    check_picture(folder, scene)
print(f"{len(scenes)} scenes: paints, areas, boxes and relations as said")
count = {}
for question in lines(folder, "questions.jsonl"):
    check_question(scenes[question["image_id"]], question)
    count[question["category"]] = count.get(question["category"], 0) + 1
print(f"{sum(count.values())} questions derived again:", ", ".join(f"{n} {kind}" for kind, n in count.items()))
count = {}
for caption in lines(folder, "captions.jsonl"):
    try:
        derived = {rating(scenes[caption["image_id"]], caption["caption"], slack) for slack in (ROUNDING, -ROUNDING)}
    except ValueError as error:
        fail(caption["id"], f"{caption['caption']}: {error}")
    if caption["rating"] not in derived:
        fail(caption["id"], f"{caption['caption']} {caption['rating']}: derived {derived}")
    count[caption["kind"]] = count.get(caption["kind"], 0) + 1
print(f"{sum(count.values())} captions rated again:", ", ".join(f"{n} {kind}" for kind, n in count.items()))
