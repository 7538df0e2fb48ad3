//! All of HTTP.
