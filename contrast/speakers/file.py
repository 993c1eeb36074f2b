"""The user's speakers file: who speaks, under which names, on which side. It wins over everything the tool works out."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from contrast.errors import SpeakersError
from contrast.records import SpeakerKind
from contrast.speakers.knowledge import plain

_KEYS = ("id", "name", "kind", "side", "aliases", "belongs_to")
_KINDS: tuple[SpeakerKind, ...] = get_args(SpeakerKind)


@dataclass(frozen=True, slots=True)
class SpeakerEntry:
    """One [[speaker]] of the file; ``belongs_to`` is the id of another, whose side it shares unless it has its own."""

    id: str
    name: str
    kind: SpeakerKind = "unknown"
    side: str | None = None
    aliases: tuple[str, ...] = ()
    belongs_to: str | None = None


class SpeakersFile:
    """The entries of a speakers file, found by any of their names."""

    def __init__(self, entries: tuple[SpeakerEntry, ...]) -> None:
        self.entries = entries
        self._forms = {plain(form): entry for entry in entries for form in (*entry.aliases, entry.name)}

    def entry_of(self, form: str) -> SpeakerEntry | None:
        """The entry whose name or alias this is, case and determiner aside."""
        return self._forms.get(plain(form))


def load_speakers(path: Path) -> SpeakersFile:
    """Read a speakers file. Raises :class:`SpeakersError` that names the file, the place and the remedy."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise SpeakersError(f"{path}: cannot be read ({error.strerror}); give a speakers file in TOML") from error
    except UnicodeDecodeError as error:
        raise SpeakersError(f"{path}: is not UTF-8 (byte {error.start}); save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise SpeakersError(f"{path}: {error}; mend the TOML there") from error
    for key in data:
        if key != "speaker":
            raise SpeakersError(f'{path}: unknown table or key "{key}"; only [[speaker]] tables may stand there')
    rows = data.get("speaker", [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise SpeakersError(f"{path}: [speaker] is one table; write [[speaker]] with two brackets for each speaker")
    entries = [_entry(path, number, row) for number, row in enumerate(rows, 1)]
    _check(path, entries)
    return SpeakersFile(tuple(_sided(entry, entries) for entry in entries))


def _entry(path: Path, number: int, row: dict[str, Any]) -> SpeakerEntry:
    row = {key.replace("-", "_"): value for key, value in row.items()}
    place = f"{path}: speaker {number}" + (f' ("{row["name"]}")' if isinstance(row.get("name"), str) else "")
    for key, value in row.items():
        if key not in _KEYS:
            raise SpeakersError(f'{place}: unknown key "{key}"; the keys are {", ".join(_KEYS)}')
        if key == "aliases":
            if not isinstance(value, list) or not all(isinstance(alias, str) and alias.strip() for alias in value):
                raise SpeakersError(f'{place}: aliases must be a list of texts, such as aliases = ["the North"]')
        elif not isinstance(value, str):
            raise SpeakersError(f"{place}: {key} must be a text in quotation marks")
    name = row.get("name", "").strip()
    if not name:
        raise SpeakersError(f'{place}: has no name; add a line such as name = "Anna Ferrin"')
    kind = _kind(place, row.get("kind", "").strip() or "unknown")
    return SpeakerEntry(
        id=row.get("id", "").strip() or slug(name),
        name=name,
        kind=kind,
        side=row.get("side", "").strip() or None,
        aliases=tuple(alias.strip() for alias in row.get("aliases", [])),
        belongs_to=row.get("belongs_to", "").strip() or None,
    )


def _kind(place: str, kind: str) -> SpeakerKind:
    for known in _KINDS:
        if kind == known:
            return known
    raise SpeakersError(f'{place}: unknown kind "{kind}"; the kinds are {", ".join(_KINDS)}')


def _check(path: Path, entries: list[SpeakerEntry]) -> None:
    ids: dict[str, int] = {}
    bearers: dict[str, tuple[int, SpeakerEntry]] = {}
    for number, entry in enumerate(entries, 1):
        if entry.id in ids:
            raise SpeakersError(f'{path}: speakers {ids[entry.id]} and {number} share the id "{entry.id}"; change one')
        ids[entry.id] = number
        for form in (entry.name, *entry.aliases):
            other, bearer = bearers.setdefault(plain(form), (number, entry))
            if bearer is not entry:
                raise SpeakersError(
                    f'{path}: "{form}" stands for speaker {other} ("{bearer.name}") and speaker {number} ("{entry.name}"); '
                    "take it out of one of them"
                )
    for number, entry in enumerate(entries, 1):
        if entry.belongs_to is not None and entry.belongs_to not in ids:
            place = f'{path}: speaker {number} ("{entry.name}")'
            raise SpeakersError(f'{place}: belongs to "{entry.belongs_to}", which is no id of this file; correct it')
    above = {entry.id: entry.belongs_to for entry in entries}
    for number, entry in enumerate(entries, 1):
        seen, current = {entry.id}, entry.belongs_to
        while current is not None and current not in seen:
            seen.add(current)
            current = above[current]
        if current == entry.id:
            place = f'{path}: speaker {number} ("{entry.name}")'
            raise SpeakersError(f"{place}: belongs to itself by way of {' and '.join(sorted(seen))}; take one belongs_to out")


def _sided(entry: SpeakerEntry, entries: list[SpeakerEntry]) -> SpeakerEntry:
    """The entry with its side, or that of the one to which it belongs."""
    side, current = entry.side, entry
    while side is None and current.belongs_to is not None:
        current = next(other for other in entries if other.id == current.belongs_to)
        side = current.side or (current.name if current.belongs_to is None else None)
    return SpeakerEntry(entry.id, entry.name, entry.kind, side, entry.aliases, entry.belongs_to)


def slug(name: str) -> str:
    """A name as an id: lower case, words joined by hyphens."""
    return "-".join("".join(c if c.isalnum() else " " for c in name.casefold()).split()) or "speaker"
