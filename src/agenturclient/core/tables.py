"""Column types that behave alike on SQLite and MariaDB."""

from typing import Any

import msgspec
from sqlalchemy import BigInteger, Dialect, Integer, String, Text, TypeDecorator
from sqlalchemy.dialects import mysql

# SQLite numbers rows by itself only in an INTEGER column.
Id = BigInteger().with_variant(Integer, "sqlite")
# Codes and identifiers compare exactly: MariaDB's usual collation would take "a" for "A" and "ä".
Code = String(64).with_variant(mysql.VARCHAR(64, collation="utf8mb4_bin"), "mysql", "mariadb")
LongText = Text().with_variant(mysql.MEDIUMTEXT(), "mysql", "mariadb")


class Json(TypeDecorator[Any]):
    """A JSON value, kept as text: written and read by msgspec, the same bytes on both databases."""

    impl = LongText
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else msgspec.json.encode(value).decode()

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        return None if value is None else msgspec.json.decode(value)
