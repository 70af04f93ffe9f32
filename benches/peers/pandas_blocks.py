"""Ranking with pandas: tables without excluded pairs, merged with needs and offers block by block.

It is slow: it ranks the first tenth of the needs only, and its time is scaled.
"""

import sys

import numpy as np
import pandas as pd

from contender import Ranking, checksum, serve

SHARE = 10

data = Ranking(sys.argv[1])
data.needs = max(1, data.needs // SHARE)
parts = range(len(data.need_values))
# The pairs of a block must fit into memory, even if none is excluded.
BLOCK = max(1, 500_000 // data.offers)


def columns_of(values, letter, count):
    return {f"{letter}{part}": values[part][:count].astype(np.int32) for part in parts}


needs = pd.DataFrame({"need": np.arange(data.needs), **columns_of(data.need_values, "n", data.needs)})
offers = pd.DataFrame({"offer": np.arange(data.offers), **columns_of(data.offer_values, "o", data.offers)})
tables = []
for part, (cells, out) in enumerate(zip(data.cells(), data.excluded)):
    n, o = np.nonzero(~out)
    columns = {f"n{part}": n.astype(np.int32), f"o{part}": o.astype(np.int32), f"cell{part}": cells[n, o]}
    tables.append(pd.DataFrame(columns))
# The part that excludes most pairs is merged first.
order = sorted(parts, key=lambda part: 1 - data.excluded[part].mean())


def block(start):
    first, *others = order
    pairs = needs.iloc[start : start + BLOCK].merge(tables[first], on=f"n{first}").merge(offers, on=f"o{first}")
    for part in others:
        pairs = pairs.merge(tables[part], on=[f"n{part}", f"o{part}"])
    cells = sum(pairs[f"cell{part}"] for part in parts)
    keys = pd.DataFrame({"need": pairs["need"], "key": data.key(cells, pairs["offer"])})
    return keys.sort_values("key", ascending=False).groupby("need").head(data.top)


def run():
    keys = pd.concat([block(start) for start in range(0, data.needs, BLOCK)])
    return data.ranking_by_need(keys["need"].to_numpy(), keys["key"].to_numpy())


serve(run, checksum, SHARE)
