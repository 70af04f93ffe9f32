"""Tests on a real Spark cluster: a master and two workers, each a process of its own, on loopback."""

import json
import os
import random
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from signal import SIGKILL
from typing import Any

import pyarrow as pa
import pyspark
import pytest
from pyspark.errors import PythonException
from pyspark.sql import Column, DataFrame, SparkSession
from pyspark.sql import functions as sql

import lotse
from lotse.spark import rank

TOP = 4
HOME = Path(pyspark.__file__).parent
LOOPBACK = "127.0.0.1"
DEPLOY = "org.apache.spark.deploy"
# For programs that run for a minute: less compilation, no garbage collection threads.
BRIEF = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
# In seconds. On a machine that is busy with other tests the start may take long.
PATIENCE = 180.0


@contextmanager
def running(log: Path, *arguments: str) -> Iterator[None]:
    """Runs a daemon of Spark. It ends with this block, or with this process however that ends."""
    # The shell waits for the end of its input, which is closed when this process ends, and then ends its group.
    watch = 'trap "trap : TERM; kill 0; wait" EXIT; "$@" & cat >/dev/null'
    with log.open("wb") as out:
        process = subprocess.Popen(
            ["sh", "-c", watch, "sh", str(HOME / "bin" / "spark-class"), *arguments],
            stdin=subprocess.PIPE,
            stdout=out,
            stderr=out,
            cwd=log.parent,
            start_new_session=True,
        )
    try:
        yield
    finally:
        assert process.stdin
        process.stdin.close()
        with suppress(subprocess.TimeoutExpired):
            process.wait(20)
        # Children that ignored the signal.
        with suppress(ProcessLookupError):
            os.killpg(process.pid, SIGKILL)
        process.wait()


def wait_for(log: Path, pattern: str, times: int = 1) -> str:
    """Waits until a log has a pattern a number of times, and returns the first match."""
    deadline = time.monotonic() + PATIENCE
    while True:
        text = log.read_text(errors="replace")
        matches: list[str] = re.findall(pattern, text)
        if len(matches) >= times:
            return matches[0]
        assert time.monotonic() < deadline, f"{pattern} not found in {log.name}:\n{text[-4000:]}"
        time.sleep(0.1)


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SparkSession]:
    folder = tmp_path_factory.mktemp("spark")
    for name in ("conf", "local", "work", "warehouse"):
        (folder / name).mkdir()
    with ExitStack() as stack:
        patch = stack.enter_context(pytest.MonkeyPatch.context())
        for name, value in {
            "SPARK_HOME": HOME,
            "SPARK_CONF_DIR": folder / "conf",  # an empty folder, so that settings of the machine have no effect
            "SPARK_LOCAL_DIRS": folder / "local",
            "SPARK_WORKER_DIR": folder / "work",
            "SPARK_LOCAL_IP": LOOPBACK,
            "SPARK_DAEMON_MEMORY": "256m",
            "SPARK_DAEMON_JAVA_OPTS": BRIEF,
            "SPARK_MASTER_OPTS": "-Dspark.master.rest.enabled=false",  # one open port fewer
            "PYSPARK_PYTHON": sys.executable,
            "PYSPARK_DRIVER_PYTHON": sys.executable,
        }.items():
            patch.setenv(name, str(value))
        # Spark writes files to the current directory.
        patch.chdir(folder)

        # Each takes a free port, and logs it.
        address = ["--host", LOOPBACK, "--port", "0", "--webui-port", "0"]
        log = folder / "master.log"
        stack.enter_context(running(log, f"{DEPLOY}.master.Master", *address))
        master = wait_for(log, r"Starting Spark master at (spark://\S+)")
        wait_for(log, "New state: ALIVE")
        for worker in ("worker-1", "worker-2"):
            size = ["--cores", "1", "--memory", "1g"]
            stack.enter_context(running(folder / f"{worker}.log", f"{DEPLOY}.worker.Worker", *address, *size, master))
        wait_for(log, "Registering worker", times=2)

        session = (
            SparkSession.builder.master(master)
            .appName("lotse")
            .config("spark.driver.host", LOOPBACK)
            .config("spark.driver.bindAddress", LOOPBACK)
            .config("spark.driver.memory", "700m")
            .config("spark.executor.memory", "700m")
            .config("spark.driver.extraJavaOptions", BRIEF)
            .config("spark.executor.extraJavaOptions", BRIEF)
            # Both executors must be registered before the first task is scheduled.
            .config("spark.cores.max", "2")
            .config("spark.scheduler.minRegisteredResourcesRatio", "1.0")
            .config("spark.scheduler.maxRegisteredResourcesWaitingTime", f"{PATIENCE:.0f}s")
            # A retry of an invalid need would fail too.
            .config("spark.task.maxFailures", "1")
            .config("spark.sql.shuffle.partitions", "6")
            # Several batches in a partition, so that a group is spread over some of them.
            .config("spark.sql.execution.arrow.maxRecordsPerBatch", "50")
            .config("spark.sql.warehouse.dir", str(folder / "warehouse"))
            .config("spark.ui.enabled", "false")
            .config("spark.ui.showConsoleProgress", "false")
            .getOrCreate()
        )
        stack.callback(stop, session)
        yield session


def stop(session: SparkSession) -> None:
    context = session.sparkContext
    gateway = context._gateway
    session.stop()
    # The Java process of the driver would run as long as this process.
    if gateway is not None:
        gateway.shutdown()
        gateway.proc.stdin.close()
        gateway.proc.wait(20)
        type(context)._gateway = type(context)._jvm = None


LANGUAGES = ("de", "en", "prs", "fa", "uk", "ru", "ar", "ti", "so", "tr")
REGIONS = ("14612", "14628", "14713", "14729", "14511")
HELP = ("psychosocial.trauma_clinic", "psychosocial.acute", "legal.first_advice")
FORMATS = ("on_site", "phone", "video")
LEVELS = (None, "A2", "B1", "C1")

NEEDS = pa.schema(
    {
        "id": pa.string(),
        "group": pa.string(),
        "people": pa.int32(),
        "help": pa.string(),
        "languages": pa.list_(pa.struct({"tag": pa.string(), "level": pa.string()})),
        "region": pa.string(),
        "crime": pa.struct({"code": pa.string(), "context": pa.list_(pa.string())}),
        "formats": pa.list_(pa.string()),
        "age": pa.int32(),
    }
)


@pytest.fixture(scope="module")
def matcher() -> lotse.Matcher:
    rng = random.Random(3)
    offers = [
        {
            "id": f"o-{number}",
            "help": rng.sample(HELP, 2),
            "languages": ["de", {"tag": rng.choice(LANGUAGES), "how": rng.choice(("spoken", "interpreter"))}],
            "area": rng.sample(REGIONS, 3),
            "crimes": rng.choice((["any"], [{"code": "01"}], [{"context": ["terrorism"]}])),
            "capacity": {"free": rng.randint(0, 12), "updated": "2026-11-20"},
            "formats": rng.sample(FORMATS, 2),
            "ages": {"min": rng.choice((0, 14, 18))},
        }
        for number in range(200)
    ]
    return lotse.Matcher(offers, as_of="2026-11-23")


@pytest.fixture(scope="module")
def needs() -> pa.Table:
    rng = random.Random(5)

    def maybe(value: Any) -> Any:
        return value if rng.random() < 0.7 else None

    def need(number: int) -> dict[str, Any]:
        tags = rng.sample(LANGUAGES, rng.randint(0, 3))
        return {
            "id": f"n-{number}",
            # Groups and single needs; an empty group is none. One group equals the id of a need. Blanks around a group are ignored.
            "group": rng.choice((None, "", " ", "n-7", *(f"g-{rng.randrange(300)}{blank}" for blank in ("", "", " ", "\u00a0\t")))),
            "people": maybe(rng.randint(1, 3)),
            "help": maybe(rng.choice(HELP)),
            "languages": maybe([{"tag": tag, "level": rng.choice(LEVELS)} for tag in tags]),
            "region": maybe(rng.choice(REGIONS)),
            "crime": maybe({"code": maybe("0101"), "context": maybe(["terrorism"])}),
            "formats": maybe(rng.sample(FORMATS, rng.randint(0, 2))),
            "age": maybe(rng.randint(5, 80)),
        }

    return pa.Table.from_pylist([need(number) for number in range(2000)], schema=NEEDS)


def spread(spark: SparkSession, needs: pa.Table) -> DataFrame:
    """Returns a frame of seven partitions, over which the rows of a group are spread."""
    return spark.createDataFrame(needs).repartition(7)


def part() -> Column:
    return sql.spark_partition_id().alias("part")


def ranked_by_spark(ranked: DataFrame) -> list[dict[str, Any]]:
    return sort_rows(ranked.toArrow())


def ranked_locally(matcher: lotse.Matcher, needs: pa.Table) -> list[dict[str, Any]]:
    return sort_rows(pa.table(matcher.rank_table(needs, top=TOP)))


def sort_rows(table: pa.Table) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = table.to_pylist()
    return sorted(rows, key=lambda row: (row["need"], row["rank"]))


def test_spark_ranks_like_one_machine(spark: SparkSession, matcher: lotse.Matcher, needs: pa.Table) -> None:
    frame = spread(spark, needs)
    positions = {(row["group"], row["part"]) for row in frame.select("group", part()).collect()}
    assert sum(count > 1 for count in Counter(group for group, _ in positions if group).values()) > 100

    ranked = rank(frame, matcher, top=TOP)
    assert ranked.schema.simpleString() == (
        "struct<need:string,rank:int,offer:string,offer_name:string,score:double,to_check:array<string>>"
    )
    want = ranked_locally(matcher, needs)
    assert ranked_by_spark(ranked) == want
    assert len({row["need"] for row in want}) > 1000
    # Groups do have an effect.
    assert ranked_locally(matcher, needs.drop_columns(["group"])) != want


def test_both_executors_rank(spark: SparkSession, matcher: lotse.Matcher, needs: pa.Table) -> None:
    # Each executor has a folder of its own. This function runs in the task that ranked the row.
    folder = sql.udf(lambda _need: os.getcwd(), "string")
    ranked = rank(spread(spark, needs), matcher, top=TOP)
    tasks = ranked.select(folder("need").alias("folder"), part()).collect()
    assert len({row["folder"] for row in tasks}) == 2
    assert len({row["part"] for row in tasks}) == 6


def test_flat_columns_rank_equally(spark: SparkSession, matcher: lotse.Matcher, needs: pa.Table) -> None:
    def flat(row: dict[str, Any]) -> dict[str, Any]:
        crime = row.pop("crime") or {}
        languages = [":".join(filter(None, (item["tag"], item["level"]))) for item in row["languages"] or []]
        row |= {"languages": ";".join(languages), "formats": ";".join(row["formats"] or [])}
        return row | {"crime.code": crime.get("code"), "crime.context": ";".join(crime.get("context") or [])}

    first = needs.slice(0, 600)
    table = pa.Table.from_pylist([flat(row) for row in first.to_pylist()])
    assert {str(kind) for kind in table.schema.types} == {"string", "int64"}
    assert any(re.fullmatch("[a-z]+:[A-C][12];[a-z]+", text) for text in table["languages"].to_pylist())
    assert ranked_by_spark(rank(spread(spark, table), matcher, top=TOP)) == ranked_locally(matcher, first)


def test_an_error_has_a_path_but_no_value(spark: SparkSession, matcher: lotse.Matcher, needs: pa.Table) -> None:
    invalid = {"id": "n-invalid", "languages": [{"tag": "de"}, {"tag": "Zefira"}]}
    frame = spread(spark, pa.concat_tables([needs.slice(0, 100), pa.Table.from_pylist([invalid], schema=NEEDS)]))
    with pytest.raises(PythonException) as caught:
        rank(frame, matcher).collect()
    text = str(caught.value) + json.dumps(caught.value.getMessageParameters())
    assert re.search(r"Error: needs\[\d+\]\.languages\[1\]\.tag: .* \[need\.language\.unknown_tag\]", text)
    assert "Zefira" not in text


def test_no_needs(spark: SparkSession, matcher: lotse.Matcher, needs: pa.Table) -> None:
    assert rank(spark.createDataFrame(needs).limit(0), matcher).collect() == []
    one = rank(spark.createDataFrame(needs.slice(0, 1).select(["id"])), matcher, top=1)
    assert [row["need"] for row in one.collect()] == ["n-0"]
