"""Spark as an engine of indicators: tables by name, and an Ibis expression run over them.

The expression is compiled by Ibis and run by the session itself. Ibis's own connection to Spark
would turn every answer into a pandas frame on the way.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import ibis
import pyarrow.lib as pa
from ibis import Table


@dataclass(frozen=True, slots=True)
class Spark:
    """A session of Spark (`engines.spark`), asked as the other engines are."""

    session: Any
    name: str = "pyspark"
    held: dict[str, Any] = field(default_factory=dict)

    @property
    def con(self) -> "Spark":
        """What runs statements: the session itself."""
        return self

    def execute(self, statement: str) -> None:
        self.session.sql(statement)

    def to_pyarrow(self, table: Table) -> pa.Table:
        answer: pa.Table = self.session.sql(str(ibis.to_sql(table, dialect="pyspark"))).toArrow()
        return answer

    def register(self, name: str, rows: pa.Table) -> None:
        """Make rows that are here a table of this name."""
        self.session.createDataFrame(rows).createOrReplaceTempView(name)

    def read_parquet(self, name: str, parts: Path) -> None:
        """Make files a table of this name; every worker must be able to read them."""
        self.session.read.parquet(str(parts)).createOrReplaceTempView(name)

    def keep(self, name: str, table: Table) -> Table:
        """Work a table out once and give it under this name.

        Spark puts the text of a table wherever it is named, and would work it out each time.
        """
        self.hold(name, str(ibis.to_sql(table, dialect="pyspark")))
        return ibis.table(table.schema(), name=name)

    def hold(self, name: str, query: str) -> None:
        """Keep what a query says, as a table of this name, in memory and then on disk."""
        if name in self.held:
            self.held[name].unpersist()
        self.held[name] = self.session.sql(query).persist()
        self.held[name].createOrReplaceTempView(name)
