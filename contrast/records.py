"""What passes between the stages of the pipeline: frozen records that hold plain values and no spaCy objects.

Every span is ``(start, end)``, half-open, in characters of the document's text exactly as it was decoded.
Confidences and scores run from 0 to 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Span = tuple[int, int]
Spans = tuple[Span, ...]

QuoteType = Literal["direct", "mixed", "indirect"]
CueFunction = Literal["affirms", "denies", "doubts", "asks", "demands", "promises"]
SpeakerKind = Literal["person", "state", "body", "group", "document", "unknown"]
ContrastKind = Literal["evaluation", "denial", "fact", "quantity", "time", "policy", "commitment"]
Strength = Literal["contradicts", "contrasts"]
Scope = Literal["between", "within", "over time"]


@dataclass(frozen=True, slots=True)
class Document:
    """One text. ``skipped`` holds the ranges of page furniture, which no later stage reads."""

    id: str
    text: str
    title: str | None = None
    date: str | None = None
    """ISO 8601 date (YYYY-MM-DD)."""
    issuer: str | None = None
    """The body whose own statement the document is."""
    url: str | None = None
    path: str | None = None
    skipped: Spans = ()


@dataclass(frozen=True, slots=True)
class Speaker:
    """A real-world person, government, body, group or document that speaks."""

    id: str
    name: str
    kind: SpeakerKind = "unknown"
    side: str | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """An attribution relation: who (source) says (cue) what (content).

    ``verbatim`` are the quoted phrases within the content, without their marks; ``negated`` tells whether the cue
    itself is negated ("did not say"); ``parent`` is the id of the statement in whose content this one lies.
    """

    id: str
    document: str
    source: Spans
    cue: Spans
    content: Spans
    text: str
    """The content as it stands in the document; discontinuous pieces are joined by " … "."""
    quote: QuoteType = "indirect"
    cue_function: CueFunction = "affirms"
    negated: bool = False
    verbatim: Spans = ()
    parent: str | None = None
    confidence: float = 1.0
    speaker: Speaker | None = None
    speaker_confidence: float = 0.0
    speaker_reason: str = ""

    def _repr_html_(self) -> str:
        """How a notebook shows it: the passage with its quotations marked, and who speaks."""
        from contrast.report.notebook import statement_html  # noqa: PLC0415 -- only a notebook needs it

        return statement_html(self)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit and bound; ``low`` and ``high`` are equal for an exact one, infinite where open."""

    low: float
    high: float
    unit: str


@dataclass(frozen=True, slots=True)
class Claim:
    """What one statement says of one target."""

    statement: str
    speaker: str
    """The speaker's id."""
    document: str
    target: str
    """The target in the document's own words."""
    target_span: Span | None
    characterisation: Span
    """The characterising words, verbatim."""
    kind: ContrastKind
    polarity: float = 0.0
    """Towards the target: -1 negative, 1 positive."""
    negated: bool = False
    modality: str = "asserted"
    quantity: Quantity | None = None
    head: str = ""
    """The key of the target's head: what the claim is about, the same for words that stand for each other."""
    keys: tuple[str, ...] = ()
    """Keys of all that narrows the target down: names, and the other things it is said to be part of."""
    sense: str = ""
    """What the claim does, where the kind leaves it open: "supports", "ends", "denies", ..."""
    why: str = ""
    """The words on which it rests and the rule that read them, for a person."""


@dataclass(frozen=True, slots=True)
class Topic:
    """A target on which several speakers' claims line up."""

    id: str
    label: str
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Position:
    """One side of a contrast: whose, in which statements, and the characterising passages."""

    speaker: Speaker
    statements: tuple[str, ...]
    evidence: tuple[tuple[str, int, int], ...]
    """(document id, start, end) of the content of each statement, in the order of ``statements``."""
    phrases: tuple[str, ...]
    """The most telling verbatim words of this position."""


@dataclass(frozen=True, slots=True)
class Contrast:
    """Two opposed positions on one topic, and why they are taken to be opposed."""

    topic: str
    """The topic's label."""
    kind: ContrastKind
    strength: Strength
    scope: Scope
    score: float
    a: Position
    b: Position
    why: str


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person decided about one statement. ``None`` and the empty text leave what the machine found."""

    statement: str
    """The id that the statement had when the correction was written."""
    passage: str
    """The content as it stood then."""
    speaker: str | None = None
    topic: str | None = None
    drop: bool = False
    note: str = ""
    before: str = ""
    """The characters that stood before the passage."""
    after: str = ""

    @property
    def document(self) -> str:
        """The id of the statement's document."""
        return self.statement.rpartition(":")[0]


@dataclass(frozen=True, slots=True)
class Revision:
    """A correction replayed: ``machine`` is the statement as the machine found it, ``None`` for an orphan."""

    correction: Correction
    machine: Statement | None = None
    topics: tuple[str, ...] = ()
    """The topics on which the machine put the statement; known where the correction gives another."""
    reason: str = ""
    """Why it is an orphan."""


@dataclass(frozen=True, slots=True)
class Findings:
    """All that the pipeline found in a set of documents, the corrections of a person included."""

    documents: tuple[Document, ...]
    statements: tuple[Statement, ...]
    topics: tuple[Topic, ...] = ()
    contrasts: tuple[Contrast, ...] = ()
    revisions: tuple[Revision, ...] = ()
