//! Opening a job and changing it: a template, then one form.

use actix_web::{
    HttpResponse, ResponseError,
    http::StatusCode,
    web::{Path, ServiceConfig, get, post},
};
use serde::Serialize;

use super::{
    job_draft::{self, Draft, PlanView},
    job_versions::{self, Differing},
};
use crate::{
    domain::{
        id::{JobId, RubricVersionId},
        job_template::{JobTemplate, job_templates},
        medium::Medium,
        policy::{Decide, Permission, RunJobs},
    },
    error::{Error, Result},
    i18n::Locale,
    store::{
        Conn, job,
        member::{self, Member},
        question::{self, FromLibrary},
        rubric::{self, Published},
    },
    usecases,
    web::{
        forms::{Fields, Form, Query},
        view::see_other,
        who::May,
    },
};

/// How many earlier jobs one can start from.
const EARLIER: i64 = 12;

pub fn routes(config: &mut ServiceConfig) {
    config
        .route("/jobs/new", get().to(new))
        .route("/jobs", post().to(create))
        .route("/jobs/{id}/edit", get().to(edit))
        .route("/jobs/{id}", post().to(change));
}

#[derive(Serialize)]
struct ChoicePage {
    templates: Vec<TemplateView>,
    /// Id and full title.
    earlier: Vec<(String, String)>,
}

#[derive(Serialize)]
struct TemplateView {
    key: &'static str,
    title: &'static str,
    summary: &'static str,
    rounds: usize,
    minutes: u16,
}

#[derive(Serialize)]
struct FormPage {
    form: Form,
    /// The job to be changed.
    id: Option<String>,
    /// Its title as kept.
    title: String,
    action: String,
    /// Rubric, weights and rounds; `None` once they are fixed.
    plan: Option<PlanView>,
    /// What somebody else has saved meanwhile, beside what was typed.
    differing: Vec<Differing>,
    pinned_at: Option<String>,
    rubric_changed: bool,
    /// Questions of the library that the earlier job asked and that are retired by now.
    retired: Vec<String>,
    /// Id and name of the published versions.
    rubrics: Vec<(String, String)>,
    hiring_managers: Vec<(String, String)>,
    recruiters: Vec<(String, String)>,
    media: Vec<(&'static str, String)>,
}

async fn new(may: May<RunJobs>, Query(query): Query) -> Result<HttpResponse> {
    let mut conn = may.db().await?;
    let mut shown = Shown::default();
    let mut draft = if query.has("job") {
        let id: JobId = query.get("job").parse().map_err(|_| Error::NotFound)?;
        let (job, rounds, library) = job::to_start_from(&mut conn, &may.scope(), id).await?;
        shown.library = Some(library);
        Draft::of_job(&job, &rounds, false)
    } else if query.has("template") {
        let templates = job_templates(may.locale().tag());
        let template = templates.iter().find(|template| template.key == query.get("template"));
        let template = template.ok_or(Error::NotFound)?;
        let published = rubric::published(&mut conn, &may.scope(), None).await?;
        let fitting = published.iter().find(|published| published.key == template.rubric).or(published.first());
        Draft::of_template(template, fitting.ok_or_else(|| Error::refused("job-rubric-needed"))?)
    } else {
        return choose(&may, &mut conn).await;
    };
    let me = may.signed.member.id;
    if draft.get("hiring_manager").is_empty() && may.also::<Decide>() {
        draft.set("hiring_manager", me);
    }
    if draft.get("recruiter").is_empty() {
        draft.set("recruiter", me);
    }
    show(&may, &mut conn, draft, shown).await
}

async fn choose(may: &May<RunJobs>, conn: &mut Conn) -> Result<HttpResponse> {
    let earlier = job::newest(conn, &may.scope(), EARLIER).await?;
    let page = ChoicePage {
        templates: job_templates(may.locale().tag()).iter().map(TemplateView::new).collect(),
        earlier: earlier.iter().map(|(id, title, place)| (id.to_string(), job::full_title(title, place))).collect(),
    };
    may.frame().page("job/choose.html", &page)
}

async fn create(may: May<RunJobs>, fields: Fields) -> Result<HttpResponse> {
    let mut conn = may.db().await?;
    let draft = Draft::typed(&fields);
    if asks_for_another_form(&fields, &draft) {
        return show(&may, &mut conn, draft, Shown { action: fields.get("action"), ..Shown::default() }).await;
    }
    let attempt = async {
        let mut parser = fields.parser();
        let (facts, plan) = (job_draft::facts(&mut parser), job_draft::plan(&mut parser, &fields));
        parser.finish()?;
        let (facts, plan) = facts.zip(plan).ok_or_else(|| anyhow::anyhow!("a complete form is complete"))?;
        usecases::job::open(&mut conn, &may.scope(), &may.actor(), &facts, plan).await
    };
    match attempt.await {
        Ok(id) => Ok(see_other(format!("/jobs/{id}?done=job-done-opened"))),
        Err(error) => show(&may, &mut conn, draft, Shown { error: Some(error), ..Shown::default() }).await,
    }
}

async fn edit(may: May<RunJobs>, id: Path<JobId>) -> Result<HttpResponse> {
    let mut conn = may.db().await?;
    let (job, rounds) = job::with_rounds(&mut conn, &may.scope(), *id).await?;
    let draft = Draft::of_job(&job, &rounds, true);
    show(&may, &mut conn, draft, Shown { job: Some(&job), ..Shown::default() }).await
}

async fn change(may: May<RunJobs>, id: Path<JobId>, fields: Fields) -> Result<HttpResponse> {
    let mut conn = may.db().await?;
    let job = job::find(&mut conn, &may.scope(), *id).await?;
    let draft = Draft::typed(&fields);
    if !job.is_pinned() && asks_for_another_form(&fields, &draft) {
        let shown = Shown { job: Some(&job), action: fields.get("action"), ..Shown::default() };
        return show(&may, &mut conn, draft, shown).await;
    }
    let attempt = async {
        let mut parser = fields.parser();
        let facts = job_draft::facts(&mut parser);
        // A form that was opened before the job was pinned still carries the plan, and is told that it is too late.
        let plan = fields.has("rubric").then(|| job_draft::plan(&mut parser, &fields)).flatten();
        parser.finish()?;
        let facts = facts.ok_or_else(|| anyhow::anyhow!("a complete form is complete"))?;
        let revision = fields.get("revision").parse().unwrap_or(-1);
        usecases::job::change(&mut conn, &may.scope(), &may.actor(), *id, revision, &facts, plan).await
    };
    match attempt.await {
        Ok(()) => Ok(see_other(format!("/jobs/{id}?done=job-done-changed"))),
        Err(error) => {
            // As it is now: what somebody else saved meanwhile is shown beside what was typed.
            let (job, rounds) = job::with_rounds(&mut conn, &may.scope(), *id).await?;
            let kept = Draft::of_job(&job, &rounds, true);
            let is_outdated = kept.get("revision") != fields.get("revision");
            let shown =
                Shown { job: Some(&job), kept: is_outdated.then_some(kept), error: Some(error), ..Shown::default() };
            show(&may, &mut conn, draft, shown).await
        }
    }
}

/// A button that adds or removes a round, or a rubric whose questions have not been seen yet.
fn asks_for_another_form(fields: &Fields, draft: &Draft) -> bool {
    !matches!(fields.get("action"), "" | "save") || draft.has_other_rubric()
}

#[derive(Default)]
struct Shown<'a> {
    job: Option<&'a job::Job>,
    /// The job as it is, when the form was filled in on another version of it.
    kept: Option<Draft>,
    /// What an earlier job asks from the question library, when it has been read with it.
    library: Option<FromLibrary>,
    action: &'a str,
    error: Option<Error>,
}

async fn show(may: &May<RunJobs>, conn: &mut Conn, mut draft: Draft, shown: Shown<'_>) -> Result<HttpResponse> {
    let locale = may.locale();
    let chosen: Option<RubricVersionId> = draft.get("rubric").parse().ok();
    let kept = shown.job.map(|job| job.rubric_version_id);
    let mut people = member::choices(conn, &may.scope()).await?;
    locale.sort_by_name(&mut people, |member| &member.name);
    let is_pinned = shown.job.is_some_and(job::Job::is_pinned);
    let published = if is_pinned { Vec::new() } else { rubric::published(conn, &may.scope(), chosen.or(kept)).await? };
    let in_use = published.iter().find(|published| Some(published.id) == chosen).or(published.first());
    let rubric_changed = draft.has_other_rubric();
    // A job that is opened like an earlier one asks what that one took from the library; an open job's are chosen on a page of
    // their own.
    let FromLibrary { offered, retired } = match shown.library {
        Some(library) => library,
        None if shown.job.is_none() => question::with_keys(conn, &may.scope(), &draft.library()).await?,
        None => FromLibrary::default(),
    };
    let rubric = in_use.map(|in_use| in_use.rubric.with_questions(offered));
    if let Some((in_use, rubric)) = in_use.zip(rubric.as_ref()) {
        draft.set("rubric", in_use.id);
        draft.rearrange(shown.action, rubric, locale);
        draft.fit(rubric);
    }
    let mut differing = Vec::new();
    if let Some(mut kept) = shown.kept {
        if let Some(rubric) = published.iter().find(|published| published.id.to_string() == kept.get("rubric")) {
            kept.fit(&rubric.rubric);
        }
        differing = job_versions::differing(&kept, &draft, &published, &people, locale);
        // Whoever has seen both may save again.
        draft.set("revision", kept.get("revision"));
    }
    let status = shown.error.as_ref().map_or(StatusCode::OK, ResponseError::status_code);
    let mut form = draft.form();
    if let Some(error) = shown.error {
        form = Form::again(form.typed, error, locale)?;
    }
    let page = FormPage {
        id: shown.job.map(|job| job.id.to_string()),
        title: shown.job.map(job::Job::full_title).unwrap_or_default(),
        action: shown.job.map_or_else(|| "/jobs".to_owned(), |job| format!("/jobs/{}", job.id)),
        plan: rubric.map(|rubric| draft.view(&rubric, &form, locale)),
        retired: retired.iter().map(|gone| gone.question.text.in_language(locale.tag()).to_owned()).collect(),
        differing,
        pinned_at: shown.job.and_then(|job| job.pinned_at.to_jiff()).map(|at| at.to_string()),
        rubric_changed,
        rubrics: published.iter().map(|published| (published.id.to_string(), named(published, locale))).collect(),
        hiring_managers: choices(&people, Decide::ROLES, shown.job.map(|job| job.hiring_manager_id)),
        recruiters: choices(&people, RunJobs::ROLES, shown.job.map(|job| job.recruiter_id)),
        media: Medium::ALL
            .iter()
            .map(|medium| (medium.as_str(), locale.say("job-medium", &[("medium", medium.as_str().into())])))
            .collect(),
        form,
    };
    may.frame().page_with(status, "job/form.html", &page)
}

pub(super) fn named(published: &Published, locale: Locale) -> String {
    let name = published.rubric.name.in_language(locale.tag());
    locale.say("job-rubric-version", &[("name", name.into()), ("version", published.version.into())])
}

/// Who may be chosen; whoever is chosen already stays in the list.
fn choices(
    people: &[Member],
    roles: &[crate::domain::policy::Role],
    kept: Option<crate::domain::id::MemberId>,
) -> Vec<(String, String)> {
    people
        .iter()
        .filter(|member| kept == Some(member.id) || member.roles.iter().any(|role| roles.contains(role)))
        .map(|member| (member.id.to_string(), member.name.clone()))
        .collect()
}

impl TemplateView {
    fn new(template: &'static JobTemplate) -> TemplateView {
        TemplateView {
            key: &template.key,
            title: &template.title,
            summary: &template.summary,
            rounds: template.rounds.len(),
            minutes: template.rounds.iter().map(|round| round.minutes).sum(),
        }
    }
}
