"""Labels of topics: short wordings of the documents themselves, with the name that tells which one is meant."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from contrast.claims.appraisal import lexicon
from contrast.claims.keys import NAME, concepts, generic, key_of, name_stem
from contrast.records import Claim, Document

LONGEST = 48
WITH_NAME = 36
"""Characters of a wording with a name that is preferred to one without."""
FEW = 3
"""Claims with a wording below which the rest of the documents are asked for a fuller one."""
MOSTLY = 0.35
"""Part of a topic's claims that must share a name for the label to have it."""


class Labels:
    """Makes labels of the texts of documents."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._documents = documents
        self._texts = {document.id: document.text for document in documents}

    def label(self, head: str, claims: Sequence[Claim], parts: Counter[str]) -> str:
        """The commonest short wording of the claims on a topic; ``parts`` are wordings of wider targets, for want of one."""
        wordings, names = Counter[str](), Counter[str]()
        for claim in claims:
            text = tidy(claim.target)
            names.update(key for key in dict.fromkeys(claim.keys) if _tells(key) and key != head)
            if not text or not (head in label_keys(text) or head.startswith(NAME)):
                continue
            wordings[text] += 1
            if (full := self._with_name(claim, text)) is not None:
                wordings[full] += 1
        known = {name for name, count in names.items() if count >= max(2, MOSTLY * len(claims))}
        if wordings or parts:
            found = wordings or parts
            best = min(found, key=lambda text: (_weakness(text, known), -found[text], -self._told(text), len(text), text))
            if max(found.values()) < FEW:
                best = self._named_elsewhere([best, *found]) or best
            bare = _POINTING.sub("", best).strip()
            pointed = bare != best and bare.islower()
            return f"the {bare}" if pointed or self._definite(best) else best
        return self._word(head) if head else "(no common words)"

    def _told(self, text: str) -> int:
        """How often the documents have the wording, whatever its article."""
        return sum(document.text.count(text.removeprefix("the ")) for document in self._documents)

    def _named_elsewhere(self, texts: Sequence[str]) -> str | None:
        """Of wordings of few claims the one that a name most often follows in the documents, with the name."""
        found = Counter[str]()
        for text in dict.fromkeys(texts):
            if any(_weakness(text, set())[:2]):
                continue
            bare = re.compile(re.escape(text.removeprefix("the ")) + r"( (?:of|in) [A-Z][\w-]+)(?! [A-Z])")
            found.update(text + m.group(1) for document in self._documents for m in bare.finditer(document.text))
        full, count = next(iter(found.most_common(1)), ("", 0))
        return full if count >= FEW and len(full) <= WITH_NAME else None

    def _with_name(self, claim: Claim, text: str) -> str | None:
        """The wording with the name that follows it ("the referendum in Crimea")."""
        if claim.target_span is None:
            return None
        start, end = claim.target_span
        around = self._texts[claim.document]
        found = _NAME_AFTER.match(around, end)
        full = tidy(around[start : found.end()]) if found is not None else ""
        return full if full.startswith(text) and len(full) <= WITH_NAME else None

    def _word(self, head: str) -> str:
        """A word of the documents that stands for the head, with its article where they mostly give it one."""
        forms = [word for word, concept in concepts().items() if concept == head] or [head.lstrip(NAME)]
        found = Counter[str]()
        for document in self._documents:
            for form in forms:
                found.update(m.group() for m in re.finditer(rf"(?<!\w){re.escape(form)}s?(?!\w)", document.text, re.IGNORECASE))
        if not found:
            matches = (re.search(rf"(?<!\w){re.escape(head.lstrip(NAME))}\w*", d.text, re.IGNORECASE) for d in self._documents)
            return next((match.group() for match in matches if match), head.lstrip(NAME))
        best = min(found, key=lambda word: (-found[word], word))
        return f"the {best}" if self._definite(best) else best

    def _definite(self, word: str) -> bool:
        """Whether the documents mostly put "the" before the word."""
        bare, definite = (sum(d.text.count(f"{before}{word}") for d in self._documents) for before in (" ", " the "))
        return 2 * definite > bare


def label_keys(label: str) -> set[str]:
    """Keys of the words of a label that carry meaning."""
    words = re.findall(r"[^\W\d_][\w’'-]*", label)
    keys = {name_stem(word) if word[0].isupper() else _key(word) for word in words if word.lower() not in _FUNCTION}
    return {key for key in keys if key not in generic()} or keys


def tidy(text: str) -> str:
    """A target's words without quotation marks; nothing where they are too many."""
    text = re.sub(r"^(The|An?) ", lambda match: match.group().lower(), text)
    text = " ".join(re.sub(r"[\"“”‘`]|’’|''", "", text).split()).strip(" ,'’")
    return text if 0 < len(text) <= LONGEST else ""


def _weakness(text: str, names: set[str]) -> tuple[bool, bool, bool]:
    """What speaks against a wording: that it takes sides, points elsewhere, or tells no name of those given."""
    return _appraises(text), bool(_POINTING.match(text)), not _named(text, names)


def _tells(key: str) -> bool:
    """Whether a key is of a name that tells which thing is meant, not of a word that is only written like one ("State")."""
    return key.startswith(NAME) and key[1:] not in generic() and key[1:] not in concepts()


def _named(text: str, names: set[str]) -> bool:
    return len(text) <= WITH_NAME and any(name_stem(word) in names for word in re.findall(r"[A-Z][\w-]+", text))


def _appraises(text: str) -> bool:
    """Whether a wording takes sides ("the illegal vote")."""
    return any(word in lexicon() and word not in concepts() for word in text.lower().split())


def _key(word: str) -> str:
    """The key of a common word that may stand in the plural."""
    lowered = word.lower()
    forms = [lowered, lowered.removesuffix("s"), lowered.removesuffix("es"), lowered.removesuffix("ies") + "y"]
    return next((concepts()[form] for form in forms if form in concepts()), key_of(lowered))


_NAME_AFTER = re.compile(r" (?:of|in|on|with|against) (?:the )?[A-Z][\w-]+(?: [A-Z][\w-]+)?")
_POINTING = re.compile(r"^((his|her|its|their|our|my|your|this|that|these|those|such|an?|any|each|every)\b ?)+", re.IGNORECASE)
"""Wordings that say little outside their sentence."""
_FUNCTION = frozenset(["the", "a", "an", "of", "for", "on", "in", "to", "and", "at", "with", "by", "from", "timeline", "timing"])
