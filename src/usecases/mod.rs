//! What a person does when it has consequences; one transaction each.
