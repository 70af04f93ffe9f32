"""Runs the notebooks of the examples with the installed package, and checks what they end with."""

from __future__ import annotations

import ast
import csv
import importlib
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from test_notebook import LOADED

nbclient: Any = importlib.import_module("nbclient")
nbformat: Any = importlib.import_module("nbformat")

EXAMPLES = Path(__file__).parents[1] / "examples"
NOTEBOOKS = sorted(EXAMPLES.glob("*.ipynb"))


def outputs(notebook: Any) -> Iterator[Any]:
    for cell in notebook.cells:
        yield from cell.get("outputs", ())


def execute(name: str, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Any]:
    """Returns the folder in which a notebook ran, and the notebook with its outputs."""
    # A copy, so that the sources are not next to it and nothing is written there.
    folder = tmp_path_factory.mktemp("examples") / "copy"
    shutil.copytree(EXAMPLES, folder)
    notebook = nbformat.read(folder / name, nbformat.NO_CONVERT)
    nbclient.NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(folder)}}).execute()
    return folder, notebook


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Any]:
    return execute("office.ipynb", tmp_path_factory)


def test_a_spreadsheet_becomes_a_ranked_list(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder, notebook = execute("import.ipynb", tmp_path_factory)
    assert ast.literal_eval(notebook.cells[-1].outputs[0].data["text/plain"]) == {
        "offers": 8, "questions asked": 2, "open questions": 0, "same": 8, "needs": 6, "best": "1"
    }  # fmt: skip
    shown = "".join(output["data"].get("text/html", "") for output in outputs(notebook))
    assert "Traumaambulanz Elbhang" in shown and "Dari mit Dolmetscher" in shown
    # No cell of a personal column is shown or saved.
    saved = (folder / "Beratungsstellen.map.json").read_text("utf-8")
    for secret in ("Beispiel", "Muster", "Probe", "0351", "Überfall"):
        assert secret not in shown and secret not in saved


def test_every_notebook_is_described_and_saved_without_outputs() -> None:
    readme = (EXAMPLES / "README.md").read_text("utf-8")
    assert [path.name for path in NOTEBOOKS] == ["import.ipynb", "office.ipynb"]
    for path in NOTEBOOKS:
        notebook = nbformat.read(path, nbformat.NO_CONVERT)
        nbformat.validate(notebook)
        assert not list(outputs(notebook)) and f"({path.name})" in readme
        assert all(cell.get("execution_count") is None for cell in notebook.cells)


def test_the_notebook_ends_with_a_plan(office: tuple[Path, Any]) -> None:
    folder, notebook = office
    assert ast.literal_eval(notebook.cells[-1].outputs[0].data["text/plain"]) == {
        "needs": 22, "met before": 17, "met after": 18, "newly met": ["B-09"], "moved": 0, "optimal": True
    }  # fmt: skip
    with (folder / "plan.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    offers = {row["need"]: row["offer_name"] for row in rows}
    assert len(rows) == 22 and offers["B-09"] == offers["B-08"] == "Kindersprechstunde Elbhang"
    # The family stays together.
    assert offers["B-10"] == offers["B-11"] == offers["B-12"] == "Beratung Sternweg"
    assert (folder / "report.csv").stat().st_size > 500 and (folder / "coverage.html").stat().st_size > 100_000


def test_the_notebook_shows_tables_and_charts_without_the_internet(office: tuple[Path, Any]) -> None:
    _, notebook = office
    kinds = [kind for output in outputs(notebook) for kind in output.get("data", {})]
    assert kinds.count("image/svg+xml") == 3 and kinds.count("text/html") >= 8
    assert all(output.output_type in ("execute_result", "display_data") for output in outputs(notebook))
    for output in outputs(notebook):
        assert not any(LOADED.search(text) for text in output["data"].values())
    shown = "".join(output["data"].get("text/html", "") for output in outputs(notebook))
    assert "Traumaambulanz Elbhang" in shown and re.search("Dolmetscher für Tigrinya", shown)
