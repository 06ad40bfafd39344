"""What a JSON text lists, in any of the shapes that resources come in.

The shapes are an answer of the API with a list under `items` or `value`, a list, an
object per line, and several of these one after the other. An object that has a username
is a resource, whatever lists it holds, unless one of these holds resources.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from apiuser.errors import escape_invisible
from apiuser.exports.headers import list_roles
from apiuser.exports.jsontext.json_text import JsonText

_SHOWN = 40
_OF_RESOURCES = frozenset({"username", "resource_id", "email"})
_LISTS = ("items", "value", "Items", "Value")
_PREVIOUS = frozenset({"prevpageurl"})
_NEXT = frozenset({"nextpageurl", "nextlink", "@odata.nextlink", "odata.nextlink"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """One thing that a text lists.

    Attributes:
        value: The thing, an object if it is a resource.
        path: Where it is, such as `items[3]`; blank for an object of its own.
        line: The line it begins in, from 1.
        problem: What is wrong with it; blank where nothing is.
    """

    value: Any
    path: str
    line: int
    problem: str


HasUsername = Callable[[Mapping[str, Any]], bool]
"""Tells whether an object has a username."""


class Elements:
    """All that a text lists, one by one.

    Pages between two answers are taken for read unless what these say of the page
    before and the next one does not fit together.

    Attributes:
        lacks_pages: Whether the first answer names a page before it, or the last one
            a page that follows; None where no answer says so.
        gaps: Where answers do not hold what they say, each with its line and path.
    """

    def __init__(self, text: JsonText, has_username: HasUsername) -> None:
        self._text, self._has_username = text, has_username
        self.lacks_pages: bool | None = None
        self.gaps: list[str] = []
        self._begins_late: bool | None = None
        self._next: str | None = None

    def __iter__(self) -> Iterator[Element]:
        """Yield the elements.

        Raises:
            SourceError: The text is no JSON from some place on.
        """
        first = True
        while sign := self._text.peek():
            if sign == "[":
                yield from self._scan_list("")
            elif sign == "{":
                line, by_lines = self._text.line, False
                found = self._text.look()
                if found is None or self._find_lists(found.value):
                    yield from self._scan_object(line)
                else:
                    in_one = self._text.pass_over(found.end)
                    by_lines = first and in_one and self._text.ends_line()
                    yield Element(
                        value=found.value, path="", line=line, problem=found.problem
                    )
                if by_lines:
                    yield from self._scan_lines()
            else:
                raise self._text.refuse()
            first = False

    def _scan_lines(self) -> Iterator[Element]:
        """Yield what each further line holds; one that is broken breaks no other."""
        while self._text.peek():
            line = self._text.line
            value, problem = self._text.decode_line()
            yield from self._expand(value, "", line, problem)

    def _scan_list(self, name: str) -> Iterator[Element]:
        self._text.take("[")
        if self._text.peek() == "]":
            self._text.take("]")
            return
        at = 0
        while True:
            self._text.peek()
            line = self._text.line
            value, problem = self._text.decode()
            path = f"{name}[{at}]"
            if name:
                yield Element(value=value, path=path, line=line, problem=problem)
            else:
                yield from self._expand(value, path, line, problem)
            if self._text.take(",]") == "]":
                return
            at += 1

    def _expand(
        self, value: object, path: str, line: int, problem: str
    ) -> Iterator[Element]:
        """Yield a resource, or those of a whole answer that stands in its place."""
        lists = {} if problem else self._find_lists(value)
        if not lists:
            yield Element(value=value, path=path, line=line, problem=problem)
        for name, values in lists.items():
            inside = f"{path}.{name}" if path else name
            for at, one in enumerate(values):
                yield Element(value=one, path=f"{inside}[{at}]", line=line, problem="")
        if lists and isinstance(value, dict):
            number = sum(map(len, lists.values()))
            self._look_at_answer(value, number, _locate(path, line))

    def _scan_object(self, line: int) -> Iterator[Element]:
        """Read an object member by member, as the list in it may be long."""
        members: dict[str, Any] = {}
        problems: list[str] = []
        lists: set[str] = set()
        number, nested = 0, False
        self._text.take("{")
        while True:
            if self._text.peek() != '"':
                raise self._text.refuse()
            name, problem = self._text.decode()
            problems += [problem] * bool(problem)
            if name in members or name in lists:
                problems.append("a name occurs twice in one object")
            self._text.take(":")
            if self._text.peek() == "[" and name in _LISTS:
                lists.add(name)
                for element in self._scan_list(name):
                    number += 1
                    nested = nested or self._is_named(element.value)
                    yield element
            else:
                members[name], problem = self._text.decode()
                problems += [problem] * bool(problem)
            if lists and problems:
                raise self._text.refuse(problems[0])
            if self._text.take(",}") == "}":
                break
        if lists and (nested or not self._has_username(members)):
            self._look_at_answer(members, number, _locate("", line))
        else:
            problem = "; ".join(dict.fromkeys(problems))
            yield Element(value=members, path="", line=line, problem=problem)

    def _find_lists(self, value: object) -> Mapping[str, list[Any]]:
        """Return the lists of an answer of the API by name; none of any other value."""
        if not isinstance(value, dict):
            return {}
        lists = {
            name: value[name] for name in _LISTS if isinstance(value.get(name), list)
        }
        if lists and self._has_username(value):
            inner = (one for values in lists.values() for one in values)
            return lists if any(map(self._is_named, inner)) else {}
        return lists

    def _is_named(self, value: object) -> bool:
        return isinstance(value, dict) and self._has_username(value)

    def _look_at_answer(
        self, answer: Mapping[str, Any], number: int, place: str
    ) -> None:
        """Notice which pages an answer names, and what it says that is not so.

        Args:
            answer: Its members.
            number: How many elements its lists have.
            place: Where it stands.
        """
        before, follows = _find_page(answer, _PREVIOUS), _find_page(answer, _NEXT)
        if self._begins_late is None:
            self._begins_late = bool(before)
        elif (
            (self._next and before == "")
            or (self._next == "" and before)
            or (self._next and self._next == before)
        ):
            self.gaps.append(f"{place}: the page in front of this one is missing")
        self._next = follows
        named = None if follows is None else bool(follows)
        self.lacks_pages = True if self._begins_late else named
        counts = {value for name, value in _list_members(answer) if name == "count"}
        counts = {one for one in counts if isinstance(one, str) and one.isdecimal()}
        self.gaps += (
            f"{place}: the answer says that it holds {count[:_SHOWN]}, and {number} stand in it"
            for count in sorted(counts)
            if count != str(number)
        )
        dropped = [
            name
            for name in answer
            if name not in _LISTS
            and (
                not _OF_RESOURCES.isdisjoint(list_roles([name]))
                or self._is_named({name: 0})
            )
        ]
        if dropped:
            shown = ", ".join(escape_invisible(name[:_SHOWN]) for name in dropped)
            self.gaps.append(
                f"{place}: what stands beside the list was not read: {shown}"
            )
        if any(name == "errors" and value for name, value in _list_members(answer)):
            self.gaps.append(f"{place}: the answer tells of errors")


def _locate(path: str, line: int) -> str:
    return f"line {line}, {path}" if path else f"line {line}"


def _list_members(answer: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield the members of an answer and of the objects in it, names folded."""
    details = [one for one in answer.values() if isinstance(one, dict)]
    for members in (answer, *details):
        yield from ((name.casefold(), value) for name, value in members.items())


def _find_page(answer: Mapping[str, Any], names: Collection[str]) -> str | None:
    """Return the address of another page, blank for none; None if it does not say."""
    named = [value for name, value in _list_members(answer) if name in names]
    return str(next(filter(None, named), "")) if named else None
