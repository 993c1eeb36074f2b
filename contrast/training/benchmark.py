"""How fast the pipeline is and how much memory it takes, stage by stage.

    python -m contrast.training.benchmark FILES... [--comparison]

Reads the files or folders, runs each stage over them as the commands do, a batch of documents at a time, and prints words a
second after start-up, the share of each stage and the peak of the resident memory. Words are runs of letters and digits.
"""

from __future__ import annotations

import argparse
import platform
import re
import resource
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from tabulate import tabulate

from contrast import pipeline
from contrast.attribution import find_statements
from contrast.claims import find_claims
from contrast.comparison import compare_claims
from contrast.language import analyse, load_pipeline
from contrast.reading import read
from contrast.records import Claim, Document, Statement
from contrast.speakers import SpeakerResolver

WARM_UP = Document(id="warm-up", text='The mayor said the bridge was "safe". It was closed, according to the council.')


@dataclass(slots=True)
class Clock:
    """Seconds by stage, in the order in which the stages were first met."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Add what the block takes to the stage."""
        start = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - start


def measure(documents: list[Document], clock: Clock, *, comparison: bool = False) -> tuple[int, int]:
    """Run the stages over the documents, models already loaded; returns the numbers of statements and of contrasts."""
    nlp, resolver = load_pipeline(), SpeakerResolver()
    statements, claims = list[Statement](), list[Claim]()
    for batch in pipeline._batches(documents):
        with clock.stage("language"):
            docs = list(analyse(batch, nlp))
        with clock.stage("attribution"):
            found = find_statements(batch)
        for document, doc, attributed in zip(batch, docs, found, strict=True):
            with clock.stage("speakers"):
                resolved = resolver.resolve(document, doc, attributed)
            statements.extend(resolved)
            with clock.stage("claims"):
                claims.extend(find_claims(document, doc, resolved))
    with clock.stage("speakers"):
        unified = tuple(resolver.unify(statements))
    if not comparison:
        return len(unified), 0
    with clock.stage("comparison"):
        speakers = {statement.id: statement.speaker.id for statement in unified if statement.speaker is not None}
        named = [replace(claim, speaker=speakers[claim.statement]) for claim in claims if claim.statement in speakers]
        _, contrasts = compare_claims(documents, unified, named)
    return len(unified), len(contrasts)


def peak_megabytes() -> float:
    """The largest resident memory of this process so far."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+")
    parser.add_argument("--comparison", action="store_true", help="compare all documents together too")
    options = parser.parse_args()
    start_up, clock = Clock(), Clock()
    with start_up.stage("loading the models"):
        measure([WARM_UP], Clock(), comparison=options.comparison)
    loaded = peak_megabytes()
    with start_up.stage("reading"):
        documents = list(read(options.files, warn=print, fail=print))
    words = sum(len(re.findall(r"\w+", document.text)) for document in documents)
    statements, contrasts = measure(documents, clock, comparison=options.comparison)
    total = sum(clock.seconds.values())
    rows = [[name, seconds, words / max(seconds, 1e-9), 100 * seconds / total] for name, seconds in clock.seconds.items()]
    rows.append(["all stages", total, words / total, 100.0])
    print(f"{len(documents)} documents, {words} words, {statements} statements, {contrasts} contrasts")
    print(f"Python {platform.python_version()} on {platform.machine()}")
    print(tabulate(rows, ["stage", "seconds", "words/s", "%"], floatfmt=("", ".2f", ".0f", ".1f")))
    for name, seconds in start_up.seconds.items():
        print(f"{name}: {seconds:.2f} s")
    print(f"peak memory: {peak_megabytes():.0f} MB, of which {loaded:.0f} MB after loading the models")


if __name__ == "__main__":
    main()
