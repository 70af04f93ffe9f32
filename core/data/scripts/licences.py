#!/usr/bin/env python3
"""Collects the licences of all crates that are compiled into a program, which require it.

    licences.py          updates the files of the command and of the Python package
    licences.py --check  fails if one of them is out of date
    licences.py npm      prints the licences of the browser's modules
"""

from __future__ import annotations

import json
import pathlib
import re
import subprocess
import sys
from typing import Any

ROOT = pathlib.Path(__file__).parents[3]
FILES = {"command": "core/data/licences.txt", "wheel": "bindings-python/LICENSE-THIRD-PARTY"}
# Every target, because one file is in the packages of all platforms.
CRATES = {
    "command": ["--package", "lotse", "--features", "cli", "--target", "all"],
    "wheel": ["--package", "lotse-python", "--target", "all"],
    "npm": ["--package", "lotse-wasm", "--package", "lotse-import-wasm", "--target", "wasm32-unknown-unknown"],
}
CC_BY = "CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/)"
SCOWL = """\
Copyright 2000-2016 by Kevin Atkinson

Permission to use, copy, modify, distribute and sell these word lists, the associated scripts, the output created from the
scripts, and its documentation for any purpose is hereby granted without fee, provided that the above copyright notice
appears in all copies and that both that copyright notice and this permission notice appear in supporting documentation.
Kevin Atkinson makes no representations about the suitability of this array for any purpose. It is provided "as is" without
express or implied warranty."""
LICENCE = re.compile(r"(licen[sc]e|unlicense|copying)", re.IGNORECASE)
NOTICE = re.compile(r"notice", re.IGNORECASE)


def cargo(*arguments: str) -> str:
    done = subprocess.run(["cargo", *arguments, "--locked"], cwd=ROOT, check=True, capture_output=True, text=True)
    return done.stdout


def crates(program: str) -> list[dict[str, Any]]:
    """Returns the dependencies at run time; macros run at compile time."""
    options = ["--edges", "normal,no-proc-macro", "--prefix", "none", "--format", "{p}"]
    tree = cargo("tree", "--quiet", *CRATES[program], *options)
    needed = {tuple(line.split(" ")[:2]) for line in tree.splitlines() if line}
    # Crates that only a feature requires are listed with all features.
    packages = json.loads(cargo("metadata", "--format-version", "1", "--all-features"))["packages"]
    found = [crate for crate in packages if (crate["name"], f"v{crate['version']}") in needed]
    missing = needed - {(crate["name"], f"v{crate['version']}") for crate in found}
    assert not missing, f"no licences of {sorted(missing)}"
    return sorted((crate for crate in found if crate["source"]), key=lambda crate: (crate["name"], crate["version"]))


def texts(crate: dict[str, Any]) -> list[str]:
    """Returns the licence under which a crate is used, those of the sources that it includes, and its notices."""
    folder = pathlib.Path(crate["manifest_path"]).parent
    own = sorted(path for path in folder.iterdir() if LICENCE.match(path.name))
    included = sorted(path for path in folder.glob("*/**/*") if LICENCE.match(path.name) and path.is_file())
    notices = sorted(path for path in folder.iterdir() if NOTICE.match(path.name))
    if " AND " not in crate["license"]:
        # Of alternative licences, the least restrictive one.
        mit = [path for path in own if "mit" in path.name.lower()]
        others = [path for path in own if "apache" not in path.name.lower()]
        own = (mit or others or own)[:1]
    found = [path.read_text("utf-8").strip() for path in [*own, *included, *notices]]
    if own:
        return found
    assert "MIT" in crate["license"], f"{crate['name']} has no text of its licence"
    return [mit_text(", ".join(crate["authors"]) or f"the authors of {crate['name']}"), *found]


def mit_text(holder: str) -> str:
    text = (ROOT / "LICENSE-MIT").read_text("utf-8").strip()
    return re.sub(r"Copyright .*", f"Copyright (c) {holder}", text, count=1)


def document(program: str) -> str:
    """Returns all texts, each after the list of what it applies to."""
    titles: dict[str, list[str]] = {}

    def add(title: str, text: str) -> None:
        text = "\n".join(line.rstrip() for line in text.replace("\f", "").splitlines())
        titles.setdefault(text, []).append(title)

    add("lotse", (ROOT / "LICENSE-MIT").read_text("utf-8").strip())
    add("names of languages, and letters (Unicode)", (ROOT / "core/data/LICENSE-UNICODE").read_text("utf-8").strip())
    add("regions", "© GeoBasis-DE / BKG (VG250), GeoNutzV, changed")
    add("postcodes, and words that are no name", f"© GeoNames (https://www.geonames.org), {CC_BY}, changed")
    add("words that are no name", f"© Leipzig Corpora Collection (https://corpora.uni-leipzig.de), {CC_BY}, changed")
    add("words that are no name", SCOWL)
    add("the standard library of Rust (MIT OR Apache-2.0)", mit_text("The Rust Project Contributors"))
    for crate in crates(program):
        for text in texts(crate):
            add(f"{crate['name']} {crate['version']} ({crate['license']})", text)
    sections = ["\n".join(dict.fromkeys(names)) + f"\n\n{text}\n" for text, names in titles.items()]
    return f"\n{'-' * 80}\n\n".join(sections)


def main(arguments: list[str]) -> None:
    if arguments == ["npm"]:
        print(document("npm"), end="")
        return
    for program, name in FILES.items():
        text = document(program)
        if arguments == ["--check"]:
            if not (ROOT / name).is_file() or (ROOT / name).read_text("utf-8") != text:
                sys.exit(f"{name} is out of date: python3 {pathlib.Path(__file__).relative_to(ROOT)}")
        else:
            (ROOT / name).write_text(text, "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
