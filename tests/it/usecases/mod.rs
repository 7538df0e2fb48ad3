//! What a person does when it has consequences, tried below HTTP.

mod scorecard;
