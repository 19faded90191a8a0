"""What the tables say: a folder of CSV files becomes a checked ledger, or one line tells of each thing that is wrong.

It never imports Sphinx. `columns` says what a cell may hold, `rows` what the tables of a ledger are, `table` reads one,
`package` those that only datapackage.json describes, `rules` what that says beyond columns, `bibliography` the works,
`edition` CITATION.cff; `checks` is what tables ask of each other, `ledger` what can be looked up, `questions` the
answers, `parts` what each directive prints, `read` reads all of it, and `record` holds it against its reviewed state.

A new column is a field of its class in `rows` and of datapackage.json, and a test compares the two. A new table of a
ledger is a class in `rows`, listed at its end, and a property of `Ledger`. A rule between tables of a ledger goes into
`checks`; one between columns, or about the figures of one book, beside their description in datapackage.json.
"""
