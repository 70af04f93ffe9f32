"""A bar for long work."""

from __future__ import annotations

import importlib
from typing import Any


class Bar:
    """Shows how far the work is. The end of a search is not known, so a bar is full before it."""

    def __init__(self) -> None:
        try:
            tqdm: Any = importlib.import_module("tqdm.auto")
        except ImportError as missing:
            raise ImportError("progress=True needs tqdm: pip install 'lotse[progress]'") from missing
        self._bar = tqdm.tqdm(unit=" needs")

    def __call__(self, done: int, total: int) -> None:
        self._bar.total = total or None
        self._bar.n = done
        self._bar.refresh()

    def close(self) -> None:
        self._bar.close()
