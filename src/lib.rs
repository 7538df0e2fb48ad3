//! Attune: structured EQ interviews. The floors from the ground up; imports only fall.

// floor 0: numbers in, numbers out
pub mod stats;

// floor 1: the words and rules of structured interviews; no I/O, no clock
pub mod domain;
pub mod i18n;

// floor 2: rows, pictures, letters, files, other people's identity providers
pub mod exports;
pub mod figures;
pub mod mail;
pub mod sign_on;
pub mod store;

// floor 3: what a person does when it has consequences, and what runs on its own
pub mod demo;
pub mod postgres;
pub mod usecases;
pub mod worker;

// floor 4: all of HTTP, and the commands
pub mod cli;
pub mod web;

pub mod clock;
pub mod config;
pub mod error;
mod schema;
