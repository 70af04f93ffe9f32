"""Ranking with DuckDB: tables without excluded pairs, joined with needs and offers; the best keys of each need.

The order of joins is fixed here: its own choice took a hundred times as long, and filled the disk. One integer for both
values of a pair allows look-ups by position instead of by hash.
"""

import sys

import numpy as np

from contender import CHECKS, Ranking, checksum, serve
from duckdb_tables import Database

data = Ranking(sys.argv[1])
database = Database(data)
parts = database.parts
widths = [table.shape[1] for table in data.score]
for part, (cells, out) in enumerate(zip(data.cells(), data.excluded)):
    n, o = np.nonzero(~out)
    pair = n * widths[part] + o
    database.load(f"t{part}", {"n": n.astype(np.int32), "o": o.astype(np.int32), "pair": pair.astype(np.int32), "cell": cells[n, o]})

# The part that excludes most pairs is joined first.
first, *others = sorted(parts, key=lambda part: 1 - data.excluded[part].mean())
sums = " + ".join(f"t{part}.cell" for part in parts)
joins = "\n".join(f"JOIN t{part} ON t{part}.pair = needs.v{part} * {widths[part]} + offers.v{part}" for part in others)
query = f"""
SELECT need, unnest(max(({sums} + {CHECKS - 1}) * {data.offers} + {data.offers - 1} - offer, {data.top})) AS key
FROM needs
JOIN t{first} ON t{first}.n = needs.v{first}
JOIN offers ON offers.v{first} = t{first}.o
{joins}
GROUP BY need
"""
database.connection.execute("SET disabled_optimizers = 'join_order'")
serve(lambda: database.ranking(query), checksum)
