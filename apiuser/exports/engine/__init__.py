"""Huge exports: DuckDB finds the rows that can matter, Python checks them.

DuckDB splits the records strictly, on all processors, and hashes the look-alike form of
each name. Names that are the same or look alike have the same form and so the same
hash. That is all DuckDB is needed for: which records it nominates only affects the
time, since Python compares and checks them like the rows of any export.

The bytes are checked and the records counted separately. If DuckDB rejects anything, or
comes to a different number, the reader of records reads the file instead and says what
is wrong.
"""
