"""Copies the docstrings of the compiled module to its stub, where editors look for them.

They are written once, in Rust. `python stub_docs.py` updates the stub; a test checks that it is up to date.
"""

from __future__ import annotations

import ast
import inspect
import pathlib
import textwrap
from typing import Any

from lotse import _lotse

STUB = pathlib.Path(__file__).parents[1] / "python" / "lotse" / "_lotse.pyi"


def with_docs(stub: str) -> str:
    """Returns the stub with the docstrings of the module."""
    lines = stub.splitlines()
    edits: list[tuple[int, int, list[str]]] = []
    for node in ast.parse(stub).body:
        if isinstance(node, ast.ClassDef) and hasattr(_lotse, node.name):
            owner = getattr(_lotse, node.name)
            edits.append(_edit(node, owner, lines))
            for method in node.body:
                # Special methods are documented by the class.
                if isinstance(method, ast.FunctionDef) and not method.name.startswith("_"):
                    edits.append(_edit(method, getattr(owner, method.name), lines))
        elif isinstance(node, ast.FunctionDef):
            edits.append(_edit(node, getattr(_lotse, node.name), lines))
    for start, end, new in sorted(edits, reverse=True):
        lines[start:end] = new
    return "\n".join(lines) + "\n"


def _edit(node: ast.ClassDef | ast.FunctionDef, documented: Any, lines: list[str]) -> tuple[int, int, list[str]]:
    """Returns the range of lines to replace, and their replacement."""
    first = node.body[0]
    docs = _literal(inspect.getdoc(documented) or "", " " * (node.col_offset + 4))
    start = min([first.lineno, *(node.lineno for node in getattr(first, "decorator_list", []))]) - 1
    if not isinstance(first, ast.Expr) or not isinstance(first.value, ast.Constant):
        return start, start, docs  # a class that begins with a member
    end = first.end_lineno or first.lineno
    if isinstance(first.value.value, str):
        return start, end, docs
    head = lines[start][: first.col_offset]  # the end of the signature, before `...`
    return start, end, [head.rstrip(), *docs] if docs else lines[start:end]


def _literal(docs: str, indent: str) -> list[str]:
    if not docs:
        return []
    text = docs.replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
    lines = ['"""' + text] if "\n" not in text else ['"""' + text, '"""']
    return textwrap.indent("\n".join(lines) + ('"""' if len(lines) == 1 else ""), indent).splitlines()


if __name__ == "__main__":
    STUB.write_text(with_docs(STUB.read_text("utf-8")), "utf-8")
