"""Checks that names, comments, documentation and commit subjects are in standard terms.

The words of `AVOID` have a plainer or more exact replacement, which is named in each message. They are looked for in identifiers
(`lay_beside`, `ToldReason`), in comments, in documentation and in messages for developers. What people read who are no
developers is left out: sentences of the message catalogues, of the command's output and of the page.
"""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
THIS = Path(__file__).relative_to(ROOT).as_posix()

AVOID = {
    r"tells? apart|told apart": "distinguish",
    r"tell|tells|telling|told": "report, return, state, name",
    r"lets? go|letting go": "drop",
    r"looks? on|looking on": "report progress to",
    r"stands?(?! for\b| alone\b)|stood": "is, occurs",
    r"nobody|whoever|somebody": "no one is needed: name the caller, the person or the value",
    r"hangs? on": "depends on",
    r"laid beside|lay beside": "compared with, assessed against",
    r"nothing where": "`None` if",
    r"beside": "next to, besides",
    r"go(?:es)? before": "takes precedence over",
    r"so many": "the number of",
    r"anew": "again",
    r"in silence": "silently",
    r"faces?": "binding, interface",
    r"houses?|rooms?": "the name of the thing",
}

ENDINGS = (".rs", ".py", ".pyi", ".ts", ".js", ".mjs", ".css", ".html", ".toml", ".yml", ".md", ".tsv", ".txt", ".json", ".ipynb")
# Files whose text is for people, in part or in whole: (start of the path, what of it is checked).
PEOPLE = {
    "core/data/incident/": "nothing",
    "core/data/messages/": "comments",
    "core/data/": "comments",
    "core/src/command_line/": "code",
    "bindings-wasm/demo/src/messages/": "comments",
    "bindings-wasm/demo/src/": "code",
    "bindings-python/python/lotse/_html": "code",
    "bindings-python/tests/": "code",
    "bindings-wasm/tests/": "code",
    "tests/golden/": "purpose",
    "tests/words.tsv": "comments",
    "tests/": "code",
}
# Quotations and names that others have given: (path, what the line has).
QUOTED = [
    ("", "font-face"),
    ("", "tell_"),  # codes of the wire format: `change.tell_places`
    ("", "change.tell"),
    ("core/src/text/tests/", "Stand"),  # German
    ("core/examples/shell/", "Stand"),
    ("core/src/import/", "Stand"),  # the header of a German table
    ("core/examples/shell/", "Stand"),  # the same
    ("bindings-python/python/lotse/_messages.py", ""),
    ("tests/golden/conditions.json", "house for women"),
    ("LICENSE", ""),
    ("bindings-wasm/package-lock.json", ""),
    ("bindings-wasm/tests/package-lock.json", ""),
    ("benches/node/package-lock.json", ""),
]

STRING = r'"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.){2,}\'|`[^`\n]*`'
PATTERNS = [(re.compile(rf"\b(?:{words})\b", re.I), better) for words, better in AVOID.items()]


def files() -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.splitlines()
    return [name for name in listed if name != THIS and (ROOT / name).exists() and is_text(name)]


def is_text(name: str) -> bool:
    if name.endswith(ENDINGS):
        return True
    # Scripts have no ending.
    path = ROOT / name
    return "." not in path.name and path.is_file() and path.open("rb").read(2) == b"#!"


def checked(name: str, line: str) -> str:
    """Returns what is to be checked of a line."""
    kind = next((kind for start, kind in PEOPLE.items() if name.startswith(start)), "all")
    if kind == "nothing":
        return ""
    if kind == "purpose":
        return line if '"why": "' in line or not name.endswith(".json") else ""
    if kind == "comments":
        return line if line.lstrip().startswith(("#", "//", "/*", "*")) else ""
    if kind == "code" and not line.lstrip().startswith(("#", "//", "/*", "*")):
        return re.sub(STRING, '""', line)
    return line


def words(text: str) -> str:
    """Returns a line with identifiers split into words: `lay_beside` and `ToldReason` are two words each."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|_", " ", text)


def faults(text: str) -> list[tuple[str, str]]:
    line = words(text)
    return [(match.group(), better) for pattern, better in PATTERNS for match in [pattern.search(line)] if match]


def subjects() -> list[str]:
    """Returns the subjects of the commits since this check exists."""

    def log(*arguments: str) -> list[str]:
        run = subprocess.run(["git", "log", *arguments], cwd=ROOT, check=False, capture_output=True, text=True)
        return run.stdout.splitlines()

    first = log("--diff-filter=A", "--format=%H", "--", THIS)
    return log("--first-parent", "--no-merges", "--format=%s", f"{first[-1]}..HEAD") if first else []


def main() -> int:
    count = 0
    for name in files():
        for number, line in enumerate((ROOT / name).read_text(encoding="utf-8").splitlines(), 1):
            if any(name.startswith(start) and part in line for start, part in QUOTED):
                continue
            for word, better in faults(checked(name, line)):
                print(f"{name}:{number}: `{word}`: {better}")
                count += 1
    for subject in subjects():
        for word, better in faults(subject):
            print(f"commit “{subject}”: `{word}`: {better}")
            count += 1
        if len(subject) > 72:
            print(f"commit “{subject}”: {len(subject)} characters; at most 72")
            count += 1
    print(f"{count} words to replace")
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main())
