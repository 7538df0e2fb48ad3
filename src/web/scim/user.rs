//! A user as providers send and read one: what of it is ours, and ours as they want to see it.

use serde_json::{Map, Value, json};

use super::{
    BASE,
    filter::Filter,
    patch::{Kind, Operation},
};
use crate::{
    domain::{email::EmailAddress, policy::Role},
    error::{Complaint, Error, Message, Result},
    i18n::Locale,
    store::provisioned::Known,
    usecases::provisioning::Person,
    web::forms::check_text,
};

pub const SCHEMA: &str = "urn:ietf:params:scim:schemas:core:2.0:User";

/// The value of an attribute, whatever the case of its name.
pub fn field<'a>(object: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    object.get(name).or_else(|| object.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value))
}

/// One or several values, as a list.
pub fn list(value: &Value) -> Vec<Value> {
    match value {
        Value::Array(values) => values.clone(),
        Value::Null => Vec::new(),
        one => vec![one.clone()],
    }
}

/// A person from a whole user; `before` is who it was, where there was one. What is left out falls away, but for whether they
/// are active and what roles they have: an attribute that a provider does not write must not shut anybody out.
///
/// # Errors
/// `Invalid` with every complaint.
pub fn read(user: &Map<String, Value>, before: Option<&Person>) -> Result<Person> {
    let mut reader = Reader::default();
    let name = field(user, "name").and_then(Value::as_object).cloned().unwrap_or_default();
    let given_name = reader.text("name.givenName", field(&name, "givenName"), 120);
    let family_name = reader.text("name.familyName", field(&name, "familyName"), 120);
    let whole = reader.text("displayName", field(user, "displayName"), 120);
    let whole = whole.or_else(|| reader.text("name.formatted", field(&name, "formatted"), 120));
    let email = reader.address(field(user, "userName"));
    let person = Person {
        name: whole.or_else(|| joined(given_name.as_deref(), family_name.as_deref())).unwrap_or_else(|| {
            let address = email.as_ref().map(EmailAddress::as_str).unwrap_or_default();
            address.split('@').next().unwrap_or_default().to_owned()
        }),
        given_name,
        family_name,
        external_id: reader.text("externalId", field(user, "externalId"), 255),
        active: reader.flag(field(user, "active")).unwrap_or(before.is_none_or(|before| before.active)),
        roles: match field(user, "roles") {
            Some(roles) => reader.roles(&list(roles)),
            None => before.map(|before| before.roles.clone()).unwrap_or_default(),
        },
        locale: field(user, "preferredLanguage").or_else(|| field(user, "locale")).and_then(language),
        // The reader has complained about a missing address.
        email: match email {
            Some(email) => email,
            None => return Err(reader.finish().err().unwrap_or_else(|| Error::invalid("userName", "form-email"))),
        },
    };
    reader.finish()?;
    Ok(person)
}

/// What these operations make of a person. What we do not keep – titles, departments, telephones – changes nothing.
///
/// # Errors
/// `Invalid` with every complaint.
pub fn changed(mut person: Person, operations: &[Operation]) -> Result<Person> {
    let mut reader = Reader::default();
    for Operation { kind, path, value } in operations {
        let value = match kind {
            Kind::Remove => &Value::Null,
            Kind::Add | Kind::Replace => value,
        };
        match (path.attribute.as_str(), path.part.as_deref()) {
            ("active", None) => match reader.flag(Some(value)) {
                Some(active) => person.active = active,
                None => reader.complain("active", Message::new("form-required")),
            },
            ("username", None) => {
                if let Some(email) = reader.address(Some(value)) {
                    person.email = email;
                }
            }
            ("displayname", None) | ("name", Some("formatted")) => match reader.text("displayName", Some(value), 120) {
                Some(name) => person.name = name,
                None => reader.complain("displayName", Message::new("form-required")),
            },
            ("name", Some("givenname")) => person.given_name = reader.text("name.givenName", Some(value), 120),
            ("name", Some("familyname")) => person.family_name = reader.text("name.familyName", Some(value), 120),
            ("name", None) if *kind == Kind::Remove => (person.given_name, person.family_name) = (None, None),
            ("name", None) => {
                let name = value.as_object().cloned().unwrap_or_default();
                for (key, part) in [("givenName", &mut person.given_name), ("familyName", &mut person.family_name)] {
                    if let Some(value) = field(&name, key) {
                        *part = reader.text(&format!("name.{key}"), Some(value), 120);
                    }
                }
                let whole = reader.text("name.formatted", field(&name, "formatted"), 120);
                person.name = whole.unwrap_or(person.name);
            }
            ("preferredlanguage", None) => person.locale = language(value).or(person.locale),
            ("externalid", None) => person.external_id = reader.text("externalId", Some(value), 255),
            ("roles", None | Some("value")) => {
                let named = if *kind == Kind::Remove { Vec::new() } else { reader.roles(&list(value)) };
                person.roles = with_roles(&person.roles, *kind, path.filter.as_ref(), &named, &mut reader);
            }
            _ => {}
        }
    }
    // Whoever writes the parts of a name only means the whole of it.
    let is_part = |o: &Operation| o.path.attribute == "name" && o.path.part.as_deref() != Some("formatted");
    let is_whole = |o: &Operation| {
        let has_whole = || o.value.as_object().is_some_and(|name| field(name, "formatted").is_some());
        let is_name = o.path.attribute == "name" && o.path.part.is_none();
        o.path.attribute == "displayname" || o.path.part.as_deref() == Some("formatted") || (is_name && has_whole())
    };
    if operations.iter().any(is_part) && !operations.iter().any(is_whole) {
        person.name = joined(person.given_name.as_deref(), person.family_name.as_deref()).unwrap_or(person.name);
    }
    reader.finish()?;
    Ok(person)
}

/// `roles`, `roles[value eq "hr"]` and `roles[primary eq "True"].value`.
fn with_roles(before: &[Role], kind: Kind, filter: Option<&Filter>, named: &[Role], reader: &mut Reader) -> Vec<Role> {
    let one = filter.filter(|filter| filter.attribute == "value");
    let chosen = one.map_or_else(|| named.to_vec(), |filter| reader.roles(&[Value::from(filter.value.clone())]));
    let keeps = |role: &Role| match kind {
        Kind::Add => before.contains(role) || chosen.contains(role),
        Kind::Replace => chosen.contains(role),
        Kind::Remove if one.is_some() => before.contains(role) && !chosen.contains(role),
        Kind::Remove => false,
    };
    Role::ALL.iter().copied().filter(keeps).collect()
}

/// `sv`, `sv-SE` or `sv_SE`; any other language is none.
fn language(value: &Value) -> Option<Locale> {
    Locale::from_tag(value.as_str()?.split(['-', '_']).next()?)
}

fn joined(given: Option<&str>, family: Option<&str>) -> Option<String> {
    let parts: Vec<&str> = [given, family].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(" ").chars().take(120).collect())
}

/// A member as a user, with the groups that are their roles.
pub fn shown((member, extra): &Known, site: &str) -> Value {
    let id = member.id;
    let mut name = json!({ "formatted": member.name });
    let mut user = json!({
        "schemas": [SCHEMA],
        "id": id,
        "userName": member.email,
        "displayName": member.name,
        "emails": [{ "value": member.email, "type": "work", "primary": true }],
        "active": member.is_active(),
        "roles": member.roles.iter().map(|role| json!({ "value": role })).collect::<Vec<_>>(),
        "groups": member.roles.iter().map(|role| json!({
            "value": role, "display": super::groups::name(*role), "type": "direct", "$ref": format!("{site}{BASE}/Groups/{role}"),
        })).collect::<Vec<_>>(),
        "meta": {
            "resourceType": "User",
            "created": member.created_at.to_jiff().to_string(),
            "location": format!("{site}{BASE}/Users/{id}"),
        },
    });
    if let Some(extra) = extra {
        for (key, value) in [("givenName", &extra.given_name), ("familyName", &extra.family_name)] {
            if let Some(value) = value {
                name[key] = value.as_str().into();
            }
        }
        if let Some(external_id) = &extra.external_id {
            user["externalId"] = external_id.as_str().into();
        }
    }
    user["name"] = name;
    if let Some(language) = &member.locale {
        user["preferredLanguage"] = language.as_str().into();
    }
    user
}

/// `"hr"`, `{"value": "hr"}`, or an object written as text in either place, which one provider does.
fn role_in(value: &Value) -> Option<Role> {
    match value {
        Value::Object(object) => role_in(field(object, "value")?),
        Value::String(text) => match serde_json::from_str::<Map<String, Value>>(text) {
            Ok(object) => role_in(field(&object, "value")?),
            Err(_) => super::groups::role_named(text),
        },
        _ => None,
    }
}

/// Reads values and gathers what is wrong with them.
#[derive(Default)]
struct Reader(Vec<Complaint>);

impl Reader {
    /// A line of text, or nothing; "" is nothing.
    fn text(&mut self, name: &str, value: Option<&Value>, most: usize) -> Option<String> {
        let text = match value? {
            Value::Null => return None,
            Value::String(text) => text.trim(),
            _ => {
                self.complain(name, Message::new("scim-text-needed"));
                return None;
            }
        };
        if let Err(message) = check_text(text, most) {
            self.complain(name, message);
        } else if text.contains(['\n', '\r']) {
            self.complain(name, Message::new("form-one-line"));
        }
        (!text.is_empty()).then(|| text.to_owned())
    }

    fn address(&mut self, value: Option<&Value>) -> Option<EmailAddress> {
        let address = value.and_then(Value::as_str).and_then(|text| EmailAddress::parse(text).ok());
        if address.is_none() {
            self.complain("userName", Message::new("form-email"));
        }
        address
    }

    /// `true`, or `"True"` as some providers write it.
    fn flag(&mut self, value: Option<&Value>) -> Option<bool> {
        match value? {
            Value::Bool(flag) => Some(*flag),
            Value::String(text) if text.eq_ignore_ascii_case("true") => Some(true),
            Value::String(text) if text.eq_ignore_ascii_case("false") => Some(false),
            Value::Null => None,
            _ => {
                self.complain("active", Message::new("form-not-a-choice"));
                None
            }
        }
    }

    fn roles(&mut self, values: &[Value]) -> Vec<Role> {
        let named: Vec<Option<Role>> = values.iter().map(role_in).collect();
        if named.contains(&None) {
            self.complain("roles", Message::new("form-not-a-choice"));
        }
        Role::ALL.iter().copied().filter(|role| named.contains(&Some(*role))).collect()
    }

    fn complain(&mut self, name: &str, message: Message) {
        self.0.push(Complaint::new(name, message));
    }

    fn finish(self) -> Result<()> {
        if self.0.is_empty() { Ok(()) } else { Err(Error::Invalid(self.0)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::scim::patch;

    fn eva() -> Person {
        Person {
            email: EmailAddress::parse("eva@nordlys.example").unwrap(),
            name: "Eva Lind".to_owned(),
            given_name: Some("Eva".to_owned()),
            family_name: Some("Lind".to_owned()),
            external_id: Some("00u1".to_owned()),
            active: true,
            roles: vec![Role::Recruiter],
            locale: None,
        }
    }

    fn patched(operations: Value) -> Result<Person> {
        let body = json!({ "Operations": operations });
        changed(eva(), &patch::parse(body.as_object().unwrap())?)
    }

    #[test]
    fn a_whole_user_keeps_what_it_does_not_speak_of_only_where_somebody_would_be_shut_out() {
        let whole = json!({ "userName": "eva@nordlys.example", "name": { "givenName": "Eva", "familyName": "Ek" } });

        let read = read(whole.as_object().unwrap(), Some(&eva())).unwrap();

        let expected =
            Person { name: "Eva Ek".to_owned(), family_name: Some("Ek".to_owned()), external_id: None, ..eva() };
        assert_eq!(read, expected);
    }

    #[test]
    fn roles_are_given_and_taken_in_every_shape_that_providers_send() {
        let roles = |operations| patched(operations).unwrap().roles;

        let added = json!([{ "op": "add", "path": "roles", "value": [{ "value": "hr" }] }]);
        assert_eq!(roles(added), [Role::Recruiter, Role::Hr]);
        let written =
            json!([{ "op": "Add", "path": "roles", "value": [{ "value": "{\"id\":\"1\",\"value\":\"HR\"}" }] }]);
        assert_eq!(roles(written), [Role::Recruiter, Role::Hr]);
        let replaced = json!([{ "op": "Replace", "path": "roles[primary eq \"True\"].value", "value": "hr" }]);
        assert_eq!(roles(replaced), [Role::Hr]);
        let taken = json!([{ "op": "remove", "path": "roles[value eq \"recruiter\"]" }]);
        assert_eq!(roles(taken), []);
        assert!(patched(json!([{ "op": "add", "path": "roles", "value": "owner" }])).is_err());
    }

    #[test]
    fn a_name_is_changed_by_its_parts_or_as_a_whole() {
        let name = |operations| patched(operations).unwrap().name;

        assert_eq!(name(json!([{ "op": "replace", "path": "name.familyName", "value": "Ek" }])), "Eva Ek");
        assert_eq!(name(json!([{ "op": "replace", "value": { "name": { "familyName": "Ek" } } }])), "Eva Ek");
        assert_eq!(
            name(json!([{ "op": "replace", "value": { "displayName": "Dr Eva", "name.familyName": "Ek" } }])),
            "Dr Eva"
        );
        assert_eq!(
            name(
                json!([{ "op": "replace", "path": "name", "value": { "formatted": "Dr Eva Ek", "familyName": "Ek" } }])
            ),
            "Dr Eva Ek"
        );
        assert!(patched(json!([{ "op": "remove", "path": "displayName" }])).is_err());
        assert!(patched(json!([{ "op": "replace", "path": "displayName", "value": "a\nb" }])).is_err());
        assert!(patched(json!([{ "op": "replace", "path": "active", "value": "perhaps" }])).is_err());
    }

    #[test]
    fn the_parts_of_a_name_can_be_taken_away_and_the_whole_stays() {
        let person = patched(json!([{ "op": "remove", "path": "name" }])).unwrap();

        assert_eq!(person, Person { given_name: None, family_name: None, ..eva() });
    }

    #[test]
    fn what_we_do_not_keep_changes_nothing() {
        let operations = json!([
            { "op": "replace", "path": "title", "value": "Lead" },
            { "op": "replace", "path": "emails[type eq \"work\"].value", "value": "else@nordlys.example" },
            { "op": "add", "path": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department", "value": "Support" },
        ]);

        assert_eq!(patched(operations).unwrap(), eva());
    }
}
