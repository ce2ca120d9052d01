"""A database for one test, on a real server, and its secret."""

import json
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg

from harness.account import Account


class Database:
    def __init__(self, account: Account) -> None:
        self._account = account
        self.name = f"test_{uuid.uuid4().hex[:12]}"
        secret = account.secrets.get_secret_value(SecretId=account.variables["DATABASE_SECRET_ARN"])["SecretString"]
        self.login: dict[str, Any] = {**json.loads(secret), "dbname": self.name}
        with self._admin("postgres") as connection:
            connection.execute(f"CREATE DATABASE {self.name} OWNER {self.login['username']}")
        self.secret_arn = account.secrets.create_secret(Name=self.name, SecretString=json.dumps(self.login))["ARN"]

    def put_secret(self, **changes: Any) -> None:
        """Stores the secret with other values; None leaves a key out."""
        value = {name: each for name, each in {**self.login, **changes}.items() if each is not None}
        self._account.secrets.put_secret_value(SecretId=self.secret_arn, SecretString=json.dumps(value))

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        with self.session() as connection:
            cursor = connection.execute(sql)
            return cursor.fetchall() if cursor.description else []

    @contextmanager
    def session(self) -> Iterator[psycopg.Connection]:
        """A session of the app's role. Each statement is a transaction unless one is begun."""
        user, password = self.login["username"], self.login["password"]
        with self._connect(self.name, user, password) as connection:
            yield connection

    def administrate(self, sql: str) -> list[tuple[Any, ...]]:
        with self._admin("postgres") as connection:
            cursor = connection.execute(sql)
            return cursor.fetchall() if cursor.description else []

    def statements(self) -> list[str]:
        """The statements that other sessions run in this database now."""
        sql = f"SELECT query FROM pg_stat_activity WHERE datname = '{self.name}' AND state = 'active'"
        return [row[0] for row in self.administrate(sql)]

    def drop(self) -> None:
        self.administrate(f"DROP DATABASE {self.name} WITH (FORCE)")
        self._account.secrets.delete_secret(SecretId=self.secret_arn, ForceDeleteWithoutRecovery=True)

    def _admin(self, name: str) -> psycopg.Connection:
        return self._connect(name, "postgres", "postgres")

    def _connect(self, name: str, user: str, password: str) -> psycopg.Connection:
        return psycopg.connect(
            host="127.0.0.1", port=self.login["port"], dbname=name, user=user, password=password, autocommit=True
        )
