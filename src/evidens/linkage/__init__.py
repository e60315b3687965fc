"""One accident, many witnesses: which rows of two registers are the same person in the same accident.

    from evidens.linkage.linking import link
    found = link(Path("politi.parquet"), Path("skadestue.parquet"))
    found.as_dict()

Candidates are pairs that could be one accident at all (near in time and place, or the same person about that
day); what agreement is worth, and how many candidates are true, is learned among them (Fellegi & Sunter 1969
with EM, by Splink on DuckDB). "The event first, then the person" is thereby one model. Needs the extra
`analysis`.
"""
