#!/usr/bin/env python3
"""Prints labels as a TypeScript module, for the npm package: those of messages/words.tsv and messages/labels.tsv, or of imports.

    python3 core/data/scripts/labels.py >bindings-wasm/js/label-table.ts
    python3 core/data/scripts/labels.py import >bindings-wasm/js/import-label-table.ts

The module for browsers must stay small, and a text that JavaScript shows need not pass through it.
"""

import json
import sys
from pathlib import Path

MESSAGES = Path(__file__).resolve().parent.parent / "messages"


def main() -> None:
    labels: dict[str, dict[str, dict[str, str]]] = {"en": {}, "de": {}, "de-simple": {}}
    of_imports = sys.argv[1:] == ["import"]
    for name in ("import.tsv",) if of_imports else ("words.tsv", "labels.tsv"):
        rows = (line.split("\t") for line in (MESSAGES / name).read_text("utf-8").splitlines() if not line.startswith("#"))
        next(rows)  # the header
        for kinds, code, *texts in rows:
            for kind in filter(None, kinds.split(";")):
                for by_kind, text in zip(labels.values(), texts, strict=True):
                    by_kind.setdefault(kind, {})[code] = text
    print("// Written by core/data/scripts/labels.py. The labels, by display language, kind and code.\n")
    print(f"export const {'IMPORT_LABELS' if of_imports else 'LABELS'} = {{")
    for lang, by_kind in labels.items():
        print(f"  {json.dumps(lang)}: {{")
        for kind, found in by_kind.items():
            print(f"    {kind}: {json.dumps(found, ensure_ascii=False)},")
        print("  },")
    print("};")


if __name__ == "__main__":
    main()
