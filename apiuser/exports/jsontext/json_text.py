"""JSON values, one after the other, from a text that comes piece by piece.

The decoder of the standard library is quick but allows more than JSON does; this module
reports what that lets through: names that occur twice, NaN, lone surrogates.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from apiuser.errors import Remedy, SourceError, show_start
from apiuser.exports.encodings import TextPlace
from apiuser.exports.read_options import RAISE

_TOKEN = re.compile(r"[^ \t\r\n]")
_LINE_END = re.compile(r"\r\n|\r|\n")
_MARK = "\ufeff"
_HALF = re.compile("[\ud800-\udfff]")
_MARGIN = 32
"""A value that ends this near the end of the text may go on: a number, a word."""
_SEEN = 1 << 16
"""How many characters are read first to see what a value is."""
_UNENDED = "Unterminated string"
_NO_JSON = "this is not JSON"
_TOO_DEEP = "values are nested too deeply"
_CUT_SHORT = "a text that ConvertTo-Json cut short (give it -Depth 5)"
_KEPT = re.compile(r"\s*(?:[\[\"]|\{(?!\{))")  # {{name}} is a variable of Postman
_OPENING = frozenset('[{" \t\r\n')
_NAME = re.compile(r'"((?:[^"\\]|\\.)*+)"\s*:')
_UNKNOWN = "?"
"""Stands for each value of a text that breaks off."""


class NoText(str):
    """A value that was not text, such as true, as JSON writes it."""

    __slots__ = ()


class Number(NoText):
    """A number as it is written, with all of its digits."""

    __slots__ = ()


def name_kind(value: object) -> str:
    """Return what a value is, for people."""
    for kind, name in ((dict, "an object"), (list, "a list"), (Number, "a number")):
        if isinstance(value, kind):
            return name
    if isinstance(value, str):
        return _CUT_SHORT if value.startswith("@{") else "a text"
    return "null" if value is None else write_word(value)


def write_word(value: object) -> str:
    """Return a truth value as JSON writes it."""
    return str(value).lower()


def may_keep_json(text: str) -> bool:
    """Tell whether a text begins like JSON."""
    return text[:1] in _OPENING and _KEPT.match(text) is not None


def decode_kept(text: str) -> Any:  # noqa: ANN401  # whatever JSON may be
    """Return the JSON in a text; of broken JSON, an object with its names.

    None if the text is not JSON.
    """
    if not may_keep_json(text):
        return None
    try:
        return json.loads(text, parse_int=Number, parse_float=Number)
    except (ValueError, RecursionError):
        return dict.fromkeys(_NAME.findall(text), _UNKNOWN) or None


class Decoded(NamedTuple):
    """A value, where it ends, and what is wrong with it; blank if nothing is."""

    value: Any
    end: int
    reason: str


class JsonText:
    """A JSON text, and how far it has been read.

    Args:
        pieces: The text, in pieces of any size.
        path: The file, for messages.
        most: How many characters one value may have; it must fit into memory.

    Attributes:
        line: The line of the place, from 1.
    """

    def __init__(self, pieces: Iterator[str], path: Path, most: int) -> None:
        self._pieces, self._path, self._most = pieces, path, most
        self._text = ""
        self._at = self._counted = 0
        self._ended = False
        self._place = TextPlace()
        self._reasons: list[str] = []
        self._decoder = json.JSONDecoder(
            object_pairs_hook=self._join_members,
            parse_int=Number,
            parse_float=Number,
            parse_constant=self._refuse_constant,
        )

    @property
    def line(self) -> int:
        """The line of the place, from 1."""
        return self._count().line

    def peek(self) -> str:
        """Go to the next character that is not a blank; return blank at the end.

        Raises:
            SourceError: More blanks come first than a value may have characters.
        """
        blanks = 0
        while True:
            found = _TOKEN.search(self._text, self._at)
            if found:
                self._at = found.start()
                return found[0]
            blanks += len(self._text) - self._at
            self._at = len(self._text)
            if blanks > self._most:
                reason = f"more than {self._most} blanks follow one another."
                raise self._make_limit_error(reason, self.line)
            if not self._read():
                return ""

    def peek_next(self) -> str:
        """Go to the next of several texts, as `peek` does.

        A byte order mark before it is ignored: files that were joined keep theirs.
        """
        while (sign := self.peek()) == _MARK:
            self._at = self._at + 1
        return sign

    def take(self, wanted: str) -> str:
        """Skip the next character.

        Args:
            wanted: The characters of which one must be next.

        Raises:
            SourceError: Another character is next.
        """
        found = self.peek()
        if not found or found not in wanted:
            raise self.make_error()
        self._at = self._at + 1
        return found

    def decode(self) -> tuple[Any, str]:
        """Skip the next value, and return it with what is wrong with it.

        Raises:
            SourceError: There is none, or it is too long.
        """
        self.peek()
        while True:
            found = self._try(self._text, self._at)
            if isinstance(found, Decoded):
                self._at = found.end
                return found.value, found.reason
            if found is not None:
                raise self.make_error(*found)
            self._read_on()

    def look(self) -> Decoded | None:
        """Return the next value without skipping it; None if it is too long or bad."""
        seen = _SEEN
        while True:
            while len(self._text) - self._at <= seen and self._read():
                pass
            found = self._try(self._text, self._at)
            if found is not None or seen >= self._most:
                return found if isinstance(found, Decoded) else None
            seen *= 4

    def pass_over(self, end: int) -> bool:
        """Go to the end of a value; tell whether all of it was in one line."""
        before = self.line
        self._at = end
        return self.line == before

    def ends_line(self) -> bool:
        """Tell whether nothing more follows in the line."""
        rest = self._take_rest().strip(" \t")
        if rest:
            return False
        self.peek()
        return True

    def decode_line(self) -> tuple[Any, str]:
        """Skip the rest of the line, which must be one value, and return that."""
        line = self._take_rest()
        found = self._try(line, 0, ended=True)
        self._at = self._at + len(line)
        if not isinstance(found, Decoded):
            deep = found is not None and found[0] == _TOO_DEEP
            return None, _TOO_DEEP if deep else "the line is not JSON"
        if line[found.end :].strip(" \t"):
            return None, "this line has more than one value"
        return found.value, found.reason

    def make_error(self, reason: str = _NO_JSON, at: int | None = None) -> SourceError:
        """Return the error about what comes next, or what is further on."""
        self._at = self._at if at is None else at
        if self._at == len(self._text) and self._ended:
            reason = "the JSON breaks off"
        place = self._count()
        return SourceError(
            f"{reason}. Save the answer of the API again, whole and unchanged.",
            path=self._path,
            line=place.line,
            column=place.column,
        )

    def make_length_error(self, line: int) -> SourceError:
        """Return the error about a value that is too long.

        Args:
            line: The line it begins in.
        """
        reason = f"a value contains more than {self._most} characters."
        return self._make_limit_error(reason, line)

    def _make_limit_error(self, reason: str, line: int) -> SourceError:
        remedy = Remedy(option="max_cell", advice=RAISE)
        return SourceError(reason, path=self._path, line=line, remedies=(remedy,))

    def make_number_error(self, most: int, what: str) -> SourceError:
        """Return the error about a text that holds too much besides resources.

        Args:
            most: How much it may hold beside their lists.
            what: Of what.
        """
        return SourceError(
            f"more than {most:,} {what} are beside the lists of resources. Save these "
            "lists in a file of their own.",
            path=self._path,
            line=self.line,
        )

    def _try(
        self, text: str, at: int, *, ended: bool = False
    ) -> Decoded | tuple[str, int] | None:
        """Decode a value.

        Returns:
            The value, or what is wrong and where; None if the text may go on.
        """
        self._reasons.clear()
        whole = ended or self._ended
        try:
            value, end = self._decoder.raw_decode(text, at)
        except RecursionError:
            return _TOO_DEEP, at
        except json.JSONDecodeError as error:
            cut = error.msg.startswith(_UNENDED)
            if not whole and (cut or error.pos > len(text) - _MARGIN):
                return None
            return _NO_JSON, len(text) if cut else error.pos
        if end > len(text) - _MARGIN and not whole:
            return None
        if text.find("\\u", at, end) >= 0:
            self._look_for_halves(value)
        return Decoded(value, end, "; ".join(dict.fromkeys(self._reasons)))

    def _join_members(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        members = dict(pairs)
        if len(members) < len(pairs):
            (twice, _), *_ = Counter(name for name, _ in pairs).most_common(1)
            shown = show_start(twice)
            self._reasons.append(f"the name {shown} occurs twice in one object")
        return members

    def _refuse_constant(self, word: str) -> None:
        self._reasons.append(f"{word} is not a JSON value")

    def _look_for_halves(self, value: object) -> None:
        """Note lone surrogates, which are not text in any encoding."""
        values = [value]
        while values:
            one = values.pop()
            if isinstance(one, dict):
                values += [*one, *one.values()]
            elif isinstance(one, list):
                values += one
            elif isinstance(one, str) and _HALF.search(one):
                self._reasons.append("a text contains an incomplete character")
                return

    def _take_rest(self) -> str:
        """Return the rest of the line, reading on if it has not ended."""
        while True:
            end = _LINE_END.search(self._text, self._at)
            if end:
                return self._text[self._at : end.start()]
            if self._ended:
                return self._text[self._at :]
            self._read_on()

    def _read_on(self) -> None:
        """Read more of a value.

        Raises:
            SourceError: It is too long.
        """
        if len(self._text) - self._at > self._most:
            raise self.make_length_error(self.line)
        # A value that has not ended is decoded again, with twice as much text.
        wanted = 2 * (len(self._text) - self._at)
        while self._read() and len(self._text) < wanted:
            pass

    def _read(self) -> bool:
        piece = next(self._pieces, None)
        if piece is None:
            self._ended = True
            return False
        self._count()
        self._text = self._text[self._at :] + piece
        self._at = self._counted = 0
        return True

    def _count(self) -> TextPlace:
        """Return the position with its line and column."""
        if self._at > self._counted:
            self._place.pass_over(self._text[self._counted : self._at])
            self._counted = self._at
        return self._place
