//! The schema as a database sees it: the same on both, reversible, and within its own rules.
//!
//! `PostgreSQL` tests need `TEST_POSTGRES_URL`, the address of a superuser; each makes a
//! database of its own and drops it. Without the variable they fail rather than pass unseen.

mod catalogue;
mod constraints;
mod deletion;
mod nonsense;
mod rights;
mod rows;
mod steps;
mod support;
