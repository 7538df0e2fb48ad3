//! Journeys in a real Chromium: what a page does with its scripts, keys, themes and sizes.

mod sign_in;
