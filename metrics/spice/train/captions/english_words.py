"""Words that captions hardly ever have, by tag: WordNet's with their endings, compounds, slips."""
import random
import re
from collections import defaultdict

WORDNET = "/usr/share/wordnet"  # of Debian's wordnet-base
VOWELS = "aeiou"
KINDS = {"1": "noun", "2": "verb", "3": "adj", "4": "adv", "5": "adj"}
RARE = 0.1  # weight of lemmas that WordNet's own texts lack, beside 1 or more of the others
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def plural(word):
    if re.search(r"(s|x|z|ch|sh)$", word):
        return word + "es"
    if word[-1] == "y" and word[-2:-1] not in VOWELS:
        return word[:-1] + "ies"
    return word + "s"


def with_ending(verb, ending):
    """Of `ed` and `ing`."""
    if verb[-1] == "e" and (ending == "ed" or verb[-2:] not in ("ee", "oe", "ye")):
        return verb[:-1] + ending
    if verb[-1] == "y" and verb[-2:-1] not in VOWELS and ending == "ed":
        return verb[:-1] + "ied"
    if re.fullmatch(r"[^aeiou]*[aeiou][bdgklmnprtvz]", verb):
        return verb + verb[-1] + ending
    return verb + ending


def irregular(folder, kind):
    forms = defaultdict(list)
    with open(f"{folder}/{kind}.exc", encoding="utf-8") as lines:
        for line in lines:
            form, *lemmas = line.split()
            for lemma in lemmas:
                forms[lemma].append(form)
    return forms


def lemmas(folder, kind):
    """{lemma: weight} of single words in small letters."""
    counts = defaultdict(int)
    with open(f"{folder}/cntlist.rev", encoding="utf-8") as lines:
        for line in lines:
            key, _, count = line.split()
            lemma, sense = key.split("%")
            if KINDS[sense[0]] == kind:
                counts[lemma] += int(count)
    with open(f"{folder}/index.{kind}", encoding="utf-8") as lines:
        words = [line.split(" ", 1)[0] for line in lines if line[0] != " "]
    return {word: counts[word] ** 0.4 if word in counts else RARE for word in words
            if re.fullmatch(r"[a-z]+(-[a-z]+)*", word) and len(word) > 1}


def dictionary(folder):
    """{tag: {word: weight}} of WordNet's dictionary files."""
    words = defaultdict(dict)
    nouns = irregular(folder, "noun")
    for noun, weight in lemmas(folder, "noun").items():
        words["NN"][noun] = weight
        words["NNS"][(nouns.get(noun) or [plural(noun)])[0]] = weight
    verbs = irregular(folder, "verb")
    for verb, weight in lemmas(folder, "verb").items():
        words["VB"][verb] = words["VBP"][verb] = words["VBZ"][plural(verb)] = weight
        forms = verbs.get(verb, [])
        words["VBG"][next((f for f in forms if f.endswith("ing")), with_ending(verb, "ing"))] = weight
        past = [f for f in forms if not f.endswith("ing") and f != plural(verb)]
        for form in past or [with_ending(verb, "ed")]:
            words["VBD"][form] = words["VBN"][form] = weight
    words["JJ"] = lemmas(folder, "adj")
    words["RB"] = lemmas(folder, "adv")
    return words


class Maker:
    """Draws a word for a tag: mostly from the dictionary."""

    def __init__(self, folder, rng):
        self.rng = rng
        self.words = {tag: (list(choices), list(choices.values()))
                      for tag, choices in dictionary(folder).items()}

    def listed(self, tag):
        words, weights = self.words[tag]
        return self.rng.choices(words, weights)[0]

    def compound(self):
        first = self.listed(self.rng.choice(("NN", "JJ", "NN", "RB")))
        return f"{first}-{self.listed(self.rng.choice(('NN', 'VBN', 'VBG', 'NN', 'JJ')))}"

    def number(self):
        rng = self.rng
        form = rng.choice(("{}", "{}", "{}", ".{}", "{}-{}", "{}pm", "{}x{}", "{}th", "{},000",
                           "{}/{}", "{}'s"))
        return form.format(rng.randrange(10 ** rng.randrange(1, 5)), rng.randrange(100))

    def slip(self, word):
        """A letter left out, doubled, exchanged or wrong."""
        rng = self.rng
        at = rng.randrange(len(word))
        return rng.choice((word[:at] + word[at + 1:], word[:at] + word[at] + word[at:],
                           word[:at] + word[at + 1:at + 2] + word[at] + word[at + 2:],
                           word[:at] + rng.choice(LETTERS) + word[at + 1:])) or word

    def draw(self, tag, word):
        """A word to stand for this one, or None."""
        if tag == "CD":
            return self.number()
        if tag not in self.words:
            return None
        kind = self.rng.random()
        if kind < 0.1:
            return self.slip(word)
        if kind < 0.2 and tag in ("NN", "JJ", "NNS"):
            return self.compound() + ("s" if tag == "NNS" else "")
        return self.listed(tag)


if __name__ == "__main__":
    maker = Maker(WORDNET, random.Random(1))
    for tag in [*maker.words, "CD"]:
        print(tag, *(maker.draw(tag, "example") for _ in range(12)))
