"""Ranks the needs of a Spark data frame on its executors.

    from lotse import Matcher
    from lotse.spark import rank

    matcher = Matcher(offers)
    rankings = rank(spark.read.parquet("needs.parquet"), matcher, top=3)
    rankings.orderBy("need", "rank").show()

Columns have the names of the fields of a need, nested or flat, as for `Matcher.rank_table`. Spark sends the offers to
each executor once. `lotse`, `pyarrow` and `pandas` must be installed there too.

Ray Data and Dask need no module of their own, because a `Matcher` can be pickled and takes Arrow tables:

    # Ray Data: a batch is an Arrow table, and without a batch size a whole block.
    def ranked(batch: pa.Table) -> pa.Table:
        return pa.table(matcher.rank_table(batch, top=3))

    rankings = dataset.map_batches(ranked, batch_format="pyarrow", batch_size=None)

    # Dask: a partition is a pandas frame, whose index is not a field of a need. Keep lists as text such as `prs;de`,
    # because Dask converts other lists to text of its own form.
    def ranked(part: pd.DataFrame) -> pd.DataFrame:
        return pa.table(matcher.rank_table(pa.Table.from_pandas(part, preserve_index=False), top=3)).to_pandas()

    meta = ranked(needs.head(0))
    rankings = needs.map_partitions(ranked, meta=meta)

With these, no group may be split between batches or partitions: a group is one party, and one call counts only the
people of its own batch. `rank` in this module keeps groups together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import TYPE_CHECKING, Any

from pyspark.sql import functions as sql

if TYPE_CHECKING:
    from pyspark import SparkContext
    from pyspark.sql import Column, DataFrame, SparkSession

    from lotse._lotse import Matcher

__all__ = ["rank"]

# pyarrow has no types. Type checkers accept it if it is imported in this way.
pa: Any = import_module("pyarrow")

_SCHEMA = "need string, rank int, offer string, offer_name string, score double, to_check array<string>"


def rank(needs: DataFrame, matcher: Matcher, *, top: int = 5) -> DataFrame:
    """Ranks the offers for each need, best first: `need`, `rank` (from 1), `offer`, `offer_name`, `score` and
    `to_check`.

    The order of the rows is undefined: sort them by `need` and `rank`. A need without a match has no row.

    Needs of one `group` are moved to the same partition first. Each task has all needs of its partition in memory. The
    number of partitions is `spark.sql.shuffle.partitions`; a few for each core are enough. Ids must be unique in the
    whole frame. Equal ids are an error if they are in the same partition; with different groups they may not be.

    Spark is lazy, so an invalid record is found when rows are requested. It raises Spark's exception with the text of
    `lotse.Error`: a path, but no value. The index in the path counts the rows of one partition from 0, not those of the
    frame.
    """
    session = needs.sparkSession
    names = needs.columns
    # Spark would take `crime.code` for a field of a column `crime`, so the columns have positions for names until then.
    numbered = needs.toDF(*map(_column_name, range(len(names))))
    partitioned = _partition_by_group(session, numbered, names)
    get_matcher = _broadcast(session, matcher)

    def rank_partition(batches: Iterator[Any]) -> Iterator[Any]:
        # One table, because a group may be spread over several batches.
        collected = list(batches)
        if collected:
            table = pa.Table.from_batches(collected).rename_columns(names)
            yield from pa.table(get_matcher().rank_table(table, top=top)).to_batches()

    # Spark uses types of pyarrow, which a strict pyright does not know.
    return partitioned.mapInArrow(rank_partition, _SCHEMA)  # pyright: ignore[reportUnknownMemberType]


def _column_name(column: int) -> str:
    return f"column{column}"


def _partition_by_group(session: SparkSession, numbered: DataFrame, names: list[str]) -> DataFrame:
    """Returns the needs, repartitioned so that those of one group are in one partition."""

    def text(name: str) -> Column:
        # A column that is missing or has a wrong type is no error here, because `rank_table` reports it.
        if name not in names:
            return sql.lit(None)
        # Blanks around a group are ignored, as `rank_table` does: those of Unicode.
        cells = sql.col(_column_name(names.index(name))).cast("string")
        return sql.regexp_replace(cells, r"(?U)^\s+|\s+$", "")

    # An empty group is no group; otherwise all needs without one would be in the same partition. A group that equals
    # the id of a need only shares a partition with it.
    key = sql.coalesce(sql.nullif(text("group"), sql.lit("")), text("id"))
    # With a number, because the planner merges partitions of few bytes, and needs take long for their size.
    partitions = session.conf.get("spark.sql.shuffle.partitions") or ""
    # Some platforms set it to "auto".
    return numbered.repartition(int(partitions), key) if partitions.isdigit() else numbered.repartition(key)


def _broadcast(session: SparkSession, matcher: Matcher) -> Callable[[], Matcher]:
    """Returns a function that returns the matcher on an executor, sent there once if the session allows."""
    # Spark Connect has no context, and sends the matcher with every task.
    context: SparkContext | None = getattr(session, "sparkContext", None)
    if context is None:
        return lambda: matcher
    broadcast = context.broadcast(matcher)
    return lambda: broadcast.value
