#!/usr/bin/env python3
"""Prints the labels of messages/words.tsv and messages/labels.tsv as a TypeScript module, for the npm package.

    python3 core/data/scripts/labels.py >bindings-wasm/js/label-table.ts

The module for browsers must stay small, and a text that JavaScript shows need not pass through it.
"""

import json
from pathlib import Path

MESSAGES = Path(__file__).resolve().parent.parent / "messages"


def main() -> None:
    labels: dict[str, dict[str, dict[str, str]]] = {"en": {}, "de": {}, "de-simple": {}}
    for name in ("words.tsv", "labels.tsv"):
        rows = (line.split("\t") for line in (MESSAGES / name).read_text("utf-8").splitlines() if not line.startswith("#"))
        next(rows)  # the header
        for kinds, code, *texts in rows:
            for kind in filter(None, kinds.split(";")):
                for by_kind, text in zip(labels.values(), texts, strict=True):
                    by_kind.setdefault(kind, {})[code] = text
    print("// Written by core/data/scripts/labels.py. The labels of codes and fields, by display language, kind and code.\n")
    print("export const LABELS = {")
    for lang, by_kind in labels.items():
        print(f"  {json.dumps(lang)}: {{")
        for kind, found in by_kind.items():
            print(f"    {kind}: {json.dumps(found, ensure_ascii=False)},")
        print("  },")
    print("};")


if __name__ == "__main__":
    main()
