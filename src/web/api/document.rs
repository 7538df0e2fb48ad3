//! The OpenAPI document, and how failures look in it.

use std::{collections::BTreeMap, sync::LazyLock};

use actix_web::HttpResponse;
use utoipa::openapi::schema::{AdditionalProperties, SchemaType};
use utoipa::{
    IntoResponses, OpenApi, ToSchema,
    openapi::{
        Content, InfoBuilder, LicenseBuilder, OpenApi as OpenApiDocument, Ref, RefOr, Response, ResponseBuilder,
        Schema, Type,
        security::{HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme},
    },
};

use super::Described;
use crate::{
    error::{Error, Result},
    web::who::Anyone,
};

static DOCUMENT: LazyLock<OpenApiDocument> = LazyLock::new(build);

/// What describes the API.
pub fn document() -> &'static OpenApiDocument {
    &DOCUMENT
}

/// This description; needs no token.
#[utoipa::path(
    get, path = "/api/v1/openapi.json", tag = "document", operation_id = "getDocument", security(()),
    responses((status = 200, description = "The OpenAPI document", content_type = "application/json", body = Object))
)]
pub async fn show(_: Anyone) -> Result<HttpResponse> {
    static JSON: LazyLock<serde_json::Result<String>> = LazyLock::new(|| serde_json::to_string(document()));
    let json = JSON.as_ref().map_err(|error| Error::Bug(anyhow::anyhow!("{error}")))?;
    Ok(HttpResponse::Ok().content_type("application/json").body(json.as_str()))
}

/// What went wrong (RFC 9457).
#[derive(ToSchema)]
pub struct Problem {
    /// A URI of the kind of problem.
    pub r#type: String,
    /// A stable name to branch on.
    pub code: String,
    /// The kind of problem in a few words, in the member's language.
    pub title: String,
    pub status: u16,
    /// What to do about it, in the member's language.
    pub detail: String,
    /// Per field of the body or parameter of the query.
    pub errors: Option<Vec<FieldProblem>>,
}

/// What is wrong with one field.
#[derive(ToSchema)]
pub struct FieldProblem {
    pub field: String,
    pub detail: String,
}

/// How a request that reads can fail.
pub struct Reading;

/// How a request that changes something can fail.
pub struct Writing;

/// Status, name in the document, when.
const PROBLEMS: [(&str, &str, &str); 12] = [
    ("400", "Malformed", "The request cannot be read."),
    ("401", "Unauthorized", "No token that works was shown."),
    ("403", "Forbidden", "The member's roles do not include this."),
    ("404", "NotFound", "It does not exist, or the member must not know that it does."),
    ("408", "TooSlow", "The request took too long to arrive."),
    ("409", "Refused", "Well-formed, but the state of things does not allow it; `code` says why."),
    ("413", "TooLarge", "The body is larger than 256 KiB."),
    ("415", "Unsupported", "The body is not `application/json`."),
    ("422", "Invalid", "Something in the request cannot be taken; `errors` names each field."),
    ("429", "TooMany", "Too many requests of one member, organisation or network; wait for `Retry-After`."),
    ("500", "Bug", "Our fault."),
    ("503", "Busy", "Too much at once; try again after `Retry-After`."),
];

impl IntoResponses for Reading {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        references(&["400", "401", "403", "404", "408", "422", "429", "500", "503"])
    }
}

impl IntoResponses for Writing {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        references(&PROBLEMS.map(|(status, ..)| status))
    }
}

fn references(statuses: &[&str]) -> BTreeMap<String, RefOr<Response>> {
    PROBLEMS
        .iter()
        .filter(|(status, ..)| statuses.contains(status))
        .map(|(status, name, _)| ((*status).to_owned(), RefOr::Ref(Ref::new(format!("#/components/responses/{name}")))))
        .collect()
}

fn build() -> OpenApiDocument {
    let mut document = Described::openapi();
    document.info = InfoBuilder::new()
        .title("Attune")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(
            "Structured interviews: rubrics, jobs, candidates, interviews, scorecards, comparisons, decisions and records. \
             A token acts as the member who made it; whatever that member cannot see answers as if it did not exist.",
        ))
        .license(Some(LicenseBuilder::new().name("Apache-2.0").identifier(Some("Apache-2.0")).build()))
        .build();
    document.security = Some(vec![SecurityRequirement::new("bearer", [] as [&str; 0])]);
    let components = document.components.get_or_insert_with(Default::default);
    let bearer = HttpBuilder::new()
        .scheme(HttpAuthScheme::Bearer)
        .description(Some("A token that a member made on their account page; it begins with `attune_`."))
        .build();
    components.add_security_scheme("bearer", SecurityScheme::Http(bearer));
    for schema in components.schemas.values_mut() {
        describe_texts(schema);
    }
    for (_, name, when) in PROBLEMS {
        let response = ResponseBuilder::new()
            .description(when)
            .content("application/problem+json", Content::new(Some(Ref::from_schema_name("Problem"))))
            .build();
        components.responses.insert(name.to_owned(), response.into());
    }
    document
}

/// No text that comes in may hold control characters; one of a single line no end of a line; one that is needed must say
/// something. Bodies are the schemas that take no other field; a text longer than a line may be has several lines.
fn describe_texts(schema: &mut RefOr<Schema>) {
    const LONGEST_LINE: usize = 400;
    let RefOr::T(Schema::Object(body)) = schema else { return };
    if !matches!(body.additional_properties.as_deref(), Some(AdditionalProperties::FreeForm(false))) {
        return;
    }
    for field in body.properties.values_mut() {
        let RefOr::T(Schema::Object(text)) = field else { continue };
        let is_text = match &text.schema_type {
            SchemaType::Type(one) => *one == Type::String,
            SchemaType::Array(several) => several.contains(&Type::String),
            SchemaType::AnyValue => false,
        };
        let Some(most) = text.max_length.filter(|_| is_text && text.format.is_none() && text.pattern.is_none()) else {
            continue;
        };
        let ends = if most > LONGEST_LINE { "" } else { "\\n\\r" };
        let bad = format!("\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f{ends}");
        let is_needed = text.min_length.is_some_and(|least| least > 0);
        let says = if is_needed { format!("[^\\s{bad}][^{bad}]*") } else { String::new() };
        text.pattern = Some(format!("^[^{bad}]*{says}$"));
    }
}
