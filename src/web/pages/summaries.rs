//! The summary by mail: to whom and with which words, then the letter as it will arrive, then on its way.

use std::collections::BTreeSet;

use actix_web::{
    HttpResponse,
    http::StatusCode,
    web::{Path, ServiceConfig, get, post},
};
use serde::Serialize;

use super::comparison::JobLine;
use crate::{
    domain::{
        email::EmailAddress,
        finding,
        id::{JobId, MemberId, SummaryId},
        policy::{SeeLetters, SendSummary},
    },
    error::{Complaint, Error, Message, Result},
    i18n::Locale,
    store::{
        self, Conn,
        comparison::Shortlist,
        member::Member,
        summary::{Recipient, Summary},
    },
    usecases::{
        comparison::compare,
        summary::{self, MOST_RECIPIENTS, NewSummary, Preview, Sender},
    },
    web::{
        forms::{Fields, Form, Query},
        letter::body,
        view::see_other,
        who::May,
    },
};

pub fn routes(config: &mut ServiceConfig) {
    config
        .route("/jobs/{job}/summaries/new", get().to(new))
        .route("/jobs/{job}/summaries", post().to(create))
        .route("/jobs/{job}/summaries/{id}", get().to(show))
        .route("/jobs/{job}/summaries/{id}/letter", get().to(letter))
        .route("/jobs/{job}/summaries/{id}/sending", post().to(send));
}

#[derive(Serialize)]
struct FormPage {
    job: JobLine,
    finding: String,
    missing: Option<String>,
    members: Vec<MemberChoice>,
    most: usize,
    form: Form,
    sent: Vec<SentLine>,
}

#[derive(Serialize)]
struct MemberChoice {
    id: String,
    name: String,
    email: String,
    ticked: bool,
    /// Has a scorecard of this job to submit first.
    blind: bool,
}

#[derive(Serialize)]
struct SentLine {
    id: String,
    by: String,
    at: String,
    to: Vec<String>,
}

async fn new(may: May<SendSummary>, job: Path<JobId>, Query(query): Query) -> Result<HttpResponse> {
    let form = match query.get("from").parse::<SummaryId>() {
        Ok(id) => {
            let mut conn = may.db().await?;
            let summary = store::summary::find(&mut conn, &may.scope(), *job, id).await?;
            Form { typed: as_typed(&summary), ..Form::default() }
        }
        Err(_) => Form::filled([("locale", may.locale().tag().to_owned())]),
    };
    let page = form_page(&may, *job, form).await?;
    may.frame().page("summary/form.html", &page)
}

/// A summary as it was typed, to be changed.
fn as_typed(summary: &Summary) -> Fields {
    let outside = summary.recipients.0.iter().filter(|to| to.member_id.is_none());
    let addresses: Vec<&str> = outside.map(|to| to.address.as_str()).collect();
    let mut pairs = vec![
        ("locale".to_owned(), summary.locale.clone()),
        ("note".to_owned(), summary.note.clone()),
        ("addresses".to_owned(), addresses.join("\n")),
    ];
    let members = summary.recipients.0.iter().filter_map(|to| to.member_id);
    pairs.extend(members.map(|id| ("members".to_owned(), id.to_string())));
    Fields::from_pairs(pairs)
}

async fn form_page(may: &May<SendSummary>, job: JobId, form: Form) -> Result<FormPage> {
    let scope = may.scope();
    let mut conn = may.db().await?;
    let shortlist = allowed(&mut conn, may, job).await?;
    let mut members = store::member::choices(&mut conn, &scope).await?;
    may.locale().sort_by_name(&mut members, |member| &member.name);
    let sent = store::summary::sent(&mut conn, &scope, job).await?;
    drop(conn);

    let job = JobLine::of(&shortlist.job);
    let comparison = compare(shortlist.inputs.clone()).await?;
    let ticked: BTreeSet<&str> = form.typed.all("members").collect();
    Ok(FormPage {
        job,
        finding: finding::finding(&comparison, may.locale()),
        missing: finding::missing(&comparison, may.locale()),
        members: members
            .iter()
            .map(|member| MemberChoice {
                id: member.id.to_string(),
                name: member.name.clone(),
                email: member.email.clone(),
                ticked: ticked.contains(member.id.to_string().as_str()),
                blind: scope.blind && shortlist.unsubmitted.contains(&member.id),
            })
            .collect(),
        most: MOST_RECIPIENTS,
        sent: sent.iter().map(|(summary, by)| SentLine::of(summary, by)).collect(),
        form,
    })
}

impl SentLine {
    fn of(summary: &Summary, by: &str) -> SentLine {
        SentLine {
            id: summary.id.to_string(),
            by: by.to_owned(),
            at: summary.sent_at.to_jiff().map(|at| at.to_string()).unwrap_or_default(),
            to: names(summary),
        }
    }
}

fn names(summary: &Summary) -> Vec<String> {
    let name = |to: &Recipient| if to.name.is_empty() { to.address.to_string() } else { to.name.clone() };
    summary.recipients.0.iter().map(name).collect()
}

async fn create(may: May<SendSummary>, job: Path<JobId>, fields: Fields) -> Result<HttpResponse> {
    let attempt = async {
        let mut conn = may.db().await?;
        allowed(&mut conn, &may, *job).await?;
        let members = store::member::choices(&mut conn, &may.scope()).await?;
        let new = parse(&fields, &members)?;
        summary::write(&mut conn, &may.scope(), &may.signed.member.roles, &may.actor(), *job, new).await
    };
    match attempt.await {
        Ok(id) => Ok(see_other(format!("/jobs/{job}/summaries/{id}"))),
        Err(error @ Error::Invalid(_)) => {
            let form = Form::again(fields, error, may.locale())?;
            let page = form_page(&may, *job, form).await?;
            may.frame().page_with(StatusCode::UNPROCESSABLE_ENTITY, "summary/form.html", &page)
        }
        Err(error) => Err(error),
    }
}

fn parse(fields: &Fields, members: &[Member]) -> Result<NewSummary> {
    let mut parser = fields.parser();
    let locale: Option<String> = parser.parsed("locale");
    let locale = locale.as_deref().and_then(Locale::from_tag);
    if locale.is_none() {
        parser.complain("locale", Message::new("form-not-a-choice"));
    }
    let note = parser.text("note", 4000);
    let ids: Vec<MemberId> = parser.each("members");
    let typed = parser.text("addresses", 6000);

    let mut recipients: Vec<Recipient> = Vec::new();
    let mut add = |to: Recipient| {
        if !recipients.iter().any(|known| known.address.key() == to.address.key()) {
            recipients.push(to);
        }
    };
    for id in ids {
        let member = members.iter().find(|member| member.id == id);
        match member.map(|member| EmailAddress::parse(&member.email).map(|address| (member, address))) {
            Some(Ok((member, address))) => {
                add(Recipient { name: member.name.clone(), address, member_id: Some(member.id) });
            }
            _ => parser.complain("members", Message::new("form-not-a-choice")),
        }
    }
    for line in typed.lines().map(str::trim).filter(|line| !line.is_empty()) {
        match EmailAddress::parse(line) {
            Ok(address) => {
                let member = members.iter().find(|member| member.email.to_lowercase() == address.key());
                add(Recipient {
                    name: member.map(|member| member.name.clone()).unwrap_or_default(),
                    member_id: member.map(|member| member.id),
                    address,
                });
            }
            Err(_) => {
                let line: String = line.chars().take(80).collect();
                parser.complain("addresses", Message::new("summary-no-address").with("line", line));
            }
        }
    }
    if recipients.len() > MOST_RECIPIENTS {
        parser.complain("members", Message::new("summary-too-many").with("most", MOST_RECIPIENTS));
    }
    if recipients.is_empty() && typed.is_empty() {
        parser.complain("members", Message::new("summary-nobody"));
    }
    parser.finish()?;
    let locale = locale.ok_or_else(|| Error::Invalid(vec![Complaint::new("locale", Message::new("form-required"))]))?;
    Ok(NewSummary { recipients, locale, note })
}

#[derive(Serialize)]
struct ShowPage {
    job: JobLine,
    id: String,
    subject: String,
    to: Vec<String>,
    reply_to: String,
    language: &'static str,
    note: String,
    /// The plain-text part, when that is asked for.
    text: Option<String>,
    digest: String,
    /// Something has changed since the preview that was to be sent.
    refused: Option<String>,
}

#[derive(Serialize)]
struct SentPage {
    job: JobLine,
    to: Vec<String>,
    by: String,
    at: String,
    language: &'static str,
    note: String,
    sees_letters: bool,
}

async fn show(may: May<SendSummary>, path: Path<(JobId, SummaryId)>, Query(query): Query) -> Result<HttpResponse> {
    let (job, id) = path.into_inner();
    let mut conn = may.db().await?;
    let shortlist = allowed(&mut conn, &may, job).await?;
    let summary = store::summary::find(&mut conn, &may.scope(), job, id).await?;
    if let Some(at) = summary.sent_at.to_jiff() {
        let by = store::member::find(&mut conn, &may.scope(), summary.member_id).await?.name;
        let page = SentPage {
            job: JobLine::of(&shortlist.job),
            to: names(&summary),
            by,
            at: at.to_string(),
            language: language(&summary),
            note: summary.note,
            sees_letters: may.also::<SeeLetters>(),
        };
        return may.frame().page("summary/sent.html", &page);
    }
    drop(conn);
    let as_text = query.get("part") == "text";
    let page = preview_page(&may, &shortlist, &summary, as_text, None).await?;
    may.frame().page("summary/preview.html", &page)
}

async fn preview_page(
    may: &May<SendSummary>,
    shortlist: &Shortlist,
    summary: &Summary,
    as_text: bool,
    refused: Option<String>,
) -> Result<ShowPage> {
    let debriefs = store::debrief::of_job(&mut *may.db().await?, &may.scope(), shortlist.job.id).await?;
    let Preview { letters, digest, .. } = summary::preview(shortlist, &debriefs, summary, sender(may)).await?;
    let first = letters.into_iter().next().ok_or(Error::NotFound)?;
    Ok(ShowPage {
        job: JobLine::of(&shortlist.job),
        id: summary.id.to_string(),
        subject: first.subject,
        to: names(summary),
        reply_to: first.reply_to.map(|to| to.to_string()).unwrap_or_default(),
        language: language(summary),
        note: summary.note.clone(),
        text: as_text.then_some(first.text),
        digest,
        refused,
    })
}

/// The letter alone, for the preview's frame; refused when it is no longer the one that the page around it speaks of.
async fn letter(may: May<SendSummary>, path: Path<(JobId, SummaryId)>, Query(query): Query) -> Result<HttpResponse> {
    let (job, id) = path.into_inner();
    let mut conn = may.db().await?;
    let shortlist = allowed(&mut conn, &may, job).await?;
    let summary = store::summary::find(&mut conn, &may.scope(), job, id).await?;
    let debriefs = store::debrief::of_job(&mut conn, &may.scope(), job).await?;
    drop(conn);
    if summary.sent_at.to_jiff().is_some() {
        return Err(Error::NotFound);
    }
    let preview = summary::preview(&shortlist, &debriefs, &summary, sender(&may)).await?;
    if preview.digest != query.get("digest") {
        return Err(Error::refused("summary-comparison-changed"));
    }
    preview.letters.first().map(body).ok_or(Error::NotFound)
}

async fn send(may: May<SendSummary>, path: Path<(JobId, SummaryId)>, fields: Fields) -> Result<HttpResponse> {
    let (job, id) = path.into_inner();
    let scope = may.scope();
    let mut conn = may.db().await?;
    let outcome = summary::send(&mut conn, &scope, &may.actor(), sender(&may), job, id, fields.get("digest")).await;
    match outcome {
        Ok(()) => Ok(see_other(format!("/jobs/{job}/summaries/{id}"))),
        Err(Error::Refused(message)) => {
            let shortlist = allowed(&mut conn, &may, job).await?;
            let summary = store::summary::find(&mut conn, &scope, job, id).await?;
            drop(conn);
            if summary.sent_at.to_jiff().is_some() {
                return Ok(see_other(format!("/jobs/{job}/summaries/{id}")));
            }
            let page = preview_page(&may, &shortlist, &summary, false, Some(message.say(may.locale()))).await?;
            may.frame().page_with(StatusCode::CONFLICT, "summary/preview.html", &page)
        }
        Err(error) => Err(error),
    }
}

async fn allowed(conn: &mut Conn, may: &May<SendSummary>, job: JobId) -> Result<Shortlist> {
    summary::shortlist(conn, &may.scope(), &may.signed.member.roles, &may.actor(), job).await
}

fn sender(may: &May<SendSummary>) -> Sender<'_> {
    Sender {
        member: &may.signed.member,
        organisation: &may.signed.organisation,
        site: &may.request.shared.config.public_url,
    }
}

fn language(summary: &Summary) -> &'static str {
    Locale::from_tag(&summary.locale).unwrap_or_default().own_name()
}
