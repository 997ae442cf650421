"""
Facts that the database itself refuses to alter, whoever asks: a service, the admin, a queryset's update, a stray script.

A constraint sees one row as it is; only a trigger sees what it was. A model says what of it is frozen:

    frozen = Frozen()                      # nothing of a row ever changes
    frozen = Frozen("snapshot", "number")  # these fields never do
    frozen = Frozen(after="submitted_at")  # nothing does, once this moment is set

The triggers are written after each `migrate` and not by migrations, since SQLite drops them whenever a migration rebuilds the
table. Deleting is not refused here: that is for `on_delete` and for the rules of retention.
"""

import hashlib
from dataclasses import dataclass

from django.apps import apps
from django.db import connections


@dataclass(frozen=True, init=False)
class Frozen:
    """`fields` that never change (none named: all of them), from the moment `after` on (none named: from the beginning)."""

    fields: tuple
    after: str

    def __init__(self, *fields, after=""):
        object.__setattr__(self, "fields", fields)
        object.__setattr__(self, "after", after)

    def columns(self, model):
        fields = [model._meta.get_field(name) for name in self.fields] or model._meta.concrete_fields
        return [field.column for field in fields]


def write_triggers(app_config, using, **_kwargs):
    """Give the tables of this app the triggers that their models ask for; those that stand already are left alone."""
    connection = connections[using]
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        standing = set(_standing(connection, cursor))
        for model in app_config.get_models():
            table = model._meta.db_table
            wish = getattr(model, "frozen", None)
            if wish is None or table not in tables:
                continue
            name, statements = _trigger(connection, model, wish)
            if (table, name) in standing:
                continue
            for other in (each for owner, each in standing if owner == table):
                cursor.execute(_drop(connection, table, other))
            for statement in statements:
                cursor.execute(statement)


def refused_changes():
    """Models and what of them is frozen: what the reference names and a test walks."""
    return {model: model.frozen for model in apps.get_models() if hasattr(model, "frozen")}


def _trigger(connection, model, wish):
    """(name, statements). The name ends in a digest of what it does: another wish is another trigger."""
    table = model._meta.db_table
    sentence = f"{model.__name__}: what was recorded is never altered."
    quote = connection.ops.quote_name
    differs = "IS DISTINCT FROM" if connection.vendor == "postgresql" else "IS NOT"
    condition = " OR ".join(f"OLD.{quote(column)} {differs} NEW.{quote(column)}" for column in wish.columns(model))
    if wish.after:
        condition = f"OLD.{quote(model._meta.get_field(wish.after).column)} IS NOT NULL AND ({condition})"
    name = f"frozen_{table}_{hashlib.sha256((condition + sentence).encode()).hexdigest()[:8]}"
    return name, WRITERS[connection.vendor](quote(name), quote(table), condition, sentence)


def _on_sqlite(name, table, condition, sentence):
    return [
        f"CREATE TRIGGER {name} BEFORE UPDATE ON {table} FOR EACH ROW WHEN {condition} "
        f"BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
    ]


def _on_postgresql(name, table, condition, sentence):
    return [
        "CREATE OR REPLACE FUNCTION tiltas_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation'; END $$",
        f"CREATE TRIGGER {name} BEFORE UPDATE ON {table} FOR EACH ROW WHEN ({condition}) "
        f"EXECUTE FUNCTION tiltas_refuse_change('{sentence}')",
    ]


WRITERS = {"sqlite": _on_sqlite, "postgresql": _on_postgresql}
STANDING = {
    "sqlite": "SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'frozen_%'",
    "postgresql": "SELECT relname, tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
    "WHERE tgname LIKE 'frozen_%' AND pg_table_is_visible(pg_class.oid)",
}


def _standing(connection, cursor):
    cursor.execute(STANDING[connection.vendor])
    return cursor.fetchall()


def _drop(connection, table, name):
    quote = connection.ops.quote_name
    return f"DROP TRIGGER {quote(name)}" + (f" ON {quote(table)}" if connection.vendor == "postgresql" else "")
