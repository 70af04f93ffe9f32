"""Ranking with DuckDB: each need has the rows of its values as lists, in which the values of each offer are looked up.

If few pairs are excluded this is faster than the join, because lists do not grow with the pairs.
"""

import sys

import numpy as np

from contender import CHECKS, Ranking, checksum, serve
from duckdb_tables import Database

EXCLUDED = -(1 << 40)

data = Ranking(sys.argv[1])
database = Database(data)
parts = database.parts
for part, (cells, out) in enumerate(zip(data.cells(), data.excluded)):
    cells = np.where(out, EXCLUDED, cells)
    n, o = np.divmod(np.arange(cells.size), cells.shape[1])
    database.load(f"t{part}", {"n": n, "o": o, "cell": cells.reshape(-1)}, "n, list(cell ORDER BY o) AS cells", "GROUP BY n")

lists = ", ".join(f"t{part}.cells AS c{part}" for part in parts)
joins = " ".join(f"JOIN t{part} ON t{part}.n = needs.v{part}" for part in parts)
sums = " + ".join(f"c{part}[v{part} + 1]" for part in parts)
query = f"""
WITH rows AS MATERIALIZED (SELECT need, {lists} FROM needs {joins}),
pairs AS (SELECT need, offer, {sums} + {CHECKS - 1} AS cells FROM rows CROSS JOIN offers)
SELECT need, unnest(max(cells * {data.offers} + {data.offers - 1} - offer, {data.top})) AS key
FROM pairs WHERE cells >= 0 GROUP BY need
"""
serve(lambda: database.ranking(query), checksum)
