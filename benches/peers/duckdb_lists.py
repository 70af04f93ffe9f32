"""Ranking with DuckDB: each need gets the rows of its values as lists, in which each offer looks its own values up.

Where little is excluded this is faster than the join: lists do not grow with the pairs.
"""

import sys

import duckdb
import numpy as np
import pandas as pd

from contender import CHECKS, Ranking, checksum, serve

EXCLUDED = -(1 << 40)

data = Ranking(sys.argv[1])
parts = range(len(data.need_numbers))
database = duckdb.connect()
# What does not fit into memory is no use to anyone; without this it fills the disk.
database.execute("SET temp_directory = ''")


def load(name, columns, how="*", rest=""):
    frame = pd.DataFrame(columns)
    database.register("frame", frame)
    database.execute(f"CREATE TABLE {name} AS SELECT {how} FROM frame {rest}")
    database.unregister("frame")


def numbers(of):
    return {f"v{part}": of[part].astype(np.int32) for part in parts}


load("needs", {"need": np.arange(data.needs, dtype=np.int32), **numbers(data.need_numbers)})
load("offers", {"offer": np.arange(data.offers, dtype=np.int32), **numbers(data.offer_numbers)})
for part, (cells, out) in enumerate(zip(data.cells(), data.excluded)):
    cells = np.where(out, EXCLUDED, cells)
    n, o = np.divmod(np.arange(cells.size), cells.shape[1])
    load(f"t{part}", {"n": n, "o": o, "cell": cells.reshape(-1)}, "n, list(cell ORDER BY o) AS cells", "GROUP BY n")

lists = ", ".join(f"t{part}.cells AS c{part}" for part in parts)
joins = " ".join(f"JOIN t{part} ON t{part}.n = needs.v{part}" for part in parts)
sums = " + ".join(f"c{part}[v{part} + 1]" for part in parts)
query = f"""
WITH rows AS MATERIALIZED (SELECT need, {lists} FROM needs {joins}),
pairs AS (SELECT need, offer, {sums} + {CHECKS - 1} AS cells FROM rows CROSS JOIN offers)
SELECT need, unnest(max(cells * {data.offers} + {data.offers - 1} - offer, {data.top})) AS key
FROM pairs WHERE cells >= 0 GROUP BY need
"""


def run():
    found = database.execute(query).fetchnumpy()
    return data.by_need(np.asarray(found["need"]), np.asarray(found["key"]))


serve(run, checksum)
