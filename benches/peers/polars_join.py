"""Ranking with Polars, lazy and streaming: tables without excluded pairs, joined with needs and offers."""

import sys

import numpy as np
import polars as pl

from contender import CHECKS, Ranking, checksum, serve

data = Ranking(sys.argv[1])
parts = range(len(data.need_values))
# The pairs of a block must fit into memory, even if none is excluded.
BLOCK = max(1, 5_000_000 // data.offers)


def columns_of(values, letter):
    return {f"{letter}{part}": values[part].astype(np.int32) for part in parts}


needs = pl.DataFrame({"need": np.arange(data.needs, dtype=np.int32), **columns_of(data.need_values, "n")})
offers = pl.DataFrame({"offer": np.arange(data.offers, dtype=np.int64), **columns_of(data.offer_values, "o")})
tables = []
for part, (cells, out) in enumerate(zip(data.cells(), data.excluded)):
    n, o = np.nonzero(~out)
    pair = n * out.shape[1] + o
    columns = {f"n{part}": n, f"o{part}": o, f"pair{part}": pair}
    cell = pl.Series(f"cell{part}", cells[n, o])
    tables.append(pl.DataFrame({name: values.astype(np.int32) for name, values in columns.items()}).with_columns(cell))
# The part that excludes most pairs is joined first.
order = sorted(parts, key=lambda part: 1 - data.excluded[part].mean())


def block(start):
    first, *others = order
    table = tables[first].lazy().select(f"n{first}", f"o{first}", f"cell{first}")
    pairs = needs[start : start + BLOCK].lazy().join(table, on=f"n{first}").join(offers.lazy(), on=f"o{first}")
    for part in others:
        pair = pl.col(f"n{part}") * data.score[part].shape[1] + pl.col(f"o{part}")
        table = tables[part].lazy().select(f"pair{part}", f"cell{part}")
        pairs = pairs.join(table, left_on=pair, right_on=f"pair{part}")
    cells = pl.sum_horizontal(f"cell{part}" for part in parts)
    pairs = pairs.select("need", key=(cells + (CHECKS - 1)) * data.offers + (data.offers - 1 - pl.col("offer")))
    best = pairs.group_by("need").agg(pl.col("key").top_k(data.top)).explode("key")
    return best.collect(engine="streaming")


def run():
    keys = pl.concat([block(start) for start in range(0, data.needs, BLOCK)])
    return data.ranking_by_need(keys["need"].to_numpy(), keys["key"].to_numpy())


serve(run, checksum)
