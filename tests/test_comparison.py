"""Which statements are laid side by side as opposed, of which kind, and which are not."""

from __future__ import annotations

import pytest
from made_statements import contrasts_of

from contrast.comparison.pairs import PairScore


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        (
            """
            Ana Ruiz | Ana Ruiz | said | the talks in Lima had been productive
            Harbour Union | the union | said | the meeting was “regrettable”
            """,
            "evaluation",
        ),
        (
            """
            Ana Ruiz | Ana Ruiz | supports | the pipeline
            Bo Lind | Bo Lind | opposes | the pipeline
            """,
            "policy",
        ),
        (
            """
            Ana Ruiz | Ana Ruiz | said | the withdrawal of the army would be complete within a year
            Bo Lind | Bo Lind | said | the withdrawal of the army would take about three years
            """,
            "time",
        ),
        (
            """
            Ana Ruiz | Ana Ruiz | spoke of | fourteen hostages in the mission
            Bo Lind | Bo Lind | said | thirty-one hostages were held in the mission
            """,
            "quantity",
        ),
        (
            """
            Ana Ruiz | Ana Ruiz | accused | the Harbour Union of hiding the cargo lists from the inspectors
            Harbour Union | the union | denied | hiding the cargo lists
            """,
            "denial",
        ),
        (
            """
            Ana Ruiz | Ana Ruiz | said | Norway intended to dismantle the missile testing facility
            field reports | field reports | showed | that Norway is continuing work at a missile facility
            """,
            "fact",
        ),
        (
            """
            Ana Ruiz | Ana Ruiz | said | the rebels were ready to give up their weapons
            Bo Lind | Bo Lind | said | the rebels had no intention to give up their weapons
            """,
            "commitment",
        ),
    ],
)
def test_opposed_statements_are_a_contrast_of_their_kind(lines, kind):
    (contrast,) = contrasts_of(lines)
    assert contrast.kind == kind
    assert contrast.why
    assert {contrast.a.speaker.name, contrast.b.speaker.name} == {
        line.split("|")[0].strip() for line in lines.splitlines() if "|" in line
    }


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        (
            """
            Ana Ruiz | Ana Ruiz | said | the talks in Lima were productive
            Bo Lind | Bo Lind | said | the weather was terrible
            """,
            "different targets",
        ),
        (
            """
            Ana Ruiz | Ana Ruiz | said | the talks in Lima were productive
            Bo Lind | Bo Lind | said | the talks had been excellent
            """,
            "agreement",
        ),
        (
            """
            Ana Ruiz | Ana Ruiz | said | the talks in Lima were productive
            Bo Lind | Bo Lind | said | he would not comment on the talks
            """,
            "silence",
        ),
        (
            """
            Ana Ruiz | Ana Ruiz | said | the withdrawal would be complete within a year
            Bo Lind | Bo Lind | said | the withdrawal would be complete in eight months
            """,
            "times that can both hold",
        ),
        (
            """
            Ana Ruiz | Ana Ruiz | said | fourteen hostages were in the mission
            Bo Lind | Bo Lind | said | three farmers were in the market
            """,
            "different things counted",
        ),
        (
            """
            Ana Ruiz | Ana Ruiz | praised | the accord
            Ruiz campaign | the Ruiz campaign | condemned | the accord
            """,
            "speakers of one side",
        ),
        (
            """
            Ana Ruiz | Ana Ruiz | praised | Bo Lind for his patience
            Cy Mann | Cy Mann | criticised | Bo Lind for the cost of the bridge
            """,
            "two views of one person on different points",
        ),
        (
            """
            Ana Ruiz | Ana Ruiz | praised | the accord
            Bo Lind | Bo Lind | did not say whether | the accord was a failure
            """,
            "nothing asserted",
        ),
    ],
)
def test_what_is_not_opposed_is_no_contrast(lines, why):
    assert contrasts_of(lines) == [], why


def test_statements_of_one_speaker_on_one_topic_are_one_side():
    (contrast,) = contrasts_of(
        """
        Harbour Union | the union | said | the talks were regrettable
        Ana Ruiz | Ana Ruiz | said | the talks had been productive
        Harbour Union | it | said | the outcome of the talks was very worrying
        """
    )
    sides = {position.speaker.name: position for position in (contrast.a, contrast.b)}
    assert len(sides["Harbour Union"].statements) == 2
    assert set(sides["Harbour Union"].phrases) == {"regrettable", "very worrying"}
    assert sides["Ana Ruiz"].phrases == ("productive",)


def test_positions_in_two_documents_meet():
    (contrast,) = contrasts_of(
        "Ana Ruiz | Ana Ruiz | supports | the Oslo pipeline plan",
        "Bo Lind | Bo Lind | opposes | the Oslo pipeline plan",
    )
    assert {contrast.a.evidence[0][0], contrast.b.evidence[0][0]} == {"d0", "d1"}


def test_topics_named_by_the_user_keep_what_is_about_them_under_their_label():
    lines = """
        Ana Ruiz | Ana Ruiz | supports | the pipeline
        Bo Lind | Bo Lind | opposes | the pipeline
        Ana Ruiz | Ana Ruiz | said | the talks in Lima had been productive
        Bo Lind | Bo Lind | said | the talks were regrettable
        """
    assert {contrast.topic for contrast in contrasts_of(lines, topics=("negotiations",))} == {"negotiations"}
    assert len(contrasts_of(lines)) == 2


def test_the_reason_names_the_words_and_what_they_are_said_of():
    (contrast,) = contrasts_of(
        """
        Ana Ruiz | Ana Ruiz | said | the talks had been productive
        Bo Lind | Bo Lind | said | the talks were regrettable
        """
    )
    assert contrast.why == "'productive' (positive) against 'regrettable' (negative), both of the talks"


class Sure:
    """A scorer that takes every pair for a denial."""

    def score(self, pairs):
        return [PairScore(0.9, "denial", "the one takes back what the other says") for _ in pairs]


class Sceptic:
    """A scorer that takes no pair for a contrast."""

    def score(self, pairs):
        return [PairScore(0.0, "evaluation", "") for _ in pairs]


def test_a_scorer_finds_what_no_rule_finds_and_gives_its_reason():
    lines = """
        Ana Ruiz | Ana Ruiz | said | the ferry Aurora left Oslo harbour before dawn
        Bo Lind | Bo Lind | said | nobody saw the ferry Aurora in Oslo harbour at dawn
        """
    assert contrasts_of(lines) == []
    (contrast,) = contrasts_of(lines, scorer=Sure())
    assert (contrast.kind, contrast.why) == ("denial", "the one takes back what the other says")


def test_a_scorer_can_drop_what_a_rule_finds():
    lines = """
        Ana Ruiz | Ana Ruiz | supports | the pipeline
        Bo Lind | Bo Lind | opposes | the pipeline
        """
    assert len(contrasts_of(lines)) == 1
    assert contrasts_of(lines, scorer=Sceptic()) == []


def test_a_scorer_is_asked_of_statements_of_one_document_that_share_no_word():
    lines = """
        Ana Ruiz | Ana Ruiz | praised | the harbour pact
        Bo Lind | Bo Lind | said | she had been fooled
        """
    (contrast,) = contrasts_of(lines, scorer=Sure())
    assert (contrast.a.speaker.name, contrast.b.speaker.name) == ("Ana Ruiz", "Bo Lind")
    assert "pact" in contrast.topic


def test_a_row_of_the_scorer_is_about_what_most_of_both_sides_speak_of():
    lines = """
        Ana Ruiz | Ana Ruiz | said | the ferry was sound in Oslo
        Bo Lind | Bo Lind | said | in Oslo nobody trusted the ferry
        Ana Ruiz | Ana Ruiz | added | the ferry would sail
        """
    (contrast,) = contrasts_of(lines, scorer=Sure())
    assert (len(contrast.a.statements), len(contrast.b.statements)) == (2, 1)
    assert contrast.topic == "the ferry"


class Doubtful:
    """A scorer that thinks every pair unlikely to be a contrast."""

    def score(self, pairs):
        return [PairScore(0.05, "evaluation", "") for _ in pairs]


def test_a_scorers_doubt_counts_for_appraisals_and_not_for_figures():
    appraisals = """
        Ana Ruiz | Ana Ruiz | said | the talks were productive
        Bo Lind | Bo Lind | said | the talks were regrettable
        """
    figures = """
        Ana Ruiz | Ana Ruiz | said | the withdrawal of the army would be complete within a year
        Bo Lind | Bo Lind | said | the withdrawal of the army would take about three years
        """
    assert [len(contrasts_of(lines)) for lines in (appraisals, figures)] == [1, 1]
    assert [len(contrasts_of(lines, scorer=Doubtful())) for lines in (appraisals, figures)] == [0, 1]


class Mixed:
    """A scorer that is sure of a denial and unsure of different times."""

    def score(self, pairs):
        late = ["late" in pair.a.content + pair.b.content for pair in pairs]
        return [PairScore(0.2, "time", "times") if one else PairScore(0.8, "denial", "denied") for one in late]


def test_figures_of_which_a_scorer_is_unsure_are_no_row_beside_a_surer_one():
    lines = """
        Ana Ruiz | Ana Ruiz | praised | the harbour pact
        Bo Lind | Bo Lind | said | she had been fooled
        Bo Lind | Bo Lind | added | the ferry was late
        """
    assert [contrast.kind for contrast in contrasts_of(lines, scorer=Mixed())] == ["denial"]


def test_nothing_gives_nothing():
    assert contrasts_of("") == []


EARLIER, LATER = (
    "Ana Ruiz | Ana Ruiz | supports | the Oslo pipeline plan",
    "Ana Ruiz | Ana Ruiz | opposes | the Oslo pipeline plan",
)


def test_one_speaker_who_changes_sides_between_two_dates_is_a_contrast_over_time():
    (contrast,) = contrasts_of(LATER, EARLIER, dates=("2021-05-01", "2019-05-01"))
    assert contrast.scope == "over time"
    assert (contrast.a.evidence[0][0], contrast.b.evidence[0][0]) == ("d1", "d0")


def test_without_dates_one_speaker_is_not_held_against_himself():
    assert contrasts_of(LATER, EARLIER) == []


def test_two_speakers_of_one_side_differ_within_it():
    (contrast,) = contrasts_of(
        """
        Ana Ruiz | Ana Ruiz | supports | the pipeline
        Bo Lind | Bo Lind | opposes | the pipeline
        """,
        side="the ministry",
    )
    assert contrast.scope == "within"


def test_the_same_word_in_reports_of_different_events_is_not_one_target():
    assert (
        contrasts_of(
            """
            Ana Ruiz | Ana Ruiz | supports | the plan
            Ana Ruiz | she | said | the Oslo harbour tunnel would spare the ferries a detour
            """,
            """
            Bo Lind | Bo Lind | opposes | the plan
            Bo Lind | he | said | hospitals in Lima lacked nurses and medicine
            """,
        )
        == []
    )


def test_two_papers_are_not_on_one_side_for_being_called_news():
    lines = """
        Harbour News | Harbour News | praised | the pact
        Oslo News | Oslo News | said | it was a farce
        Oslo News desk | the Oslo News desk | added | the pact was void
        """
    found = contrasts_of(lines, scorer=Sure())
    assert [{c.a.speaker.name, c.b.speaker.name} for c in found if "Harbour News" in (c.a.speaker.name, c.b.speaker.name)]
    assert {"Oslo News", "Oslo News desk"} not in [{c.a.speaker.name, c.b.speaker.name} for c in found]
