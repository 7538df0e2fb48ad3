//! Records as files: CSV by RFC 4180, one wide, one long, and one of a job's comparison.
//!
//! The columns are documented in `docs/operations.md`. An unassessed dimension is an empty cell, never 0.

mod comparison;
mod csv;
mod records;

pub use comparison::comparison_rows;
pub use csv::Csv;
pub use records::{AmendedRating, ExportedRating, ExportedRecord, Form, SecondRating, columns, rows};
