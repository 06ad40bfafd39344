"""Huge exports: DuckDB finds the rows that can matter, Python checks them.

DuckDB splits the records strictly, on all processors, and hashes the look-alike form of
each name. Names that are the same or look alike have the same form and so the same
hash. The hashes only nominate records: Python compares and checks these like the rows
of any export. DuckDB also counts what the summary of an export says.

The bytes are checked and the records counted separately. If DuckDB rejects anything,
finds what is odd, or comes to a different number, the reader of records reads the file
instead and says what is wrong.
"""
