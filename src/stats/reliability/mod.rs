//! How far ratings agree, and how far their means can be trusted.

pub mod alpha_omega;
pub mod components;
pub mod generalizability;
pub mod icc;
pub mod kappa;
pub mod krippendorff;
mod likelihood;
pub mod reml;
