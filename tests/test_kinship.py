"""Which documents are about one event."""

from __future__ import annotations

from contrast.comparison.kinship import Kinship
from contrast.records import Claim


def told(document: str, *keys: str) -> list[Claim]:
    """A claim a key, each of a statement of its own."""
    return [
        Claim(f"{document}-{n}", "ana", document, "", None, (0, 1), "evaluation", head=key, keys=(key,))
        for n, key in enumerate(keys)
    ]


def test_two_reports_must_share_more_than_two_official_statements() -> None:
    claims = told("one", "bridge", "@oslo", "toll", "ferry") + told("other", "bridge", "vote", "school", "@lima")
    assert not Kinship(claims).kindred("one", "other")
    assert not Kinship(claims, ["one"]).kindred("one", "other")
    assert Kinship(claims, ["one", "other"]).kindred("one", "other")


def test_reports_of_one_event_share_most_of_what_they_speak_of() -> None:
    claims = told("one", "bridge", "@oslo", "toll", "ferry") + told("other", "bridge", "@oslo", "toll", "school")
    assert Kinship(claims).kindred("one", "other")


def test_a_document_is_of_one_event_with_itself() -> None:
    assert Kinship([]).kindred("one", "one")
    assert not Kinship([]).kindred("one", "other")
