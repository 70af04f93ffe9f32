"""A progress bar for long operations."""

from __future__ import annotations

import importlib
from typing import Any


class Bar:
    """A progress bar of records. The length of a search is unknown, so the bar may be full before the operation ends."""

    def __init__(self) -> None:
        try:
            tqdm: Any = importlib.import_module("tqdm.auto")
        except ImportError as missing:
            raise ImportError("progress=True needs tqdm: pip install 'lotse-matching[progress]'") from missing
        self._bar = tqdm.tqdm(unit=" records")

    def __call__(self, done: int, total: int) -> None:
        """Shows the progress. A `total` of 0 is unknown."""
        self._bar.total = total or None
        self._bar.n = done
        self._bar.refresh()

    def close(self) -> None:
        """Ends the bar."""
        self._bar.close()
