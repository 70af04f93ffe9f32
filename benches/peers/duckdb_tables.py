"""A database with the value indices of all needs and offers, which both programs with DuckDB share."""

import duckdb
import numpy as np
import pandas as pd


class Database:
    def __init__(self, data):
        self.data, self.parts = data, range(len(data.need_values))
        self.connection = duckdb.connect()
        # Without this, a query that does not fit into memory fills the disk.
        self.connection.execute("SET temp_directory = ''")
        self.load("needs", {"need": np.arange(data.needs, dtype=np.int32), **self.columns(data.need_values)})
        self.load("offers", {"offer": np.arange(data.offers, dtype=np.int32), **self.columns(data.offer_values)})

    def load(self, name, columns, select="*", rest=""):
        """Creates a table from columns."""
        frame = pd.DataFrame(columns)
        self.connection.register("frame", frame)
        self.connection.execute(f"CREATE TABLE {name} AS SELECT {select} FROM frame {rest}")
        self.connection.unregister("frame")

    def columns(self, values):
        return {f"v{part}": values[part].astype(np.int32) for part in self.parts}

    def ranking(self, query):
        """Runs a query that returns rows of a need and a key."""
        rows = self.connection.execute(query).fetchnumpy()
        return self.data.ranking_by_need(np.asarray(rows["need"]), np.asarray(rows["key"]))
