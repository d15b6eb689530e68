"""The Markdown of a skeleton: title, lead, sections with their fields, tables, lists and prose, footer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from reglint import patterns
from reglint.diagnostic import Path
from reglint.guide.habits import Habits, Style
from reglint.guide.plan import Plan, chosen
from reglint.lazy import regex
from reglint.schema.shape import Shape
from reglint.syntax.tree import Json

_CONTENT = ("quotes", "fields", "text", "items", "tables", "code", "links")
_TOP = 2  # the level of the headings of the first rank
_LOWEST = 6
_ANYTHING = regex(r"\.[+*]\??")
_ESCAPED = regex(r"\\(\W)")


@dataclass(frozen=True)
class Body:
    """Writes the body of one document. *title* is what its file's name stands for."""

    plan: Plan
    habits: Habits
    title: str

    def lines(self, document: Shape) -> Iterator[str]:
        """Yield the lines of the body of a document, of which *document* is what the schemas say."""
        whole = chosen(document)
        names = self._parts(whole)
        if "title" in names:
            yield from ("", f"# {self._title(whole)}")
        if "lead" in names:
            yield from self.content(_member(whole, "lead"), ("lead",))
        if "sections" in names:
            yield from self._sections(_member(whole, "sections"), (), _TOP, _headings(whole))
        if "footer" in names:
            yield from ("", "---", *self.content(_member(whole, "footer"), ("footer",)))

    def _parts(self, document: Shape) -> set[str]:
        """What a schema requires of sections is meant for every document, though it may have forgotten to say so."""
        names = {*self.plan.names(document, ())}
        if self.habits.has_title and "title" not in document.refused:
            names.add("title")
        if _member(document, "sections").required or _headings(document):
            names.add("sections")
        return names

    def _within(self, place: Shape) -> Body:
        return replace(self, plan=self.plan.within(place))

    def _title(self, document: Shape) -> str:
        place = _member(document, "title")
        if place.choices or self.plan.is_doubtful(("title",)):
            return _line(self.plan.value(place, ("title",)))
        return self.title

    def _sections(self, place: Shape, parent: Path, level: int, known: Sequence[str] = ()) -> Iterator[str]:
        """Yield the sections below *parent*; *known* are some that have to be there."""
        whole = chosen(place)
        path = (*parent, "sections")
        names = dict.fromkeys([*known, *self.plan.names(whole, path)])
        if self.plan.every or not names:
            names |= dict.fromkeys(filter(None, (_filled(it, self.plan.word) for it in whole.patterns)))
        inner = self._within(whole)
        for name in names or [self.plan.word]:
            yield from inner.section(_member(whole, name), (*path, name), name, level)

    def section(self, place: Shape, path: Path, name: str, level: int) -> Iterator[str]:
        """Yield the section *name*, whose heading is of this *level*, with all that is in it."""
        whole = chosen(place)
        value = _member(whole, "value")
        is_datum = "value" in self.plan.names(whole, path)
        datum = f": {_line(self.plan.value(value, (*path, 'value')))}" if is_datum else ""
        yield from ("", f"{'#' * min(level, _LOWEST)} {name}{datum}")
        yield from self._within(whole).content(whole, path, level, is_told=is_datum)

    def content(self, place: Shape, path: Path, level: int = _TOP, *, is_told: bool = False) -> Iterator[str]:
        """Yield what stands in a section; one that may hold anything holds what its schema speaks of first."""
        whole = chosen(place)
        names = [it for it in self.plan.names(whole, path) if it in {*_CONTENT, "sections"}]
        usual = next((it for it in (*_CONTENT, "sections") if _is_spoken_of(whole, it)), "text")
        if not names and not is_told:
            names = [usual]
        for name in sorted(names, key=(*_CONTENT, "sections").index):
            if name == "sections":
                yield from self._sections(_member(whole, name), path, level + 1)
            else:
                yield ""
                yield from self._fields(whole, path) if name == "fields" else self._blocks(name, whole, path)

    def _blocks(self, name: str, section: Shape, within: Path) -> Iterator[str]:
        place, path = _member(section, name), (*within, name)
        if name == "tables":
            yield from self._table(chosen(place), path)
        elif name == "code":
            text = self.plan.value(_member(_item(place), "text"), (*path, 0, "text"))
            language = _member(_item(place), "language").choices or ("",)
            yield from (f"```{language[0]}", _line(text), "```")
        elif name == "links":
            yield f"[[{_line(self.plan.value(_member(_item(place), 'target'), (*path, 0, 'target')))}]]"
        elif name == "text":
            yield str(self.plan.value(place, path))
        else:
            mark = ">" if name == "quotes" else "-"
            yield from _spaced([f"{mark} {_line(it)}" for it in self._texts(place, path)], by_blank=name == "quotes")

    def _texts(self, place: Shape, path: Path) -> list[Json]:
        """Return the texts of list items or quotes, of which there is one at least."""
        value = self.plan.value(place, path)
        return value if isinstance(value, list) and value else [self.plan.fill(_item(place), (*path, 0))]

    def _fields(self, section: Shape, within: Path) -> Iterator[str]:
        place, path = chosen(_member(section, "fields")), (*within, "fields")
        names = self.plan.names(place, path) or (self.plan.word,)
        values = {it: _line(self.plan.value(_member(place, it), (*path, it))) for it in names}
        style = self._style(section, within)
        if style.header:
            yield from _rows(style.header, values.items())
        else:
            yield from (f"{style.mark}**{name}:** {value}" for name, value in values.items())

    def _style(self, section: Shape, path: Path) -> Style:
        """Fields are no table where all tables of the section have other columns."""
        header = _header(_item(_member(section, "tables")))
        if not header:
            return self.habits.style(path)
        return Style(tuple(header) if len(header) == len(Style().header) else ())

    def _table(self, place: Shape, path: Path) -> Iterator[str]:
        table = _item(place)
        rows = _item(_member(table, "rows"))
        names = _header(table) or rows.required or [self.plan.word] * 3
        at = (*path, 0, "rows", 0)
        yield from _rows(names, [[_line(self.plan.value(_member(rows, it), (*at, it))) for it in names]])


def _member(place: Shape, name: str) -> Shape:
    return place.member(name) or Shape(place.library, ())


def _item(place: Shape) -> Shape:
    return place.items or Shape(place.library, ())


def _headings(document: Shape) -> Sequence[str]:
    """Return the headings of the first rank, where the schema gives them all."""
    allowed = _member(document, "outline").choices or ()
    return [str(it) for it in allowed[0]] if len(allowed) == 1 and isinstance(allowed[0], list) else []


def _header(table: Shape) -> list[str]:
    """Return the columns of a table, where the schema gives them all."""
    allowed = _member(table, "columns").choices or ()
    return [str(it) for it in allowed[0]] if len(allowed) == 1 and isinstance(allowed[0], list) else []


def _is_spoken_of(section: Shape, name: str) -> bool:
    it = section.properties.get(name)
    return it is not None and bool(it.names or it.patterns or it.items or not it.is_closed)


def _filled(pattern: str, word: str) -> str:
    r"""Return `Is it legal in TODO?` for the pattern `^Is it legal in .+\?$`; empty where that is no match."""
    text = _ESCAPED.sub(r"\1", _ANYTHING.sub(word, pattern.removeprefix("^").removesuffix("$")))
    return text if patterns.search(pattern, text) else ""


def _line(value: Json) -> str:
    """Write a value on one line; what JSON has no text for keeps its form there."""
    return " ".join(str(value).split())


def _spaced(lines: Sequence[str], *, by_blank: bool) -> Iterator[str]:
    for i, it in enumerate(lines):
        yield from [""] if by_blank and i else []
        yield it


def _rows(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield the lines of a table."""
    yield _row(header)
    yield _row(["---"] * len(header))
    yield from map(_row, rows)


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(it.replace('|', chr(92) + '|') for it in cells)} |"
