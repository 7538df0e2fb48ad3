//! The operations of a PATCH (RFC 7644, section 3.5.2), as providers really send them: `Add` as well as `add`, with a path or
//! with an object of paths and values.

use serde_json::{Map, Value};

use super::{
    filter::{Path, parse_path},
    user::{field, list},
};
use crate::error::{Error, Result};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Add,
    Replace,
    Remove,
}

/// One change.
#[derive(Clone, Debug, PartialEq)]
pub struct Operation {
    pub kind: Kind,
    pub path: Path,
    /// `Null` when there is none.
    pub value: Value,
}

/// More operations than this no provider sends at once.
const MOST: usize = 1000;

/// # Errors
/// `Invalid` for what is no PATCH.
pub fn parse(body: &Map<String, Value>) -> Result<Vec<Operation>> {
    let mut read = Vec::new();
    let operations = field(body, "Operations").map(list).unwrap_or_default();
    if operations.is_empty() || operations.len() > MOST {
        return Err(Error::invalid("Operations", "scim-operations-needed"));
    }
    for operation in operations {
        let Value::Object(operation) = operation else {
            return Err(Error::invalid("Operations", "scim-operations-needed"));
        };
        let text = |name: &str| field(&operation, name).and_then(Value::as_str);
        let kind = match text("op").map(str::to_ascii_lowercase).as_deref() {
            Some("add") => Kind::Add,
            Some("replace") => Kind::Replace,
            Some("remove") => Kind::Remove,
            _ => return Err(Error::invalid("op", "form-not-a-choice")),
        };
        let value = field(&operation, "value").cloned().unwrap_or(Value::Null);
        match (text("path"), value) {
            (Some(path), value) => read.push(Operation { kind, path: parse_path(path)?, value }),
            (None, Value::Object(values)) if kind != Kind::Remove => {
                for (path, value) in values {
                    // The resource's own name and its schemas stand among the values, and change nothing.
                    if !["id", "schemas"].contains(&path.as_str()) && !is_extension(&path, &value) {
                        read.push(Operation { kind, path: parse_path(&path)?, value });
                    }
                }
            }
            (None, _) => return Err(Error::invalid("path", "scim-path-unknown")),
        }
    }
    Ok(read)
}

/// `"urn:…:enterprise:2.0:User": {…}`: a group of attributes that we have none of.
fn is_extension(path: &str, value: &Value) -> bool {
    value.is_object() && path.to_ascii_lowercase().starts_with("urn:")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(body: Value) -> Result<Vec<(Kind, String)>> {
        let operations = parse(body.as_object().unwrap())?;
        Ok(operations.into_iter().map(|o| (o.kind, format!("{} {}", o.path.attribute, o.value))).collect())
    }

    #[test]
    fn operations_are_read_in_every_shape_that_providers_send() {
        let okta = json!({ "Operations": [{ "op": "replace", "value": { "active": false } }] });
        let entra = json!({ "Operations": [
            { "op": "Replace", "path": "active", "value": "False" },
            { "op": "Add", "value": { "displayName": "Eva", "name.familyName": "Lind" } },
            { "op": "Remove", "path": "externalId" },
        ] });

        assert_eq!(read(okta).unwrap(), [(Kind::Replace, "active false".to_owned())]);
        let expected = [
            (Kind::Replace, "active \"False\""),
            (Kind::Add, "displayname \"Eva\""),
            (Kind::Add, "name \"Lind\""),
            (Kind::Remove, "externalid null"),
        ];
        assert_eq!(read(entra).unwrap(), expected.map(|(kind, text)| (kind, text.to_owned())));
    }

    #[test]
    fn what_is_no_patch_is_refused() {
        for odd in [
            json!({}),
            json!({ "Operations": [] }),
            json!({ "Operations": ["add"] }),
            json!({ "Operations": [{ "op": "move", "path": "active" }] }),
            json!({ "Operations": [{ "op": "remove" }] }),
            json!({ "Operations": [{ "op": "add", "path": "a b", "value": 1 }] }),
        ] {
            assert!(read(odd.clone()).is_err(), "{odd}");
        }
    }
}
