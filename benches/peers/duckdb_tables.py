"""What both ways of ranking with DuckDB share: a database with the numbers of all values."""

import duckdb
import numpy as np
import pandas as pd


class Database:
    def __init__(self, data):
        self.data, self.parts = data, range(len(data.need_numbers))
        self.connection = duckdb.connect()
        # What does not fit into memory is no use to anyone; without this it fills the disk.
        self.connection.execute("SET temp_directory = ''")
        self.load("needs", {"need": np.arange(data.needs, dtype=np.int32), **self.numbers(data.need_numbers)})
        self.load("offers", {"offer": np.arange(data.offers, dtype=np.int32), **self.numbers(data.offer_numbers)})

    def load(self, name, columns, how="*", rest=""):
        frame = pd.DataFrame(columns)
        self.connection.register("frame", frame)
        self.connection.execute(f"CREATE TABLE {name} AS SELECT {how} FROM frame {rest}")
        self.connection.unregister("frame")

    def numbers(self, of):
        return {f"v{part}": of[part].astype(np.int32) for part in self.parts}

    def answer(self, query):
        """From rows of need and key."""
        found = self.connection.execute(query).fetchnumpy()
        return self.data.by_need(np.asarray(found["need"]), np.asarray(found["key"]))
