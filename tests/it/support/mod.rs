//! What the tests stand on.

pub mod database;
pub mod scenario;
pub mod smtp;
pub mod world;
