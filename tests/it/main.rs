//! The one integration binary: every module below tests a part of Attune from outside.
#![allow(clippy::unwrap_used)]

mod access;
mod analyse;
mod api;
mod attacks;
mod browser;
mod demo;
mod kill;
mod mail;
mod outbox;
pub mod pages;
mod plans;
mod postgres;
mod reminders;
mod scim;
mod sign_on;
mod soak;
mod statements;
mod support;
mod tidy;
mod usecases;
