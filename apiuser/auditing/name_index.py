"""All names of an audit, to find those that may be in conflict."""

from collections import Counter
from collections.abc import Collection, Sequence
from functools import cached_property
from itertools import chain

from apiuser.auditing.conflicts import ComparedName, compare_names
from apiuser.auditing.identities import Identities, identify
from apiuser.auditing.unread_names import UnreadNames
from apiuser.credentials.matching import fold_local_parts, is_seen
from apiuser.exports import ResourceTable, select_candidates
from apiuser.exports.changed_names import is_nobodys, may_be_own


class NameIndex:
    """The look-alike forms of all names, to find those that may be in conflict.

    Attributes:
        tables: The tables with the rows that can matter.
    """

    def __init__(
        self, tables: Sequence[ResourceTable], proposed: Sequence[str]
    ) -> None:
        folded = fold_local_parts(proposed)
        self._given = tables
        self.tables = tuple(select_candidates(tables, {*folded}))
        self._names = [*(table.usernames for table in self.tables), proposed]
        read = (fold_local_parts(table.usernames) for table in self.tables)
        self._forms = [*read, folded]
        self._counts = Counter(chain.from_iterable(self._forms))
        if "" in self._counts:
            # A name of nothing but accents has no form, but is a name; a blank is not.
            self._counts[""] = sum(
                _is_named(name)
                for names, forms in zip(self._names, self._forms, strict=True)
                for name, form in zip(names, forms, strict=True)
                if not form
            )

    def compare(self) -> tuple[list[ComparedName], Identities]:
        """Describe the names, read or proposed, that equal or resemble another."""
        again = {form for form, number in self._counts.items() if number > 1}
        exports = len(self.tables)
        places = [
            (at, row)
            for at, forms in enumerate(self._forms)
            for row, form in enumerate(forms)
            if form in again and (form or _is_named(self._names[at][row]))
        ]
        # A word or a mask in place of a name is nobody's, unless somebody may be called
        # so and it is the only one in its export.
        masked = [
            (at, row)
            for at, row in places
            if at < exports and is_nobodys(self._names[at][row])
        ]
        tables = Counter(at for at, _ in masked)
        nobodys = {
            (at, row)
            for at, row in masked
            if tables[at] > 1 or not may_be_own(self._names[at][row])
        }
        # Yet whoever proposes it has to know that it stands there.
        asked = {*self._forms[exports]}
        places = [
            (at, row)
            for at, row in places
            if (at, row) not in nobodys or self._forms[at][row] in asked
        ]
        identities = identify(self.tables, [p for p in places if p[0] < exports])
        names = [self._names[at][row] for at, row in places]
        compared = compare_names(places, names, identities.keys, exports)
        return [
            name._replace(nobodys=True) if name.place in nobodys else name
            for name in compared
        ], identities

    def find_used(self, forms: Collection[str]) -> Collection[str]:
        """Return those of the forms that any name has, read or proposed.

        Those in texts that could not be read may be names, too.
        """
        unkept = chain(*(table.find_unkept(forms) for table in self._given))
        used = self._counts.keys() & forms | {*fold_local_parts([*unkept])}
        return used | self._unread.find(forms)

    def list_doubted(self) -> frozenset[int]:
        """Return which of the proposed names may be in what could not be read."""
        forms = self._forms[-1]
        found = self._unread.find(forms) if forms else ()
        return frozenset(at for at, form in enumerate(forms) if form in found)

    @cached_property
    def _unread(self) -> UnreadNames:
        return UnreadNames([table.unread for table in self.tables])


def _is_named(name: str) -> bool:
    return bool(name) and is_seen(name.partition("@")[0])
