"""Huge exports: DuckDB finds the rows that can matter, Python checks them.

DuckDB splits the records strictly, on all processors, and hashes the look-alike form
of each name. Two names that are the same or look alike have the same form and so the
same hash, which is all that it is asked: which records it nominates changes nothing
but the time, for Python compares and checks them as it does the rows of any export.

The bytes are checked and the records counted separately. If DuckDB rejects
anything, or comes to another number, the reader of records reads the file instead and
says what is wrong.
"""
