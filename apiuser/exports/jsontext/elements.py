"""What a JSON text lists, in any shape in which resources come.

The shapes are an answer of the API with a list under `items` or `value`, one with a
list under another name, a list, one object per line, and several of these one after the
other. An object with a username is a resource, whatever lists it holds, unless one of
them holds resources.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NoReturn

from apiuser.errors import show_start
from apiuser.exports.headers import list_roles, show_headers
from apiuser.exports.jsontext.addresses import list_linked
from apiuser.exports.jsontext.answer_details import (
    find_counts,
    find_left_out,
    find_next,
    is_count_of,
    is_next,
    tells_of_errors,
)
from apiuser.exports.jsontext.answer_values import (
    JsonPlace,
    Named,
    find_outermost,
    locate,
    show_place,
    walk_named,
)
from apiuser.exports.jsontext.beside_count import BesideCount
from apiuser.exports.jsontext.filters import describe_filters
from apiuser.exports.jsontext.json_text import JsonText, decode_kept, name_kind
from apiuser.exports.jsontext.page_order import PageOrder
from apiuser.exports.jsontext.record_lists import (
    API_LISTS,
    HasUsername,
    ListPath,
    flatten,
    lead_on,
    reach,
)
from apiuser.exports.jsontext.unknown_members import find_unknown, may_name

_CONVERTED_TWICE = "JSON is kept in a text, as when it is converted twice"
_OF_RESOURCES = frozenset({"username", "resource_id", "email"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """One item that a text lists.

    Attributes:
        value: The item, an object if it is a resource.
        path: Where it is, such as `items[3]`; blank for an object of its own.
        line: The line it begins in, from 1.
        reason: What is wrong with it; blank if nothing is.
    """

    value: Any
    path: str
    line: int
    reason: str


class Elements:
    """All items that a text lists, one by one.

    Args:
        text: The text, at its beginning.
        has_username: Whether an object has a username.
        lists: Where answers hold lists of resources, besides those of the API.
        noticing: Whether to look for what answers lack, which takes time.

    Attributes:
        pages: Which pages there are.
        gaps: Where answers do not contain what they claim, each with line and path.
    """

    def __init__(
        self,
        text: JsonText,
        has_username: HasUsername,
        lists: Collection[ListPath],
        *,
        noticing: bool,
    ) -> None:
        self._text, self._has_username = text, has_username
        self._lists = API_LISTS.union(lists)
        self._first_names = frozenset(one[0] for one in self._lists)
        self._noticing = noticing
        self.pages = PageOrder()
        self.gaps: list[str] = []
        self._count = BesideCount(text)

    def __iter__(self) -> Iterator[Element]:
        """Yield the elements.

        Raises:
            SourceError: The text is not JSON, or not to its end.
        """
        first = True
        while sign := self._text.peek_next():
            if sign == "[":
                yield from self._scan_list("")
            elif sign == "{":
                line, by_lines = self._text.line, False
                found = self._text.look()
                if found is None or self._find_lists(found.value):
                    yield from self._scan_object(line)
                else:
                    self._look_at_other(found.value, "", line)
                    in_one = self._text.pass_over(found.end)
                    by_lines = first and in_one and self._text.ends_line()
                    yield Element(
                        value=found.value, path="", line=line, reason=found.reason
                    )
                if by_lines:
                    yield from self._scan_lines()
            else:
                self._refuse_other()
            first = False
        if self.pages.full:
            self.gaps.append(
                f"{self.pages.full}: the answer contains as many records as one page may, "
                "and nothing says that it is the last"
            )

    def _refuse_other(self) -> NoReturn:
        """Refuse what is neither an object nor a list."""
        found = self._text.look()
        if found is None:
            raise self._text.make_error()
        value = found.value
        if isinstance(value, str) and isinstance(decode_kept(value), dict | list):
            raise self._text.make_error(_CONVERTED_TWICE)
        reason = f"{name_kind(value)} is where an object or a list should be"
        raise self._text.make_error(reason)

    def _scan_lines(self) -> Iterator[Element]:
        """Yield what each further line holds; a broken line affects no other."""
        while self._text.peek_next():
            line = self._text.line
            value, reason = self._text.decode_line()
            yield from self._expand(value, "", line, reason)

    def _scan_list(self, name: str) -> Iterator[Element]:
        self._text.take("[")
        if self._text.peek() == "]":
            self._text.take("]")
            return
        at = 0
        while True:
            self._text.peek()
            line = self._text.line
            value, reason = self._text.decode()
            path = f"{name}[{at}]"
            if name:
                yield Element(value=value, path=path, line=line, reason=reason)
            else:
                yield from self._expand(value, path, line, reason)
            if self._text.take(",]") == "]":
                return
            at += 1

    def _expand(
        self, value: object, path: str, line: int, reason: str
    ) -> Iterator[Element]:
        """Yield a resource, or the resources of a page that is in its place."""
        if not reason and isinstance(value, list) and any(map(self._is_named, value)):
            for at, one in enumerate(value):
                yield Element(value=one, path=f"{path}[{at}]", line=line, reason="")
            return
        lists = {} if reason else self._find_lists(value)
        if not lists:
            self._look_at_other(value, path, line)
            yield Element(value=value, path=path, line=line, reason=reason)
        for name, values in lists.items():
            inside = f"{path}.{name}" if path else name
            for at, one in enumerate(values):
                yield Element(value=one, path=f"{inside}[{at}]", line=line, reason="")
        if lists and isinstance(value, dict):
            number = sum(map(len, lists.values()))
            self._look_at_answer(value, number, locate(path, line))

    def _scan_object(self, line: int) -> Iterator[Element]:
        """Read an object member by member, as the list in it may be long."""
        seen = _Seen()
        members: dict[str, Any] = {}
        yield from self._scan_members((), members, seen)
        if seen.lists and (seen.named or not self._has_username(members)):
            self._look_at_answer(members, seen.number, locate("", line))
        elif seen.lists:
            # The list belonged to the record, which was too long to see that in time.
            raise self._text.make_length_error(line)
        else:
            self._look_at_other(members, "", line)
            reason = "; ".join(dict.fromkeys(seen.reasons))
            yield Element(value=members, path="", line=line, reason=reason)

    def _scan_members(
        self, path: ListPath, members: dict[str, Any], seen: "_Seen"
    ) -> Iterator[Element]:
        """Yield what the lists in an object hold, and collect its other members."""
        self._text.take("{")
        if self._text.peek() == "}":
            self._text.take("}")
            return
        while True:
            if self._text.peek() != '"':
                raise self._text.make_error()
            name, reason = self._text.decode()
            seen.reasons += [reason] * bool(reason)
            at = (*path, name)
            if name in members or at in seen.lists:
                seen.reasons.append("a name occurs twice in one object")
            self._text.take(":")
            sign = self._text.peek()
            if sign == "[" and at in self._lists:
                seen.lists.add(at)
                for element in self._scan_list(".".join(at)):
                    seen.number += 1
                    seen.named = seen.named or self._is_named(element.value)
                    yield element
            elif sign == "{" and lead_on(at, self._lists):
                inner: dict[str, Any] = {}
                members[name] = inner
                yield from self._scan_members(at, inner, seen)
            else:
                members[name], reason = self._text.decode()
                seen.reasons += [reason] * bool(reason)
            self._count.add_names([name] * bool(seen.lists))
            if seen.lists and seen.reasons:
                raise self._text.make_error(seen.reasons[0])
            if self._text.take(",}") == "}":
                return

    def _find_lists(self, value: object) -> Mapping[str, list[Any]]:
        """Return the lists of an answer by their paths; none of any other value."""
        if not isinstance(value, dict) or self._first_names.isdisjoint(value):
            return {}
        lists = {
            ".".join(path): values
            for path in sorted(self._lists)
            if (values := reach(value, path)) is not None
        }
        if lists and self._has_username(value):
            inner = (one for values in lists.values() for one in values)
            return lists if any(map(self._is_named, inner)) else {}
        return lists

    def _is_named(self, value: object) -> bool:
        return isinstance(value, dict) and self._has_username(value)

    def _is_of_resource(self, name: str) -> bool:
        roles = list_roles([name])
        return not _OF_RESOURCES.isdisjoint(roles) or self._is_named({name: 0})

    def _is_dropped(self, at: JsonPlace, value: object) -> bool:
        """Tell whether what is beside a list belongs to one resource or more."""
        some = value if isinstance(value, list) else [value]
        if len(at) == 1 and self._is_of_resource(str(at[0])):
            return True
        return any(map(self._is_named, some)) or may_name(at, value)

    def _look_at_other(self, value: object, path: str, line: int) -> None:
        """Note what an object says that has neither a list nor a username."""
        if not (self._noticing and value and isinstance(value, dict)):
            return
        if self._has_username(value):
            return
        if self._holds_username(value):
            # It may be an answer whose list was written as a single object.
            inner = {
                name
                for name, one in value.items()
                if isinstance(one, dict) and self._holds_username(one)
            }
            is_answer = any((name,) in API_LISTS for name in inner)
            beside = {
                name: one
                for name, one in value.items()
                if name not in inner and (is_answer or not list_roles([name]))
            }
            self._look_at_end([*walk_named(beside)], locate(path, line))
            self.gaps += describe_filters(beside, (), locate(path, line))
        else:
            named = [*walk_named(value)]
            self._look_at_end(named, locate(path, line))
            self._look_at_counts(named, 0, locate(path, line))

    def _holds_username(self, value: Mapping[str, Any]) -> bool:
        return self._has_username(dict(flatten(value)))

    def _look_at_end(self, named: Named, place: str) -> None:
        self.pages.add_end(named)
        self._look_at_errors(named, place)

    def _look_at_answer(
        self, answer: Mapping[str, Any], number: int, place: str
    ) -> None:
        """Note which pages an answer names, and what it says that is not true.

        Args:
            answer: Its members.
            number: How many elements its lists have together.
            place: Where it is.
        """
        if not self._noticing:
            return
        named = [
            *self._count.list_named(walk_named(answer, self._lists)),
            *list_linked(answer, self._lists),
        ]
        names = {name for name in answer if (name,) not in self._lists}
        beside = frozenset(name for name in names if not is_next(name))
        if self.pages.add_page(named, beside, number, place):
            self.gaps.append(f"{place}: the page before this one is missing")
        self._look_at_counts(named, number, place)
        self._look_at_errors(named, place)
        self.gaps += describe_filters(answer, self._lists, place)
        if left_out := find_left_out(answer, self._lists):
            self.gaps.append(
                f"{place}: the answer says that something was left out or cut off: "
                f"{show_headers(left_out)}"
            )
        dropped = find_outermost(answer, self._is_dropped, self._lists)
        if dropped:
            self.gaps.append(
                f"{place}: what is beside the list was not read: "
                f"{show_headers(dropped)}"
            )
        last = find_next(named) == ""
        unknown = find_unknown(answer, self._lists, number, is_last=last)
        if unknown and not dropped:
            self.gaps.append(
                f"{place}: what is beside the list is not known, and may be a further "
                f"page or name: {show_headers([*map(show_place, unknown)])} (if it is "
                "neither, save the list alone)"
            )

    def _look_at_counts(self, named: Named, number: int, place: str) -> None:
        self.gaps += (
            f"{place}: the answer says that it contains {show_start(count)}, but {number} "
            "are in it"
            for count in sorted({*find_counts(named)})
            if not is_count_of(count, number)
        )

    def _look_at_errors(self, named: Named, place: str) -> None:
        if tells_of_errors(named):
            self.gaps.append(f"{place}: the answer reports errors")


@dataclass(slots=True)
class _Seen:
    """What was seen of one object while it was read member by member."""

    lists: set[ListPath] = field(default_factory=set)
    number: int = 0
    named: bool = False
    reasons: list[str] = field(default_factory=list)
