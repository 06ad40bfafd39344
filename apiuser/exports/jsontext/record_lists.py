"""Where the resources of a JSON text are: in which list, under which names."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from apiuser.errors import SourceError
from apiuser.exports.headers import show_headers
from apiuser.exports.jsontext.json_text import JsonText, decode_kept

HasUsername = Callable[[Mapping[str, Any]], bool]
"""Tells whether an object has a username."""
ListPath = tuple[str, ...]
"""The names that lead to a list, beginning with the outermost object."""

API_LISTS: frozenset[ListPath] = frozenset(
    (name,) for name in ("items", "value", "Items", "Value")
)
"""Where answers of the API and of PowerShell hold their lists."""
_DEEPEST_OBJECT = 4
"""How many levels of objects inside objects are searched."""
_MOST_NAMES = 2_000
_MOST_OTHERS = 100_000
"""How many elements of a list are skipped that have no username."""
_SHOWN = 20
_MOST_MEMBERS = 5_000
_NUMBERS, _LABELS = frozenset({"value", "id"}), frozenset({"label", "name"})


@dataclass(slots=True)
class RecordLists:
    """What the first object of a text holds, filled in while it is read.

    Attributes:
        has_username: Whether an object has a username.
        path: The file, for messages.
        members: The names in it and in the objects in it, by their paths.
        names: The names in the objects of each list, by the path of the list; empty for
            an answer of the API.
        texts: The lists of texts, by their paths.
        kept: The texts that hold JSON, by their paths.
        refusal: What to raise if it has too many names to be searched.
    """

    has_username: HasUsername
    path: Path
    members: dict[str, None] = field(default_factory=dict)
    names: dict[ListPath, dict[str, None]] = field(default_factory=dict)
    texts: list[ListPath] = field(default_factory=list)
    kept: list[ListPath] = field(default_factory=list)
    refusal: SourceError | None = None

    def describe(self) -> str:
        """Say what the objects of the lists have, for a refusal; blank if none has."""
        said = [
            f"the objects under {_show(path)} have: {show_headers([*names])}"
            for path, names in self.names.items()
        ]
        said += (
            f"the list under {_show(path)} contains texts, not objects"
            for path in self.texts
        )
        said += (
            f"JSON is kept in a text under {_show(path)}. Save that text as a file of "
            "its own"
            for path in self.kept
        )
        return "; ".join(said[:_SHOWN])


def _show(path: ListPath) -> str:
    return show_headers([".".join(path)])


def find_record_lists(
    text: JsonText, has_username: HasUsername, path: Path
) -> RecordLists:
    """Examine the first object of a text, or of the list that the text is.

    Args:
        text: The text, at its beginning; it is read up to the end of the object.
        has_username: Whether an object has a username.
        path: The file, for messages.

    Raises:
        SourceError: The text is not JSON.
    """
    found = RecordLists(has_username, path)
    sign = text.peek()
    if sign == "{":
        _walk(text, (), found)
    elif sign == "[":
        text.take("[")
        if text.peek() == "{":
            value, _ = text.decode()
            _walk_value(value, (), found)
    return found


def choose_record_list(found: RecordLists) -> frozenset[ListPath]:
    """Return the list of resources besides those of the API; empty if none is needed.

    Args:
        found: What the first object holds.

    Raises:
        SourceError: Several lists may be meant.
    """
    has_username, path = found.has_username, found.path
    named = [at for at, names in found.names.items() if has_username(names)]
    shown = show_headers([".".join(at) for at in named])
    if named and has_username(found.members):
        reason = (
            f"an object has a username, and so do those under {shown}. Save the "
            "list in a file of its own."
        )
        raise SourceError(reason, path=path)
    if not named:
        _refuse_keys(found)
    if found.refusal:
        raise found.refusal
    if len(named) > 1:
        reason = (
            f"usernames are in {len(named)} lists: {shown}. Save each list in a file "
            "of its own, or all objects in one list."
        )
        raise SourceError(reason, path=path)
    return frozenset(named)


def _refuse_keys(found: RecordLists) -> None:
    """Refuse resources that are each under a name in an object, not in a list.

    Raises:
        SourceError: They are.
    """
    names: dict[ListPath, dict[str, None]] = {}
    for one in found.members:
        *above, name = one.split(".")
        names.setdefault(tuple(above), {})[name] = None
    objects = [at for at, inner in names.items() if found.has_username(inner)]
    # A resource may contain another, such as its manager, under a name that says so.
    alike = len({at[-1:] for at in objects}) == 1
    if len(objects) < 2 or (found.has_username(found.members) and not alike):  # noqa: PLR2004
        return
    first, last = objects[0], objects[-1]
    pairs = zip(first, last, strict=False)
    shared = next((n for n, (one, other) in enumerate(pairs) if one != other), 0)
    where = f" under {_show(first[:shared])}" if shared else ""
    keys = dict.fromkeys(".".join(at[shared : shared + 1]) for at in objects)
    reason = (
        f"the resources{where} are under a name each, such as "
        f"{show_headers([*keys], 2)}. Save them as a list, without these names."
    )
    raise SourceError(reason, path=found.path)


def reach(value: object, path: ListPath) -> list[Any] | None:
    """Return the list at a path; None if there is none."""
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value if isinstance(value, list) else None


def lead_on(path: ListPath, lists: Collection[ListPath]) -> bool:
    """Tell whether a path leads on to a list."""
    return any(one[: len(path)] == path for one in lists if len(one) > len(path))


def flatten(
    members: Mapping[str, Any], prefix: str = "", depth: int = 1
) -> Iterator[tuple[str, Any]]:
    """Yield each value with its path, and a value beside its label.

    A number that comes with its label, as in {"value": 7, "label": "API User"}, gets
    the names it has in answers that list both: licenseType and licenseTypeLabel.
    """
    for name, value in members.items():
        path = f"{prefix}{name}"
        if not isinstance(value, dict) or not value or depth == _DEEPEST_OBJECT:
            yield path, value
        elif _has_label(value):
            for inner, one in value.items():
                yield path if inner.casefold() in _NUMBERS else f"{path}Label", one
        else:
            yield from flatten(value, f"{path}.", depth + 1)


def _has_label(members: Mapping[str, Any]) -> bool:
    names = [name.casefold() for name in members]
    return (
        len(names) == 2  # noqa: PLR2004  # a value and its label
        and not _NUMBERS.isdisjoint(names)
        and not _LABELS.isdisjoint(names)
    )


def _walk(text: JsonText, path: ListPath, found: RecordLists) -> bool:
    """Read an object member by member; tell whether to go on after it."""
    text.take("{")
    if text.peek() == "}":
        text.take("}")
        return True
    while True:
        if text.peek() != '"':
            raise text.make_error()
        name, _ = text.decode()
        text.take(":")
        at, sign = (*path, name), text.peek()
        found.members[".".join(at)] = None
        if len(found.members) > _MOST_MEMBERS:
            reason = f"an object has more than {_MOST_MEMBERS} names"
            found.refusal = text.make_error(reason)
            return False
        if sign == "[":
            if not _take_list(at, _list_values(text), found):
                return False
        elif sign == "{" and len(at) < _DEEPEST_OBJECT:
            if not _walk(text, at, found):
                return False
        else:
            value, _ = text.decode()
            _look_for_kept(at, value, found)
        if text.take(",}") == "}":
            return True


def _walk_value(members: Mapping[str, Any], path: ListPath, found: RecordLists) -> bool:
    """Examine an object that was read; tell whether to go on after it."""
    for name, value in members.items():
        at = (*path, name)
        found.members[".".join(at)] = None
        if isinstance(value, list):
            if not _take_list(at, value, found):
                return False
        elif isinstance(value, dict) and len(at) < _DEEPEST_OBJECT:
            if not _walk_value(value, at, found):
                return False
        else:
            _look_for_kept(at, value, found)
    return True


def _look_for_kept(at: ListPath, value: object, found: RecordLists) -> None:
    if isinstance(value, str) and isinstance(decode_kept(value), dict | list):
        found.kept.append(at)


def _may_be_resource(value: object, has_username: HasUsername) -> bool:
    """Tell whether an element has a username, or an object that may have one."""
    return isinstance(value, dict) and (
        has_username(value) or dict in map(type, value.values())
    )


def _take_list(at: ListPath, values: Iterable[Any], found: RecordLists) -> bool:
    """Keep what a list holds; tell whether to go on, as no list of the API has names."""
    names: dict[str, None] = {}
    texts = False
    others = 0
    for value in values:
        others += not _may_be_resource(value, found.has_username)
        if others == _MOST_OTHERS:
            reason = (
                f"the list under {_show(at)} has {others} elements without a username, "
                "and perhaps more. Save the list of resources in a file of its own."
            )
            found.refusal = SourceError(reason, path=found.path)
            return False
        texts = texts or isinstance(value, str)
        new = isinstance(value, dict) and not value.keys() <= names.keys()
        if new and len(names) < _MOST_NAMES:
            names |= dict.fromkeys(name for name, _ in flatten(value))
        if names and at in API_LISTS:
            found.names.clear()
            return False
    if names:
        found.names[at] = names
    elif texts and "error" not in at[-1].casefold():
        found.texts.append(at)
    return True


def _list_values(text: JsonText) -> Iterator[Any]:
    """Yield what a list holds, and skip it."""
    text.take("[")
    if text.peek() == "]":
        text.take("]")
        return
    while True:
        value, _ = text.decode()
        yield value
        if text.take(",]") == "]":
            return
