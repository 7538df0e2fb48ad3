//! Records as files: CSV by RFC 4180, one wide and one long.
//!
//! The columns are documented in `docs/operations.md`. An unassessed dimension is an empty cell, never 0.

mod csv;
mod records;

pub use csv::Csv;
pub use records::{AmendedRating, ExportedRating, ExportedRecord, Form, SecondRating, columns, rows};
