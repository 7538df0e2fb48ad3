//! A figure of the report: a value, or why the data cannot carry one.

use serde::{Serialize, Serializer, ser::SerializeMap};

use super::words;
use crate::stats::estimate::{Outcome, Reason};

/// A value, or the reason why there is none.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Figure<T> {
    Value(T),
    Absent(Absent),
}

/// Why there is no value.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Absent {
    /// A sentence.
    pub reason: String,
    /// A stable name for it.
    pub code: &'static str,
}

/// A value with its interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Estimate {
    pub value: f64,
    pub lower: f64,
    pub upper: f64,
    pub level: f64,
}

/// Values by name, in their order.
#[derive(Clone, Debug, PartialEq)]
pub struct Named<T>(pub Vec<(String, T)>);

impl From<Reason> for Absent {
    fn from(reason: Reason) -> Self {
        Self { reason: words::sentence(reason), code: reason.code() }
    }
}

impl From<crate::stats::estimate::Estimate> for Estimate {
    fn from(estimate: crate::stats::estimate::Estimate) -> Self {
        let crate::stats::estimate::Estimate { value, lower, upper, level } = estimate;
        Self { value, lower, upper, level }
    }
}

impl<T> Figure<T> {
    pub fn absent(reason: Reason) -> Self {
        Figure::Absent(reason.into())
    }

    pub fn value(&self) -> Option<&T> {
        match self {
            Figure::Value(value) => Some(value),
            Figure::Absent(_) => None,
        }
    }

    /// The value, or the reason in words.
    pub fn or_reason(&self) -> Result<&T, &str> {
        match self {
            Figure::Value(value) => Ok(value),
            Figure::Absent(absent) => Err(&absent.reason),
        }
    }
}

impl<T, U: From<T>> From<Outcome<T>> for Figure<U> {
    fn from(outcome: Outcome<T>) -> Self {
        match outcome {
            Ok(value) => Figure::Value(U::from(value)),
            Err(reason) => Figure::absent(reason),
        }
    }
}

impl<T: Serialize> Serialize for Named<T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(Some(self.0.len()))?;
        for (name, value) in &self.0 {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}
