//! The demo organisations.
