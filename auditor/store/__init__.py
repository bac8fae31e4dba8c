"""Rows to model objects and back: the one room that knows SQL. SQLite in a data folder by default, PostgreSQL when there are many."""
