"""Corrections: read from an edited CSV or a small file, replayed by id or passage, never moved to a look-alike."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_findings import FERRIN, MINISTRY, OTTERBY, claim, findings

from contrast.corrections import apply_topics, load_corrections, replay
from contrast.errors import CorrectionsError
from contrast.records import Correction, Document, Findings, Speaker, Statement, Topic
from contrast.report.delimited import csv_text
from contrast.report.frames import STATEMENT_COLUMNS, orphan_rows, statement_rows
from contrast.report.outputs import Format, Style, statements_files
from contrast.report.review import review_csv

HARBOUR = 'The harbour will open in May, Anna Ferrin said. "We are ready", she added. "No", said Carl Otterby.'


def document(text: str, id_: str = "port") -> Document:
    return Document(id_, text)


def found(text: str, *contents: str, id_: str = "port", speaker: Speaker | None = FERRIN) -> tuple[Statement, ...]:
    """A statement at each place where one of the contents stands."""
    made = []
    for words in contents:
        at = text.find(words)
        while at >= 0:
            end = at + len(words)
            made.append(Statement(f"{id_}:{at}-{end}", id_, (), (), ((at, end),), words, speaker=speaker, speaker_confidence=0.3))
            at = text.find(words, end)
    return tuple(sorted(made, key=lambda s: s.content))


def edited(tmp_path, findings: Findings, edits: dict[int, dict[str, str]], *, excel: bool = False, delimiter: str = ","):
    """The corrections read from the statements' CSV after these cells of these rows were changed."""
    text = csv_text(STATEMENT_COLUMNS, statement_rows(findings), excel=excel)
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    for number, cells in edits.items():
        rows[number] |= cells
    path = tmp_path / "statements.csv"
    with path.open("w", encoding="utf-8-sig" if excel else "utf-8", newline="") as file:
        writer = csv.DictWriter(file, STATEMENT_COLUMNS, delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
    return load_corrections(path)


def corrected(text: str, contents: tuple[str, ...], **more: object) -> Correction:
    """A correction as the CSV of a text holds it: the last statement with these contents is Otterby's."""
    statements = found(text, *contents)
    row = statement_rows(Findings((document(text),), statements))[-1]
    values = {name: str(row[name]) for name in ("before", "after")}
    return Correction(str(row["id"]), str(row["text"]), speaker="Carl Otterby", **(values | more))  # type: ignore[arg-type]


def test_a_csv_as_it_was_written_holds_no_corrections(tmp_path):
    assert edited(tmp_path, findings(), {}) == ()


@pytest.mark.parametrize(("excel", "delimiter"), [(False, ","), (True, ","), (True, ";"), (False, "\t")])
def test_an_edited_cell_is_a_correction_whatever_the_spreadsheet_writes(tmp_path, excel, delimiter):
    made = edited(
        tmp_path, findings(), {1: {"speaker": "Carl Otterby"}, 2: {"drop": "x", "note": "a rumour"}, 3: {"topic": "the deal"}},
        excel=excel, delimiter=delimiter,
    )  # fmt: skip
    assert [(c.speaker, c.topic, c.drop, c.note) for c in made] == [
        ("Carl Otterby", None, False, ""), (None, None, True, "a rumour"), (None, "the deal", False, ""),
    ]  # fmt: skip
    assert made[0].statement == findings().statements[1].id
    assert made[0].passage == findings().statements[1].text


def test_a_small_toml_file_holds_corrections_too(tmp_path):
    path = tmp_path / "c.toml"
    path.write_text('[[correction]]\nid = "port:1-5"\ntext = "abcd"\nspeaker = "Anna"\ndrop = true\nnote = "why"\n')
    assert load_corrections(path) == (Correction("port:1-5", "abcd", speaker="Anna", drop=True, note="why"),)


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("c.csv", "a,b\r\n1,2\r\n", "no column id"),
        ("c.csv", "id,text,speaker\r\nport:1-5,,Anna\r\n", "row 2: its text is empty"),
        ("c.csv", "id,text,speaker\r\nnothing,x,Anna\r\n", "row 2: the id 'nothing' is no statement's"),
        ("c.csv", "id,text,drop\r\nport:1-5,x,perhaps\r\n", "drop is 'perhaps'; write yes, or leave it empty"),
        ("c.csv", "id,text,note\r\np:1-5,x,a\r\np:1-5,x,b\r\n", "two different corrections of p:1-5"),
        ("c.csv", "id,text,note\r\np:1-5,x,a,b\r\n", "row 2: more cells than columns"),
        ("c.csv", 'id,text,note\r\np:1-5,"x,a\r\n', "not CSV"),
        ("c.csv", "", "no column id"),
        ("c.toml", "correction = 3", "[[correction]]"),
        ("c.toml", "[[correction]]\nspeakr = 'x'", "no such key: speakr"),
        ("c.toml", "[[correction]]\nid = 3", "id must be a text"),
        ("c.toml", "x =", "not TOML"),
    ],
)
def test_a_mistake_in_a_corrections_file_is_named(tmp_path, name, text, message):
    path = tmp_path / name
    path.write_bytes(text.encode())
    with pytest.raises(CorrectionsError) as raised:
        load_corrections(path)
    assert message in str(raised.value)
    assert str(path) in str(raised.value)


def test_a_file_that_is_missing_or_not_utf_8_is_named(tmp_path):
    with pytest.raises(CorrectionsError, match="cannot be read"):
        load_corrections(tmp_path / "none.csv")
    (tmp_path / "c.xlsx").write_bytes(b"PK\x03\x04\x99")
    with pytest.raises(CorrectionsError, match="a workbook; save its sheet as CSV"):
        load_corrections(tmp_path / "c.xlsx")
    (tmp_path / "c.csv").write_bytes("id,text,speaker\r\np:1-2,x,André".encode("cp1252"))
    with pytest.raises(CorrectionsError, match="save it as CSV UTF-8"):
        load_corrections(tmp_path / "c.csv")


def test_a_correction_holds_at_its_id_and_the_machines_value_stays_beside_it():
    statements = found(HARBOUR, "We are ready", "No")
    correction = corrected(HARBOUR, ("No",))
    after, revisions = replay([correction], statements, [document(HARBOUR)])
    assert [s.speaker.name for s in after] == ["Anna Ferrin", "Carl Otterby"]
    assert (after[1].speaker_confidence, after[1].speaker_reason) == (1.0, "corrected by hand")
    row = statement_rows(Findings((document(HARBOUR),), after, revisions=revisions))[1]
    assert (row["speaker"], row["machine_speaker"], row["correction"]) == ("Carl Otterby", "Anna Ferrin", "speaker")


def test_after_a_paragraph_at_the_head_a_correction_follows_its_passage():
    text = f"A storm has passed.\n\n{HARBOUR}"
    after, revisions = replay([corrected(HARBOUR, ("We are ready",))], found(text, "We are ready", "No"), [document(text)])
    assert [s.speaker.name for s in after] == ["Carl Otterby", "Anna Ferrin"]
    assert revisions[0].machine.id != revisions[0].correction.statement


def test_a_change_of_threshold_leaves_corrections_of_what_is_still_found_and_orphans_the_rest():
    corrections = [corrected(HARBOUR, ("We are ready",)), corrected(HARBOUR, ("No",))]
    after, revisions = replay(corrections, found(HARBOUR, "The harbour will open in May", "No"), [document(HARBOUR)])
    assert [s.speaker.name for s in after] == ["Anna Ferrin", "Carl Otterby"]
    assert [bool(revision.machine) for revision in revisions] == [False, True]
    (orphan,) = orphan_rows(Findings((document(HARBOUR),), after, revisions=revisions))
    assert (orphan["text"], orphan["reason"]) == ("We are ready", "no statement has this passage any more")


def test_more_documents_do_not_disturb_a_correction():
    other = replace(document(HARBOUR, "other"))
    statements = (*found(HARBOUR, "No", id_="other"), *found(HARBOUR, "No"))
    after, _ = replay([corrected(HARBOUR, ("No",))], statements, [other, document(HARBOUR)])
    assert [(s.document, s.speaker.name) for s in after] == [("other", "Anna Ferrin"), ("port", "Carl Otterby")]


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        # the same words are said twice now
        ('"Yes", he said.', 'New.\n\n"Yes", she said. "Yes", he said.', "the passage stands in the document more than once"),
        # the same words are in the text twice, once outside any statement that is found
        ("He said yes to it.", "New: yes.\n\nHe said yes to it.", "the passage stands in the document more than once"),
        # the passage is gone, and another speaker says the same words elsewhere
        ('"Yes", said Anna at the old quay.', 'Rain all day. Then Carl shouted: "Yes". Snow.', "the words around the passage"),
        # another version of the text has another wording
        ('"Yes", he said.', 'New.\n\n"Yes indeed", he said.', "no statement has this passage any more"),
    ],
)
def test_a_look_alike_is_never_corrected(before, after, reason):
    words = "Yes" if "Yes" in before else "yes"
    there = "Yes indeed" if "indeed" in after else words
    correction = corrected(before, (words,))
    statements, revisions = replay([correction], found(after, there)[-1:], [document(after)])
    assert statements == found(after, there)[-1:]
    assert revisions[0].machine is None
    assert revisions[0].reason.startswith(reason)


def test_an_id_that_a_look_alike_has_taken_over_is_not_enough():
    """The second "Yes" is corrected; a new head moves the first to the very place where the second stood."""
    old = '"Yes", said Anna. "Yes", said Carl.'
    shift = old.rindex("Yes") - old.index("Yes")
    new = "x" * (shift - 1) + "\n" + old
    correction = corrected(old, ("Yes",))
    assert correction.statement in {s.id for s in found(new, "Yes")}
    after, revisions = replay([correction], found(new, "Yes"), [document(new)])
    assert after == found(new, "Yes")
    assert revisions[0].machine is None


def test_repeated_words_are_corrected_where_the_text_is_unchanged():
    old = '"Yes", said Anna. "Yes", said Carl.'
    after, _ = replay([corrected(old, ("Yes",))], found(old, "Yes"), [document(old)])
    assert [s.speaker.name for s in after] == ["Anna Ferrin", "Carl Otterby"]


def test_a_document_that_was_not_read_leaves_an_orphan():
    _, revisions = replay([Correction("gone:1-5", "abcd", note="x")], (), [document(HARBOUR)])
    assert revisions[0].reason == "its document was not read"


def test_a_correction_names_a_known_speaker_by_name_or_id_in_any_case_and_else_a_new_one():
    statements = found(HARBOUR, "We are ready", "No")
    known = replace(MINISTRY, side="South")

    def given(name: str) -> Speaker | None:
        correction = replace(corrected(HARBOUR, ("No",)), speaker=name)
        return replay([correction], statements, [document(HARBOUR)], speakers=[known])[0][1].speaker

    assert given("ministry of tides") == given("ministry-of-tides") == known
    assert given("anna ferrin") == FERRIN
    assert given("Bo Lind") == Speaker("bo-lind", "Bo Lind")
    assert given("(unknown)") is None


def test_a_dropped_statement_leaves_the_findings_and_stays_in_the_table():
    correction = replace(corrected(HARBOUR, ("No",)), speaker=None, drop=True)
    statements = found(HARBOUR, "No", "We are ready")
    after, revisions = replay([correction], statements, [document(HARBOUR)])
    assert [s.text for s in after] == ["We are ready"]
    rows = statement_rows(Findings((document(HARBOUR),), after, revisions=revisions))
    assert [(row["text"], row["drop"]) for row in rows] == [("We are ready", ""), ("No", "yes")]


def test_a_topic_given_by_hand_lines_a_claim_up_with_the_machines_topic():
    made = findings()
    praise, blame = (claim(s, s.text) for s in made.statements[:2])
    topic = Topic("talk", "The harbour talks", (praise,))
    _, revisions = replay(
        [Correction(blame.statement, made.statements[1].text, topic="the harbour talks")], made.statements, made.documents
    )
    untouched, moved = apply_topics((praise, blame), revisions, [topic])
    assert untouched == praise
    assert (moved.target, moved.head, moved.target_span) == ("the harbour talks", "talk", None)


def test_corrections_written_out_and_read_again_say_the_same(tmp_path):
    made = findings()
    corrections = edited(
        tmp_path, made, {0: {"speaker": "(unknown)"}, 1: {"speaker": "Carl Otterby", "note": "=odd"}, 2: {"drop": "yes"}}
    )
    after, revisions = replay(corrections, made.statements, made.documents)
    again = edited(tmp_path, replace(made, statements=after, revisions=revisions), {}, excel=True)
    assert again == corrections


def test_the_review_puts_orphans_then_the_doubtful_first_and_is_a_corrections_file(tmp_path):
    made = findings()
    corrections = [
        Correction(made.statements[0].id, made.statements[0].text, speaker="Bo Lind"),
        Correction("gone:1-5", "abcd", drop=True),
    ]
    after, revisions = replay(corrections, made.statements, made.documents)
    path = tmp_path / "review.csv"
    path.write_bytes(review_csv(replace(made, statements=after, revisions=revisions)).encode())
    rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8"), newline="")))
    assert [row["doubt"] for row in rows][:2] == ["orphan: its document was not read", "speaker 0.30: named"]
    assert rows[-1]["correction"] == "speaker"
    read = {c.statement: c for c in load_corrections(path)}
    assert (read[made.statements[0].id].speaker, read["gone:1-5"].drop, len(read)) == ("Bo Lind", True, 2)


def test_orphans_stand_in_every_output_that_a_person_reads():
    made = replace(findings(), revisions=replay([Correction("gone:1-5", "the old words", drop=True)], (), ())[1])
    for form in (Format.csv, Format.markdown, Format.html, Format.jsonl):
        contents = statements_files(made, form, Style()).values()
        assert any("the old words" in str(text) for text in contents)


TEXTS = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=12)


@settings(max_examples=60, deadline=None)
@given(TEXTS, TEXTS, TEXTS, TEXTS)
def test_whatever_is_put_before_or_after_a_correction_never_reaches_other_words(head, words, between, tail):
    old = f"{between}{words}{tail}"
    at = len(between)
    statement = Statement(f"port:{at}-{at + len(words)}", "port", (), (), ((at, at + len(words)),), words, speaker=FERRIN)
    row = statement_rows(Findings((document(old),), (statement,)))[0]
    correction = Correction(statement.id, words, speaker=OTTERBY.name, before=str(row["before"]), after=str(row["after"]))
    new = head + old
    here = [s for s in found(new, words) if words.strip()]
    after, _ = replay([correction], here, [document(new)])
    changed = [s for s in after if s.speaker != FERRIN]
    assert len(changed) <= 1
    assert all(s.content == ((len(head) + at, len(head) + at + len(words)),) for s in changed)


@pytest.mark.parametrize(("written", "dropped"), [("true", True), ('"yes"', True), ("false", False), ('"no"', False)])
def test_drop_in_toml_means_what_it_says(tmp_path, written, dropped):
    path = tmp_path / "corrections.toml"
    path.write_text(f'[[correction]]\nid = "a:0-3"\ntext = "abc"\nnote = "seen"\ndrop = {written}\n', encoding="utf-8")
    (made,) = load_corrections(path)
    assert made.drop is dropped


def test_a_table_of_another_name_is_refused(tmp_path):
    path = tmp_path / "corrections.toml"
    path.write_text('[[corrections]]\nid = "a:0-3"\ntext = "abc"\ndrop = true\n', encoding="utf-8")
    with pytest.raises(CorrectionsError, match="no such key: corrections"):
        load_corrections(path)
