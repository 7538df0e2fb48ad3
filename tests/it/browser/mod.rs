//! Journeys in a real Chromium: what a page does with its scripts, keys, themes and sizes.

mod jobs;
mod sign_in;
