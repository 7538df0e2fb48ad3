//! The statistics core: numbers in, numbers out. It reads no clock, no file and no network, and
//! the same input and seed give the same bytes.

pub mod checks;
pub mod connectedness;
pub mod distributions;
pub mod estimate;
pub mod fairness;
pub mod minimum;
pub mod panel;
pub mod random;
pub mod rasch;
pub mod raters;
pub mod ratings;
pub mod reliability;
pub mod shown;
pub mod validity;
pub mod variances;
pub mod weight_sensitivity;
pub mod weighted_means;
pub mod weights;

#[cfg(test)]
mod page_tests;
#[cfg(test)]
mod reference_tests;
