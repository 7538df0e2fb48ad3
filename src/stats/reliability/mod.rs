//! How far ratings agree, and how far their means can be trusted.

pub mod icc;
pub mod kappa;
pub mod krippendorff;
