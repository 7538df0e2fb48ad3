//! The words and rules of structured interviews.
