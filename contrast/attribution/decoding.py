"""From the tagger's scores to linked sources, cues and contents."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

ROLES = ("source", "cue", "content")
TAGS = ("O", *(f"{position}-{role}" for role in ROLES for position in "BIES"))
DISTANCE_BUCKETS = 24

Floats = NDArray[np.float32]
WordSpan = tuple[int, int]
"""First and last word of a span, both inclusive."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One attribution in words: the spans of each role, in text order.

    ``certainty`` holds natural logarithms of probabilities: of its links, and of the tags at the edges of its contents, of
    its cue and of its source (mean over the edges; 0 for a role it lacks).
    """

    source: tuple[WordSpan, ...]
    cue: tuple[WordSpan, ...]
    content: tuple[WordSpan, ...]
    certainty: tuple[float, float, float, float]


def allowed_transitions() -> NDArray[np.bool_]:
    """Which BIOES tag may follow which; shape (tags, tags)."""
    allowed = np.zeros((len(TAGS), len(TAGS)), dtype=bool)
    for i, before in enumerate(TAGS):
        for j, after in enumerate(TAGS):
            if before[0] in "BI":
                allowed[i, j] = after[0] in "IE" and after[2:] == before[2:]
            else:
                allowed[i, j] = after[0] in "OBS"
    return allowed


_FORBIDDEN = np.where(allowed_transitions(), 0.0, -1e4).astype(np.float32)
_STARTS = np.array([0.0 if tag[0] in "OBS" else -1e4 for tag in TAGS], dtype=np.float32)
_ENDS = np.array([0.0 if tag[0] in "OES" else -1e4 for tag in TAGS], dtype=np.float32)


def best_tags(scores: Floats, transitions: Floats) -> NDArray[np.int64]:
    """The best legal tag sequence (Viterbi) for ``scores`` of shape (words, tags)."""
    length = len(scores)
    if not length:
        return np.zeros(0, dtype=np.int64)
    moves = transitions + _FORBIDDEN
    columns = np.arange(len(TAGS))
    back = np.zeros((length, len(TAGS)), dtype=np.int64)
    alpha = scores[0] + _STARTS
    for position in range(1, length):
        reached = alpha[:, None] + moves
        back[position] = reached.argmax(axis=0)
        alpha = reached[back[position], columns] + scores[position]
    tags = np.zeros(length, dtype=np.int64)
    tags[-1] = int((alpha + _ENDS).argmax())
    for position in range(length - 1, 0, -1):
        tags[position - 1] = back[position, tags[position]]
    return tags


def tag_probabilities(scores: Floats, transitions: Floats, tags: NDArray[np.int64]) -> Floats:
    """The marginal probability of each word's chosen tag (forward-backward); shape (words,)."""
    length = len(scores)
    if not length:
        return np.zeros(0, dtype=np.float32)
    moves = np.exp(transitions + _FORBIDDEN)
    local = np.exp(scores - scores.max(axis=1, keepdims=True))
    forward, backward = np.zeros_like(local), np.zeros_like(local)
    forward[0] = local[0] * np.exp(_STARTS)
    backward[-1] = np.exp(_ENDS)
    for position in range(1, length):
        reached = (forward[position - 1] @ moves) * local[position]
        forward[position] = reached / max(reached.sum(), 1e-30)
        mirror = length - 1 - position
        reached = moves @ (backward[mirror + 1] * local[mirror + 1])
        backward[mirror] = reached / max(reached.sum(), 1e-30)
    joint = forward * backward
    chosen: Floats = joint[np.arange(length), tags] / np.maximum(joint.sum(axis=1), 1e-30)
    return chosen


def tag_spans(tags: NDArray[np.int64]) -> dict[str, list[WordSpan]]:
    """The spans of each role in a legal tag sequence."""
    found: dict[str, list[WordSpan]] = {role: [] for role in ROLES}
    first = 0
    for index, number in enumerate(tags):
        tag = TAGS[number]
        if tag[0] in "BS":
            first = index
        if tag[0] in "ES":
            found[tag[2:]].append((first, index))
    return found


def distance_bucket(dependent: WordSpan, head: WordSpan) -> int:
    """The signed number of words between two spans on a logarithmic scale, 0 to ``DISTANCE_BUCKETS - 1``."""
    if head[0] > dependent[1]:
        gap, side = head[0] - dependent[1], 1
    else:
        gap, side = max(1, dependent[0] - head[1]), 0
    return side * (DISTANCE_BUCKETS // 2) + min(DISTANCE_BUCKETS // 2 - 1, int(np.log2(gap) * 1.6))


def link_probabilities(
    links: Floats, dependents: list[WordSpan], heads: list[WordSpan], kind: int, distance: Floats, null: Floats
) -> Floats:
    """Probabilities of each head, and last of none, for each dependent; shape (dependents, heads + 1).

    ``kind`` is 0 for cue -> source and 1 for content -> cue; ``links`` has shape (words, 8 * width).
    """
    vectors = links.reshape(len(links), 8, -1)
    left = np.array([vectors[a, 4 * kind] + vectors[b, 4 * kind + 1] for a, b in dependents])
    scores = np.zeros((len(dependents), len(heads) + 1), dtype=np.float32)
    scores[:, -1] = null[kind]
    if heads:
        right = np.array([vectors[a, 4 * kind + 2] + vectors[b, 4 * kind + 3] for a, b in heads])
        scores[:, :-1] = left @ right.T / np.sqrt(vectors.shape[2])
        for row, dependent in enumerate(dependents):
            for column, head in enumerate(heads):
                gap = max(head[0] - dependent[1], dependent[0] - head[1])
                scores[row, column] += distance[kind][distance_bucket(dependent, head)] if gap < 80 else -1e4
    scores -= scores.max(axis=1, keepdims=True)
    weights = np.exp(scores)
    probabilities: Floats = weights / weights.sum(axis=1, keepdims=True)
    return probabilities


def decode(scores: Floats, links: Floats, transitions: Floats, distance: Floats, null: Floats) -> list[Frame]:
    """The attributions of one text from its word scores, in text order; a content without a cue stands alone."""
    tags = best_tags(scores, transitions)
    probabilities = tag_probabilities(scores, transitions, tags)
    spans = tag_spans(tags)
    sources, cues, contents = spans["source"], spans["cue"], spans["content"]

    def edges(role: tuple[WordSpan, ...]) -> float:
        values = [probabilities[word] for span in role for word in span]
        return float(np.mean(np.log(np.maximum(values, 1e-6)))) if values else 0.0

    def frame(source: tuple[WordSpan, ...], cue: tuple[WordSpan, ...], content: tuple[WordSpan, ...], link: float) -> Frame:
        return Frame(source, cue, content, (float(np.log(max(link, 1e-6))), edges(content), edges(cue), edges(source)))

    members: dict[int, list[tuple[WordSpan, float]]] = {}
    found: list[Frame] = []
    if contents:
        chosen = link_probabilities(links, contents, cues, 1, distance, null)
        for content, row in zip(contents, chosen, strict=True):
            best = int(row.argmax())
            if best < len(cues):
                members.setdefault(best, []).append((content, float(row[best])))
            else:
                found.append(frame((), (), (content,), float(row[best])))
    if members:
        used = sorted(members)
        chosen = link_probabilities(links, [cues[i] for i in used], sources, 0, distance, null)
        for index, row in zip(used, chosen, strict=True):
            best = int(row.argmax())
            source = (sources[best],) if best < len(sources) else ()
            link = float(row[best]) * min(p for _, p in members[index])
            found.append(frame(source, (cues[index],), tuple(c for c, _ in members[index]), link))
    return sorted(found, key=lambda f: (f.cue or f.content)[0])
