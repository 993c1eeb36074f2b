"""The Python API: what ``import contrast`` offers, and the straight line behind it with stand-ins for its stages."""

# ruff: noqa: ARG001, ARG005 -- stand-ins have the signatures of what they stand for, fixtures work unseen
from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest
from made_findings import FERRIN, MINISTRY, findings

import contrast
from contrast import pipeline
from contrast.errors import ReadingError
from contrast.records import Claim, Document, Statement

ROOT = Path(contrast.__file__).parents[1]


@pytest.fixture
def stages(monkeypatch):
    """Stages that find in every document one statement by each of two speakers; notes on what they were given."""
    noted: dict[str, list[object]] = {"batches": [], "claims": [], "topics": []}

    class Resolver:
        def __init__(self, speakers_file=None):
            self.renamed = replace(FERRIN, id="ferrin") if speakers_file else FERRIN

        def resolve(self, document, doc, statements):
            assert doc == f"parsed {document.id}"
            return tuple(replace(s, speaker=who) for s, who in zip(statements, (FERRIN, MINISTRY), strict=True))

        def unify(self, statements):
            return tuple(replace(s, speaker=self.renamed) if s.speaker == FERRIN else s for s in statements)

    def attribute(documents):
        noted["batches"].append(len(documents))
        return [tuple(Statement(f"{d.id}:{n}", d.id, (), (), ((n, n + 1),), "x") for n in (0, 1)) for d in documents]

    def find_claims(document, doc, statements):
        return tuple(Claim(s.id, s.speaker.id, document.id, "t", None, (0, 1), "fact") for s in statements)

    def compare_claims(documents, statements, claims, *, topics):
        noted["claims"].extend(claims)
        noted["topics"].extend(topics)
        return (), findings().contrasts

    def read(paths, *, encoding, issuer, date, warn):
        for path in paths:
            if "bad" in str(path):
                raise ReadingError(f"{path}: empty")
            if "odd" in str(path):
                warn(f"{path}: read as cp1252")
            yield Document(str(path), "a text", issuer=issuer, date=date)

    made = {
        "contrast.reading": {"read": read, "read_text": lambda text, **_: Document("text", text)},
        "contrast.language": {"load_pipeline": str, "analyse": lambda batch, nlp: (f"parsed {d.id}" for d in batch)},
        "contrast.attribution": {"find_statements": attribute},
        "contrast.speakers": {"load_speakers": str, "SpeakerResolver": Resolver},
        "contrast.claims": {"find_claims": find_claims},
        "contrast.comparison": {"compare_claims": compare_claims},
    }
    forget()
    for name, content in made.items():
        module = ModuleType(name)
        module.__dict__.update(content)
        monkeypatch.setitem(sys.modules, name, module)
    yield noted
    forget()


def forget() -> None:
    """Let the next use of the API import it anew."""
    sys.modules.pop("contrast.api", None)
    for name in ("compare", "extract", "read_text"):
        contrast.__dict__.pop(name, None)


def test_the_public_names_are_sorted_and_all_there(stages):
    assert contrast.__all__ == sorted(contrast.__all__)
    assert all(getattr(contrast, name) is not None for name in contrast.__all__)
    assert set(contrast.__all__) <= set(dir(contrast))
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = contrast.nothing


def test_importing_the_package_is_cheap():
    code = "import sys, contrast; print(*sys.modules)"
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    assert not {"spacy", "pandas", "numpy", "typer", "onnxruntime"} & {name.split(".")[0] for name in done.stdout.split()}


@pytest.mark.skipif(not (ROOT / "pyproject.toml").is_file(), reason="installed without its pyproject.toml")
def test_the_version_is_the_projects():
    assert contrast.__version__ == tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]


def test_compare_takes_a_path_several_or_documents(stages):
    given = Document("given", "b text")
    assert [d.id for d in contrast.compare("a.txt").findings.documents] == ["a.txt"]
    result = contrast.compare([Path("a.txt"), given, "c.txt"], issuer="Harbour Board", topics=["t"])
    assert [d.id for d in result.findings.documents] == ["a.txt", "given", "c.txt"]
    assert [d.issuer for d in result.findings.documents] == ["Harbour Board", None, "Harbour Board"]
    assert stages["topics"] == ["t"]
    assert isinstance(result, contrast.Comparison)
    assert [d.id for d in contrast.compare(given).findings.documents] == ["given"]


def test_extract_gives_statement_records_in_order(stages):
    made = contrast.extract(["a.txt", "b.txt"])
    assert [s.id for s in made] == ["a.txt:0", "a.txt:1", "b.txt:0", "b.txt:1"]
    assert stages["claims"] == []


def test_only_keeps_the_statements_and_claims_of_these_speakers(stages):
    result = contrast.compare("a.txt", only=["Tides"])
    assert {s.speaker for s in result.findings.statements} == {MINISTRY}
    assert result.findings == contrast.compare("a.txt", only="Nobody, Tides").findings
    stages["claims"][1:] = []
    assert [claim.speaker for claim in stages["claims"]] == [MINISTRY.id]


def test_claims_follow_a_speaker_who_is_unified_later(stages):
    contrast.compare("a.txt", speakers="speakers.toml")
    assert [claim.speaker for claim in stages["claims"]] == ["ferrin", MINISTRY.id]


def test_corrections_are_replayed_before_the_comparison_and_orphans_are_warned_of(stages, tmp_path):
    path = tmp_path / "c.toml"
    path.write_text(
        '[[correction]]\nid = "a.txt:0"\ntext = "x"\nspeaker = "Bo Lind"\ntopic = "the tide"\n'
        '[[correction]]\nid = "gone:1"\ntext = "old"\ndrop = true\n'
    )
    with pytest.warns(UserWarning, match="gone:1: its document was not read; its passage was: old"):
        result = contrast.compare("a.txt", corrections=path)
    assert [s.speaker.name for s in result.findings.statements] == ["Bo Lind", MINISTRY.name]
    assert [(c.speaker, c.target) for c in stages["claims"][-2:]] == [("bo-lind", "the tide"), (MINISTRY.id, "t")]
    row = result.statements.iloc[0]
    assert (row["speaker"], row["machine_speaker"], row["topic"]) == ("Bo Lind", FERRIN.name, "the tide")
    assert result.provenance.options == {"corrections": str(path)}


def test_documents_go_through_in_batches_of_bounded_size(stages):
    contrast.extract([Document(str(n), "x") for n in range(pipeline.BATCH_DOCUMENTS + 3)])
    contrast.extract([Document(str(n), "x" * (pipeline.BATCH_CHARACTERS // 2 + 1)) for n in range(3)])
    assert stages["batches"] == [pipeline.BATCH_DOCUMENTS, 3, 1, 1, 1]


def test_progress_is_told_after_each_batch(stages):
    done: list[int] = []
    pipeline.find_statements([Document(str(n), "x") for n in range(20)], nlp=None, progress=done.append)
    assert sum(done) == 20


def test_a_document_that_cannot_be_read_raises_and_a_guess_warns(stages):
    with pytest.raises(contrast.ContrastError, match=r"bad\.txt: empty"):
        contrast.compare("bad.txt")
    with pytest.warns(UserWarning, match="read as cp1252"):
        contrast.compare("odd.txt")


def test_two_documents_of_one_id_are_refused(stages):
    with pytest.raises(ReadingError, match="two documents share this id"):
        contrast.extract([Document("d", "x"), Document("d", "y")])


@pytest.mark.parametrize("name", ["anna-ferrin", "anna ferrin", "Ferrin", "ANNA", " ferrin "])
def test_a_name_matches_by_id_name_or_a_word_of_the_name(name):
    assert pipeline.matches(FERRIN, name)


@pytest.mark.parametrize(
    ("name", "fits"), [("of tides", True), ("ministry tides", False), ("tide", False), ("", False), ("-", False)]
)
def test_several_words_must_stand_together_in_the_name(name, fits):
    assert pipeline.matches(MINISTRY, name) is fits
