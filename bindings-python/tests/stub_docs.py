"""Puts the docstrings of the compiled part into its stub, where editors look for them.

They are written once, in Rust. `python stub_docs.py` writes the stub anew; a test asks whether that is needed.
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
    """The stub with the docstrings of today."""
    lines = stub.splitlines()
    edits: list[tuple[int, int, list[str]]] = []
    for node in ast.parse(stub).body:
        if isinstance(node, ast.ClassDef) and hasattr(_lotse, node.name):
            owner = getattr(_lotse, node.name)
            edits.append(_edit(node, owner, lines))
            for method in node.body:
                # Special methods and getters have none of their own.
                if isinstance(method, ast.FunctionDef) and not method.name.startswith("_") and not _is_property(method):
                    edits.append(_edit(method, getattr(owner, method.name), lines))
        elif isinstance(node, ast.FunctionDef):
            edits.append(_edit(node, getattr(_lotse, node.name), lines))
    for start, end, new in sorted(edits, reverse=True):
        lines[start:end] = new
    return "\n".join(lines) + "\n"


def _is_property(method: ast.FunctionDef) -> bool:
    return any(isinstance(one, ast.Name) and one.id == "property" for one in method.decorator_list)


def _edit(node: ast.ClassDef | ast.FunctionDef, documented: Any, lines: list[str]) -> tuple[int, int, list[str]]:
    """The lines that change, from and to, and what they become."""
    first = node.body[0]
    docs = _literal(inspect.getdoc(documented) or "", " " * (node.col_offset + 4))
    start = min([first.lineno, *(one.lineno for one in getattr(first, "decorator_list", []))]) - 1
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
