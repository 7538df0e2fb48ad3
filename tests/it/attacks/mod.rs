//! The attack suite: what docs/security.md promises, tried by somebody who means harm. One sentence per promise.

mod anonymity;
mod blindness;
mod database;
mod objects;
mod overload;
mod parsers;
mod product;
mod reading;
mod step_up;
mod text;
mod trail;
mod wall;
