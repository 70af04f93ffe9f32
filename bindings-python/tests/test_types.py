"""The type stubs say what the module does, and a strict checker can work with them."""

import subprocess
import sys
from pathlib import Path

CONSUMER = """
import lotse
from typing import assert_type

assert_type(lotse.version(), str)
answer = lotse.rank({"needs": [], "offers": []})
try:
    lotse.check("{}")
except lotse.Error as error:
    assert_type(error.code, str)
    assert_type(error.hint, str | None)
    assert_type([found["path"] for found in error.errors], list[str])
"""


def run(*arguments: str, cwd: Path) -> None:
    done = subprocess.run([sys.executable, "-m", *arguments], cwd=cwd, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_stubs_match_the_module(tmp_path: Path) -> None:
    # The compiled part has no stub of its own: nobody imports it but the package.
    run("mypy.stubtest", "lotse", "--ignore-missing-stub", cwd=tmp_path)


def test_a_strict_consumer(tmp_path: Path) -> None:
    (tmp_path / "consumer.py").write_text(CONSUMER)
    run("mypy", "--strict", "--python-version", "3.11", "consumer.py", cwd=tmp_path)
