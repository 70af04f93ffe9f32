"""Checks that imports point down and that no two files depend on each other.

Reads the import lines of the core, the bindings, the npm package and its page as text. In the core it checks three rules:
an import goes to the same folder or to a lower layer of `LAYERS`; `solver` knows only `error` and `util`; nothing imports from the
crate root. Everywhere it reports each cycle of files (Tarjan, Depth-first search and linear graph algorithms, 1972). Tests at
the end of a file may import what they like.
"""

import posixpath
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

# From the bottom up. A file of a layer may import from its own layer and from those before it.
LAYERS = [
    "error",
    "util",
    "decode",
    "model",
    "vocabulary",
    "text",
    "example",
    "import",
    "criteria",
    "matcher",
    "solver",
    "allocate",
    "coordination",
    "followup",
    "exchange",
    "wire",
    "documentation",
    "command_line",
]
ONLY = {"solver": {"solver", "error", "util"}}

BIN = "core/src/bin/"
# What knows the library by its public names only.
COMMAND = "core/src/command_line/"
USE = r"^\s*(?:pub(?:\([^)]*\))? )?use ([^;]+);"

Graph = dict[str, set[str]]


def tracked(folder: str, *endings: str) -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", folder],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    return [name for name in listed.stdout.splitlines() if name.endswith(endings) and (ROOT / name).exists()]


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def unfold(tree: str) -> list[list[str]]:
    """Returns the paths of one `use` tree: `a::{b, c::D}` is `a::b` and `a::c::D`."""
    paths: list[list[str]] = []

    def walk(prefix: list[str], text: str) -> None:
        head, brace, rest = text.partition("{")
        segments = [part.strip() for part in head.split(" as ")[0].split("::") if part.strip()]
        if not brace:
            paths.append(prefix + segments)
            return
        depth, item = 0, ""
        for letter in rest[: rest.rindex("}")]:
            depth += (letter == "{") - (letter == "}")
            if letter == "," and depth == 0:
                walk(prefix + segments, item)
                item = ""
            else:
                item += letter
        if item.strip():
            walk(prefix + segments, item)

    walk([], tree)
    return paths


def rust_code(name: str) -> str:
    """Returns a Rust file without comments and without the tests at its end."""
    code = re.split(r"^#\[cfg\(test\)\]\s*(?:#\[[^\]]*\]\s*)*(?:pub(?:\([^)]*\))? )?mod \w+ \{", read(name), maxsplit=1, flags=re.M)[0]
    return re.sub(r"//.*", "", code)


def rust_paths(name: str, module: list[str]) -> list[list[str]]:
    """Returns what a Rust file of the given module imports, as paths from the crate root."""
    code = rust_code(name)
    found = [path for tree in re.findall(USE, code, flags=re.M) for path in unfold(tree)]
    code = re.sub(USE, "", code, flags=re.M)
    found += [path.split("::") for path in re.findall(r"\b(?:crate|super)(?:::\w+)+", code)]
    paths = []
    for path in found:
        if path[0] == "crate":
            paths.append(path[1:])
        elif path[0] == "super":
            ups = next((index for index, part in enumerate(path) if part != "super"), len(path))
            paths.append(module[: len(module) - ups] + path[ups:])
    return paths


def core_modules() -> set[str]:
    return set(re.findall(r"^(?:pub )?mod (\w+);", read("core/src/lib.rs"), flags=re.M))


def public_modules() -> set[str]:
    return set(re.findall(r"^pub mod (\w+);", read("core/src/lib.rs"), flags=re.M))


def rust_graph(folder: str) -> tuple[Graph, list[str]]:
    """Returns which file of a crate imports which, and the imports from the crate root."""
    files = [name for name in tracked(folder, ".rs") if not name.endswith("/tests.rs")]
    files = [name for name in files if not name.startswith(BIN)]
    modules = {}
    for name in files:
        module = name[len(folder) + 1 : -len(".rs")].split("/")
        if module[-1] in ("mod", "lib", "main"):
            module = module[:-1]
        modules[tuple(module)] = name
    graph: Graph = {name: set() for name in files}
    errors = []
    for module, name in modules.items():
        if not module:
            continue  # the root re-exports, which is what it is for
        public = public_modules() if name.startswith(COMMAND) else set()
        for path in rust_paths(name, list(module)):
            if name.startswith(COMMAND) and path[0] != "command_line":
                if path[0] in core_modules() - public:
                    errors.append(f"{name}: not a public name: {'::'.join(path)}")
                continue
            target = next((tuple(path[:end]) for end in range(len(path), -1, -1) if tuple(path[:end]) in modules), None)
            if target == ():
                errors.append(f"{name}: imports from the crate root: {'::'.join(path)}")
            elif target is not None and target != module:
                graph[name].add(modules[target])
    return graph, errors


def layer_of(name: str) -> str:
    return name[len("core/src/") :].split("/")[0].removesuffix(".rs")


def check_layers(graph: Graph) -> list[str]:
    errors = []
    for name, targets in graph.items():
        layer = layer_of(name)
        if layer not in LAYERS:
            if name != "core/src/lib.rs":
                errors.append(f"{name}: `{layer}` is no layer of {Path(__file__).name}")
            continue
        for target in sorted(targets):
            below = layer_of(target)
            if below in LAYERS and LAYERS.index(below) > LAYERS.index(layer):
                errors.append(f"{name}: an import that points up, to {target}")
            elif below not in ONLY.get(layer, LAYERS):
                errors.append(f"{name}: `{layer}` may not know {target}")
    return errors


def script_graph(folder: str) -> Graph:
    files = tracked(folder, ".ts", ".js", ".mjs")
    graph: Graph = {name: set() for name in files}
    pattern = r"""(?:\bfrom|\bimport)\s*\(?\s*["'](\.[^"']+)["']"""
    for name in files:
        for target in re.findall(pattern, re.sub(r"^\s*import type[^;]*;", "", read(name), flags=re.M)):
            path = posixpath.normpath(posixpath.join(posixpath.dirname(name), target))
            stem = re.sub(r"\.(js|ts)$", "", path)
            graph[name].update(other for other in (path, f"{stem}.ts", f"{stem}/index.ts") if other in graph)
    return graph


def python_graph(folder: str) -> Graph:
    files = tracked(folder, ".py")
    modules = {name[len(folder) - len("lotse") : -len(".py")].replace("/", ".").removesuffix(".__init__"): name for name in files}
    graph: Graph = {name: set() for name in files}
    for module, name in modules.items():
        code = read(name)
        # An import in a function is made when it is called, when all modules are there.
        for source, names in re.findall(r"^from (lotse[\w.]*) import \(?([^)\n]*(?:\n[^)]*)?)", code, flags=re.M):
            inner = [f"{source}.{one.strip().split(' ')[0]}" for one in names.split(",") if one.strip()]
            targets = {modules[one] for one in inner if one in modules}
            if not all(one in modules for one in inner) and source in modules:
                targets.add(modules[source])
            graph[name] |= targets
        graph[name] |= {modules[one] for one in re.findall(r"^import (lotse[\w.]*)", code, flags=re.M) if one in modules}
        graph[name].discard(name)
    return graph


def cycles(graph: Graph) -> list[list[str]]:
    """Returns the strongly connected components of more than one file."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    found = []

    def visit(name: str) -> None:
        index[name] = low[name] = len(index)
        stack.append(name)
        for target in sorted(graph.get(name, ())):
            if target not in index:
                visit(target)
                low[name] = min(low[name], low[target])
            elif target in stack:
                low[name] = min(low[name], index[target])
        if low[name] == index[name]:
            start = stack.index(name)
            component = stack[start:]
            del stack[start:]
            if len(component) > 1:
                found.append(sorted(component))

    for name in sorted(graph):
        if name not in index:
            visit(name)
    return found


def main() -> int:
    core, errors = rust_graph("core/src")
    errors += check_layers(core)
    graphs = [core]
    for folder in ("bindings-python/src", "bindings-wasm/src"):
        graph, _ = rust_graph(folder)
        graphs.append(graph)
    graphs += [script_graph("bindings-wasm/js"), script_graph("bindings-wasm/demo/src")]
    graphs.append(python_graph("bindings-python/python/lotse"))
    for graph in graphs:
        if not graph:
            errors.append("a folder without files: has it moved?")
        errors += ["a cycle: " + ", ".join(component) for component in cycles(graph)]
    for error in errors:
        print(error)
    print(f"{sum(map(len, graphs))} files, {sum(map(len, (targets for graph in graphs for targets in graph.values())))} imports")
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
