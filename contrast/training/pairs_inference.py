"""Invented reports out of corpora of stance and inference, on which the scorer of pairs learns what opposition is.

PERSPECTRUM's perspectives (Chen et al. 2019): on a few questions several speak, and those who support a claim contrast with
those who undermine it. Pairs of sentences with inference labels: two speakers each, a contrast where they contradict.
"""

from __future__ import annotations

import csv
import json
import random
import tomllib
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

MANY = 1500
"""Pairs taken of Breaking NLI, which varies few sentences by single words."""
ANTONYMS = 1200
"""Pairs taken of SemAntoNeg."""
VOICES = 16
"""Speakers of a report."""
LONGEST = 60
"""Words of a premise."""


def reports(folder: Path, seed: int) -> list[dict[str, Any]]:
    """Reports in the form of the scenarios, from the folder of inference corpora; another seed puts them together anew."""
    chooser = random.Random(seed)
    found = [*_debates(folder, chooser), *_notes(folder, chooser)]
    chooser.shuffle(found)
    return found


def _debates(folder: Path, chooser: random.Random) -> Iterator[dict[str, Any]]:
    """Two or three claims with some of their perspectives."""
    claims = list(_perspectives(folder))
    chooser.shuffle(claims)
    claims = [claim for claim in claims if claim[1]]
    count = 0
    while len(claims) >= 3:
        taken = [claims.pop() for _ in range(chooser.choice([2, 3]))]
        speakers = chooser.sample(_words()["speakers"], VOICES)
        told, contrasts = list[dict[str, Any]](), list[dict[str, Any]]()
        for claim, perspectives in taken:
            chosen = chooser.sample(perspectives, min(len(perspectives), chooser.choice([3, 4, 5, 6])))
            said = [(chooser.choice(wordings), supports) for wordings, supports in chosen if wordings]
            if chooser.random() < 0.6:
                said.insert(0, (claim, True))
            sides: dict[bool, list[str]] = {True: [], False: []}
            for text, supports in said:
                if len(text.split()) < 3 or len(told) >= VOICES - 1:
                    continue
                told.append(_statement(len(told), speakers, text, chooser))
                sides[supports].append(told[-1]["id"])
            contrasts += [{"a": [a], "b": [b], "kind": None} for a in sides[True] for b in sides[False]]
        event = taken[0][0] if chooser.random() < 0.5 else "Debate on several questions"
        yield {"id": f"p{count}", "event": event, "statements": told, "contrasts": contrasts}
        count += 1


def _notes(folder: Path, chooser: random.Random) -> Iterator[dict[str, Any]]:
    """Five to seven pairs of sentences."""
    pairs = list(_inferences(folder))
    chooser.shuffle(pairs)
    count = 0
    while len(pairs) >= VOICES // 2:
        taken = [pairs.pop() for _ in range(chooser.choice([5, 6, 7]))]
        speakers = chooser.sample(_words()["speakers"], VOICES)
        told, contrasts = list[dict[str, Any]](), list[dict[str, Any]]()
        for premise, hypothesis, contradict in taken:
            both = (hypothesis, premise) if chooser.random() < 0.3 else (premise, hypothesis)
            one, other = (_statement(len(told) + n, speakers, text, chooser) for n, text in enumerate(both))
            told += [one, other]
            if contradict:
                contrasts.append({"a": [one["id"]], "b": [other["id"]], "kind": None})
        if chooser.random() < 0.5:
            chooser.shuffle(told)
        yield {"id": f"n{count}", "event": "Notes of the day", "statements": told, "contrasts": contrasts}
        count += 1


def _statement(number: int, speakers: list[str], text: str, chooser: random.Random) -> dict[str, Any]:
    said = text.rstrip(" .")
    if said.split(" ", 1)[0].lower() in _words()["lowered"]:
        said = said[0].lower() + said[1:]
    speaker = speakers[number]
    return {"id": f"s{number}", "speaker": speaker, "source": speaker, "cue": chooser.choice(_words()["cues"]), "content": said}


def _perspectives(folder: Path) -> Iterator[tuple[str, list[tuple[list[str], bool]]]]:
    """Each claim with its perspectives: their wordings, and whether they support it."""
    pool = json.loads((folder / "perspectrum_perspectives.json").read_text(encoding="utf-8"))
    texts = {one["pId"]: one["text"] for one in pool}
    for claim in json.loads((folder / "perspectrum_claims.json").read_text(encoding="utf-8")):
        stances = [p for p in claim["perspectives"] if p["stance_label_3"] in ("SUPPORT", "UNDERMINE")]
        yield (
            claim["text"],
            [([texts[i] for i in p["pids"] if i in texts], p["stance_label_3"] == "SUPPORT") for p in stances],
        )


def _inferences(folder: Path) -> Iterator[tuple[str, str, bool]]:
    """Premise, hypothesis, and whether they contradict."""
    for premise, hypothesis, label in _labelled(folder):
        name = {"1": "contradiction", "0": "entailment"}.get(label.strip().lower(), label.strip().lower())
        known = name in ("contradiction", "entailment", "neutral")
        if premise and hypothesis and known and 3 <= len(premise.split()) <= LONGEST:
            yield premise.strip(), hypothesis.strip(), name == "contradiction"


def _labelled(folder: Path) -> Iterator[tuple[str, str, str]]:
    for name in ("rte3_dev", "rte3_test"):
        for line in (folder / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            yield row["premise"], row["hypothesis"], row["label"]
    yield from _table(folder / "glue_diagnostic.tsv", "Premise", "Hypothesis", "Label")
    for name in ("MNLI", "RTE", "SNLI"):
        yield from _table(folder / f"negation_nli_{name}.txt", "Text", "Hypothesis", "gold_label", encoding="cp1252")
    yield from _table(folder / "nan_nli.csv", "premise", "hypothesis", "label", delimiter=",", quoting=csv.QUOTE_MINIMAL)
    yield from _table(folder / "conj_nli_dev.tsv", "Premise", "Hypothesis", "Label", encoding="utf-8-sig")
    for name in ("comparatives", "quantification", "spatial", "negation"):
        for row in json.loads((folder / f"dnc_{name}.json").read_text(encoding="utf-8")):
            yield row["context"], row["hypothesis"], row["label"]
    antonyms = list(_table(folder / "sem_anto_neg.tsv", "premise", "hypothesis", "label"))
    random.Random(1).shuffle(antonyms)
    yield from antonyms[:ANTONYMS]
    with zipfile.ZipFile(folder / "breaking_nli.zip") as packed:
        (name,) = [name for name in packed.namelist() if name.endswith(".jsonl")]
        rows = [json.loads(line) for line in packed.read(name).decode("utf-8").splitlines()]
    random.Random(1).shuffle(rows)
    for row in rows[:MANY]:
        yield row["sentence1"], row["sentence2"], row["gold_label"]


def _table(
    path: Path, *names: str, delimiter: str = "\t", quoting: Any = csv.QUOTE_NONE, encoding: str = "utf-8"
) -> Iterator[tuple[str, str, str]]:
    with path.open(encoding=encoding, errors="replace", newline=None) as file:
        for row in csv.DictReader(file, delimiter=delimiter, quoting=quoting):
            premise, hypothesis, label = (row[name] or "" for name in names)
            yield premise, hypothesis, label


@cache
def _words() -> dict[str, list[str]]:
    found: dict[str, list[str]] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return found
