//! One schema for SQLite and PostgreSQL, a step a file
