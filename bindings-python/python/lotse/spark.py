"""Ranks the needs of a Spark data frame, spread over the executors.

    from lotse import Matcher
    from lotse.spark import rank

    matcher = Matcher(offers)
    rankings = rank(spark.read.parquet("needs.parquet"), matcher, top=3)
    rankings.orderBy("need", "rank").show()

Columns are named as the fields of a need, nested or flat, as for `Matcher.rank_table`. Spark brings the offers to the
executors once. `lotse`, `pyarrow` and `pandas` must be installed there too.

Ray Data and Dask need no module of their own, since a `Matcher` can be pickled and takes Arrow tables:

    # Ray Data: a batch is an Arrow table; without a batch size it is a whole block.
    def ranked(batch: pa.Table) -> pa.Table:
        return pa.table(matcher.rank_table(batch, top=3))

    rankings = dataset.map_batches(ranked, batch_format="pyarrow", batch_size=None)

    # Dask: a partition is a pandas frame, whose index is no field of a need. Keep lists as text such as `prs;de`,
    # because Dask makes its own text of them.
    def ranked(part: pd.DataFrame) -> pd.DataFrame:
        return pa.table(matcher.rank_table(pa.Table.from_pandas(part, preserve_index=False), top=3)).to_pandas()

    meta = ranked(needs.head(0))
    rankings = needs.map_partitions(ranked, meta=meta)

There no group may be split between batches or partitions: the people of a group are counted together, and one call
counts only those it sees. `rank` here keeps groups together by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import TYPE_CHECKING, Any

from pyspark.sql import functions as sql

if TYPE_CHECKING:
    from pyspark import SparkContext
    from pyspark.sql import Column, DataFrame, SparkSession

    from lotse import Matcher

__all__ = ["rank"]

# It brings no types. Imported like this, no checker asks for them.
pa: Any = import_module("pyarrow")

_SCHEMA = "need string, rank int, offer string, score double, to_check array<string>"


def rank(needs: DataFrame, matcher: Matcher, *, top: int = 5) -> DataFrame:
    """Rank the offers for each need, best first: `need`, `rank` (from 1), `offer`, `score` and what is `to_check`.

    The rows come in no promised order: sort them by `need` and `rank`. A need that nothing matches has no row.

    Needs of one `group` are brought together first. Each task holds all needs of its partition in memory; there are as
    many partitions as `spark.sql.shuffle.partitions` says, and a few for each core are enough. Ids must be unique in
    the whole frame. Equal ids are refused where they meet; with different groups they may not meet.

    As always with Spark, nothing is computed before somebody asks for the rows. Only then a wrong record is found. It
    surfaces as Spark's exception with the text of `lotse.Error`: the place, and never a value. The number in its path
    counts the rows of one partition from 0, not those of the frame.
    """
    session = needs.sparkSession
    names = needs.columns
    # Spark would take `crime.code` for a field of a column `crime`. So the columns are numbered on their way.
    numbered = needs.toDF(*map(_numbered, range(len(names))))
    together = _together(session, numbered, names)
    shared = _shared(session, matcher)

    def ranked(batches: Iterator[Any]) -> Iterator[Any]:
        # One table, since a group may lie in several batches.
        gathered = list(batches)
        if gathered:
            table = pa.Table.from_batches(gathered).rename_columns(names)
            yield from pa.table(shared().rank_table(table, top=top)).to_batches()

    # Spark names the types of pyarrow, which a strict pyright does not know.
    return together.mapInArrow(ranked, _SCHEMA)  # pyright: ignore[reportUnknownMemberType]


def _numbered(column: int) -> str:
    return f"column{column}"


def _together(session: SparkSession, numbered: DataFrame, names: list[str]) -> DataFrame:
    """The needs, spread so that those of one group lie in one partition."""

    def text(name: str) -> Column:
        # A column that is missing, or of a wrong type, is no matter here: lotse tells of it.
        return sql.col(_numbered(names.index(name))).cast("string") if name in names else sql.lit(None)

    # An empty group is no group; otherwise all who have none would come together. A group named like an id does no
    # harm: it only shares a partition with it.
    key = sql.coalesce(sql.nullif(text("group"), sql.lit("")), text("id"))
    # With a number, because the planner joins partitions of few bytes, and needs are small for the work they make.
    partitions = session.conf.get("spark.sql.shuffle.partitions") or ""
    # Some platforms have "auto" here.
    return numbered.repartition(int(partitions), key) if partitions.isdigit() else numbered.repartition(key)


def _shared(session: SparkSession, matcher: Matcher) -> Callable[[], Matcher]:
    """What gives the matcher on an executor, without bringing it there for every task if it can be helped."""
    # Spark Connect has no context.
    context: SparkContext | None = getattr(session, "sparkContext", None)
    if context is None:
        return lambda: matcher
    broadcast = context.broadcast(matcher)
    return lambda: broadcast.value
