//! Members: who belongs to the organisation, and what an admin does about it.

use actix_web::{
    HttpResponse, ResponseError,
    http::StatusCode,
    web::{Path, ServiceConfig, get, post},
};
use serde::Serialize;

use super::api_tokens::{self, Noun, TokenRow};
use crate::{
    domain::{
        id::{ApiTokenId, InterviewId, MemberId},
        policy::{ManageMembers, Role},
    },
    error::{Error, Message, Result},
    i18n::Locale,
    store::{
        Slice,
        handover::{OpenSeat, open_seats},
        member::{self, Member},
    },
    usecases::{
        account_letter::Sender,
        api_token, handover, invitation,
        member::{self as members, NewMember},
    },
    web::{
        forms::{self, Fields, Form, Query},
        view::see_other,
        who::{Confirmed, May},
    },
};

pub fn routes(config: &mut ServiceConfig) {
    config
        .route("/members", get().to(list))
        .route("/members", post().to(invite))
        .route("/members/new", get().to(form))
        .route("/members/{id}", get().to(show))
        .route("/members/{id}/roles", post().to(change_roles))
        .route("/members/{id}/invitation", post().to(invite_again))
        .route("/members/{id}/disablement", post().to(disable))
        .route("/members/{id}/enablement", post().to(enable))
        .route("/members/{id}/handovers", post().to(hand_over))
        .route("/members/{id}/api-tokens", post().to(make_token))
        .route("/members/{id}/api-tokens/{token}/revocation", post().to(revoke_token))
        .route("/service-accounts/new", get().to(service_form))
        .route("/service-accounts", post().to(add_service));
}

const PAGE: i64 = 50;

/// What a member's page says after a change.
const DONE: &[&str] = &[
    "member-done-invited",
    "member-done-invited-again",
    "member-done-roles",
    "member-done-disabled",
    "member-done-enabled",
    "member-done-handed-over",
    "member-done-factors",
    "service-account-done-added",
    "api-token-done-revoked",
];

#[derive(Serialize)]
struct ListPage {
    members: Vec<MemberRow>,
    is_first: bool,
    /// The query string of the next page.
    next: Option<String>,
}

#[derive(Serialize)]
struct MemberRow {
    id: String,
    name: String,
    email: String,
    roles: String,
    state: State,
}

/// Where a member stands.
#[derive(Clone, Copy, Serialize, PartialEq)]
#[serde(rename_all = "snake_case")]
enum State {
    Active,
    Invited,
    Disabled,
}

#[derive(Serialize)]
struct NewPage {
    form: Form,
    roles: Vec<RoleChoice>,
}

#[derive(Serialize)]
struct MemberPage {
    member: MemberRow,
    is_self: bool,
    has_joined: bool,
    created_at: String,
    language: Option<&'static str>,
    time_zone: Option<String>,
    disabled_at: Option<String>,
    form: Form,
    roles: Vec<RoleChoice>,
    own_jobs_only: bool,
    /// Seats whose scorecards are still to be submitted.
    seats: Vec<SeatRow>,
    /// Who may take a seat over: id and name.
    others: Vec<(String, String)>,
    /// How they sign in besides the password.
    has_app: bool,
    passkeys: i64,
    is_service: bool,
    is_outside: bool,
    tokens: Vec<TokenRow>,
    token_form: Form,
    days: Vec<(String, String)>,
    nouns: Vec<Noun>,
    made: Option<String>,
    done: Option<&'static str>,
}

#[derive(Serialize)]
struct SeatRow {
    interview: String,
    candidate: String,
    about: String,
    starts_at: String,
    begun: bool,
}

#[derive(Serialize)]
struct RoleChoice {
    role: &'static str,
    name: String,
    hint: String,
    chosen: bool,
}

async fn list(may: May<ManageMembers>, Query(query): Query) -> Result<HttpResponse> {
    let after: Option<MemberId> = query.get("after").parse().ok();
    let is_first = after.is_none();
    let (scope, locale, mut conn) = (may.scope(), may.locale(), may.db().await?);
    let mut names = member::names(&mut conn, &scope).await?;
    locale.sort_by_name(&mut names, |(_, name)| name);
    let slice = Slice::behind(names, after.as_ref(), PAGE, |(id, _)| *id);
    let ids: Vec<MemberId> = slice.items.into_iter().map(|(id, _)| id).collect();
    let mut shown = member::with_ids(&mut conn, &scope, &ids).await?;
    shown.sort_by_key(|member| ids.iter().position(|id| *id == member.id));
    let next = slice.next.map(|id| forms::query(&[("after", &id.to_string())]));
    let members = shown.iter().map(|member| MemberRow::new(member, locale)).collect();
    may.frame().page("member/list.html", &ListPage { members, is_first, next })
}

async fn form(may: May<ManageMembers>) -> Result<HttpResponse> {
    let form = Form::filled([("locale", may.signed.organisation.locale.clone())]);
    may.frame().page("member/new.html", &NewPage { form, roles: choices(&[Role::Interviewer], may.locale()) })
}

async fn invite(may: Confirmed<ManageMembers>, fields: Fields) -> Result<HttpResponse> {
    let attempt = async {
        let new = parse_new(&fields)?;
        let mut conn = may.db().await?;
        members::invite(&mut conn, &may.actor(), &sender(&may), &new).await
    };
    match attempt.await {
        Ok(member) => Ok(see_other(format!("/members/{}?done=member-done-invited", member.id))),
        Err(error) => {
            let status = error.status_code();
            let chosen: Vec<Role> = fields.all("roles").filter_map(|role| role.parse().ok()).collect();
            let form = Form::again(fields, error, may.locale())?;
            let page = NewPage { form, roles: choices(&chosen, may.locale()) };
            may.frame().page_with(status, "member/new.html", &page)
        }
    }
}

async fn show(may: May<ManageMembers>, id: Path<MemberId>, query: Query) -> Result<HttpResponse> {
    let page = MemberPage::load(&may, *id, Form::default()).await?;
    may.frame().page("member/show.html", &MemberPage { done: query.done(DONE), ..page })
}

async fn change_roles(may: Confirmed<ManageMembers>, id: Path<MemberId>, fields: Fields) -> Result<HttpResponse> {
    let attempt = async {
        let mut parser = fields.parser();
        let roles = parse_roles(&mut parser);
        let own_jobs_only = parser.ticked("own_jobs_only");
        parser.finish()?;
        let mut conn = may.db().await?;
        members::change_roles(&mut conn, &may.scope(), &may.actor(), *id, &roles, own_jobs_only).await
    };
    let outcome = attempt.await;
    settled(&may, *id, outcome, "member-done-roles").await
}

async fn invite_again(may: Confirmed<ManageMembers>, id: Path<MemberId>) -> Result<HttpResponse> {
    let mut conn = may.db().await?;
    let outcome = invitation::send_again(&mut conn, &may.scope(), &may.actor(), &sender(&may), *id).await;
    settled(&may, *id, outcome, "member-done-invited-again").await
}

async fn disable(may: Confirmed<ManageMembers>, id: Path<MemberId>) -> Result<HttpResponse> {
    let mut conn = may.db().await?;
    let outcome = members::disable(&mut conn, &may.scope(), &may.actor(), *id).await;
    settled(&may, *id, outcome, "member-done-disabled").await
}

async fn enable(may: Confirmed<ManageMembers>, id: Path<MemberId>) -> Result<HttpResponse> {
    let mut conn = may.db().await?;
    let outcome = members::enable(&mut conn, &may.scope(), &may.actor(), *id).await;
    settled(&may, *id, outcome, "member-done-enabled").await
}

/// A seat goes to somebody else.
async fn hand_over(may: Confirmed<ManageMembers>, id: Path<MemberId>, fields: Fields) -> Result<HttpResponse> {
    let attempt = async {
        let mut parser = fields.parser();
        let interview: Option<InterviewId> = parser.parsed("interview");
        let to: Option<MemberId> = parser.parsed("to");
        parser.finish()?;
        let (Some(interview), Some(to)) = (interview, to) else { return Err(Error::NotFound) };
        let mut conn = may.db().await?;
        handover::hand_over(&mut conn, &may.scope(), &may.actor(), &sender(&may), *id, interview, to).await
    };
    let outcome = attempt.await;
    settled(&may, *id, outcome, "member-done-handed-over").await
}

async fn service_form(may: May<ManageMembers>) -> Result<HttpResponse> {
    let page = NewPage { form: Form::default(), roles: choices(&[], may.locale()) };
    may.frame().page("service_account/new.html", &page)
}

async fn add_service(may: Confirmed<ManageMembers>, fields: Fields) -> Result<HttpResponse> {
    let attempt = async {
        let mut parser = fields.parser();
        let name = parser.line("name", 120);
        let roles = parse_roles(&mut parser);
        parser.finish()?;
        members::add_service(&mut *may.db().await?, &may.actor(), &name, &roles).await
    };
    match attempt.await {
        Ok(member) => Ok(see_other(format!("/members/{}?done=service-account-done-added", member.id))),
        Err(error) => {
            let status = error.status_code();
            let chosen: Vec<Role> = fields.all("roles").filter_map(|role| role.parse().ok()).collect();
            let form = Form::again(fields, error, may.locale())?;
            let page = NewPage { form, roles: choices(&chosen, may.locale()) };
            may.frame().page_with(status, "service_account/new.html", &page)
        }
    }
}

/// A token of a service account; people make their own.
async fn make_token(may: Confirmed<ManageMembers>, id: Path<MemberId>, fields: Fields) -> Result<HttpResponse> {
    let owner = service(&may, *id).await?;
    let attempt = async {
        let new = api_tokens::parse(&fields)?;
        api_token::make(&mut *may.db().await?, &may.actor(), &sender(&may), &owner, new).await
    };
    match attempt.await {
        Ok(token) => {
            let page = MemberPage::load(&may, *id, Form::default()).await?;
            let page = MemberPage { made: Some(token), ..page };
            may.frame().page_with(StatusCode::CREATED, "member/show.html", &page)
        }
        Err(error) => {
            let (status, chosen) = (error.status_code(), api_tokens::chosen(&fields));
            let token_form = Form::again(fields, error, may.locale())?;
            let page = MemberPage::load(&may, *id, Form::default()).await?;
            let page = MemberPage { token_form, nouns: api_tokens::nouns(&chosen, may.locale()), ..page };
            may.frame().page_with(status, "member/show.html", &page)
        }
    }
}

async fn revoke_token(may: May<ManageMembers>, path: Path<(MemberId, ApiTokenId)>) -> Result<HttpResponse> {
    let (id, token) = *path;
    let owner = service(&may, id).await?;
    api_token::revoke(&mut *may.db().await?, &may.actor(), owner.id, token).await?;
    Ok(see_other(format!("/members/{id}?done=api-token-done-revoked")))
}

/// # Errors
/// `NotFound` for a person.
async fn service(may: &May<ManageMembers>, id: MemberId) -> Result<Member> {
    let owner = member::find(&mut *may.db().await?, &may.scope(), id).await?;
    if owner.is_service { Ok(owner) } else { Err(Error::NotFound) }
}

/// Back to the member's page: with a word about what was done, or with what stood in the way.
pub(super) async fn settled(
    may: &May<ManageMembers>,
    id: MemberId,
    outcome: Result<()>,
    done: &'static str,
) -> Result<HttpResponse> {
    let Err(error) = outcome else { return Ok(see_other(format!("/members/{id}?done={done}"))) };
    let status: StatusCode = error.status_code();
    let form = Form::again(Fields::default(), error, may.locale())?;
    let page = MemberPage::load(may, id, form).await?;
    may.frame().page_with(status, "member/show.html", &page)
}

fn parse_new(fields: &Fields) -> Result<NewMember> {
    let mut parser = fields.parser();
    let name = parser.line("name", 120);
    let email = parser.email("email");
    let locale = parser.locale("locale");
    let roles = parse_roles(&mut parser);
    parser.finish()?;
    // The parser has complained about a missing address.
    let email = email.ok_or_else(|| Error::invalid("email", "form-email"))?;
    Ok(NewMember { name, email, roles, locale })
}

/// At least one role, each once, in the order of the permission table.
fn parse_roles(parser: &mut forms::Parser<'_>) -> Vec<Role> {
    let given: Vec<Role> = parser.each("roles");
    if given.is_empty() {
        parser.complain("roles", Message::new("member-role-needed"));
    }
    Role::ALL.iter().copied().filter(|role| given.contains(role)).collect()
}

pub(super) fn sender(may: &May<ManageMembers>) -> Sender<'_> {
    Sender {
        organisation: &may.signed.organisation,
        site: &may.request.shared.config.public_url,
        answers: Some(&may.signed.member),
    }
}

impl MemberRow {
    fn new(member: &Member, locale: Locale) -> MemberRow {
        let state = match (member.is_active(), member.is_invited()) {
            (false, _) => State::Disabled,
            (true, true) => State::Invited,
            (true, false) => State::Active,
        };
        let mut roles: Vec<String> = member.roles.iter().map(|role| role_name(*role, locale)).collect();
        if member.is_outside {
            roles.push(locale.word("seat-outside"));
        }
        MemberRow {
            id: member.id.to_string(),
            name: member.name.clone(),
            email: if member.is_service { locale.word("service-account") } else { member.email.clone() },
            roles: roles.join(", "),
            state,
        }
    }
}

impl MemberPage {
    async fn load(may: &May<ManageMembers>, id: MemberId, form: Form) -> Result<MemberPage> {
        let (scope, locale) = (may.scope(), may.locale());
        let mut conn = may.db().await?;
        let member = &member::find(&mut conn, &scope, id).await?;
        let (mut seats, mut others, mut tokens) = (Vec::new(), Vec::new(), Vec::new());
        let mut factors = (false, 0);
        if member.is_service {
            tokens = api_tokens::rows(&mut conn, member, may.now(), locale).await?;
        } else {
            factors = member::factors(&mut conn, &scope, id).await?;
            seats = open_seats(&mut conn, &scope, id).await?.into_iter().map(SeatRow::from).collect();
        }
        if !seats.is_empty() {
            let mut choices = member::choices(&mut conn, &scope).await?;
            locale.sort_by_name(&mut choices, |other| &other.name);
            let choices = choices.into_iter().filter(|other| other.id != id);
            others = choices.map(|other| (other.id.to_string(), other.name)).collect();
        }
        Ok(MemberPage {
            own_jobs_only: member.own_jobs_only,
            seats,
            others,
            has_app: factors.0,
            passkeys: factors.1,
            is_service: member.is_service,
            is_outside: member.is_outside,
            tokens,
            token_form: api_tokens::empty_form(),
            days: api_tokens::days(locale),
            nouns: api_tokens::nouns(&[], locale),
            made: None,
            member: MemberRow::new(member, may.locale()),
            is_self: member.id == may.signed.member.id,
            has_joined: !member.is_invited(),
            created_at: member.created_at.to_jiff().to_string(),
            language: member.locale.as_deref().and_then(Locale::from_tag).map(Locale::own_name),
            time_zone: member.time_zone.clone(),
            disabled_at: member.disabled_at.to_jiff().map(|at| at.to_string()),
            form,
            roles: choices(&member.roles, may.locale()),
            done: None,
        })
    }
}

impl From<OpenSeat> for SeatRow {
    fn from(seat: OpenSeat) -> SeatRow {
        SeatRow {
            interview: seat.interview.to_string(),
            candidate: seat.candidate,
            about: format!("{} · {}", seat.job, seat.round),
            starts_at: seat.starts_at.to_jiff().to_string(),
            begun: seat.begun,
        }
    }
}

fn choices(chosen: &[Role], locale: Locale) -> Vec<RoleChoice> {
    let choice = |role: &Role| RoleChoice {
        role: role.as_str(),
        name: role_name(*role, locale),
        hint: locale.word(&format!("{}-hint", role_key(*role))),
        chosen: chosen.contains(role),
    };
    Role::ALL.iter().map(choice).collect()
}

pub(in crate::web) fn role_name(role: Role, locale: Locale) -> String {
    locale.word(&role_key(role))
}

fn role_key(role: Role) -> String {
    format!("member-role-{}", role.as_str().replace('_', "-"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_and_every_word_after_a_change_is_in_every_catalogue() {
        for locale in Locale::ALL {
            for role in Role::ALL {
                assert!(locale.has(&role_key(*role)) && locale.has(&format!("{}-hint", role_key(*role))), "{role}");
            }
            assert!(DONE.iter().all(|key| locale.has(key)));
        }
    }
}
