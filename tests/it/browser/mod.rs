//! Journeys in a real Chromium: what a page does with its scripts, keys, themes and sizes.

mod accessible;
mod comparison;
mod course;
mod debrief;
mod factors;
mod jobs;
mod keyboard;
mod kit;
mod kit_pictures;
mod offline;
mod paper;
mod records;
mod screenshots;
mod sign_in;
mod speed;
mod words;
