//! The few things that can go wrong, in our words.
