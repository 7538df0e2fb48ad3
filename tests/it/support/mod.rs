//! What the tests stand on.

pub mod browser;
pub mod database;
pub mod demo;
pub mod jar;
pub mod line;
pub mod product;
pub mod scenario;
pub mod smtp;
pub mod statements;
pub mod wire;
pub mod world;
