//! The questions of a round: chosen from the rubric and the library, the same for every candidate, until its first interview
//! begins.

use actix_web::{
    HttpResponse, ResponseError,
    http::StatusCode,
    web::{Path, ServiceConfig, get, post},
};
use jiff::Timestamp;
use serde::Serialize;

use crate::{
    domain::{
        id::{JobId, RoundId},
        localized::Localized,
        policy::RunJobs,
        question_library::dimension_of,
        rubric::{Dimension, Question, QuestionKind},
    },
    error::Result,
    store::{Conn, question, round, rubric_cache},
    usecases::round::{self as rounds, OFFERED},
    web::{
        forms::{Fields, Form, Query},
        view::see_other,
        who::May,
    },
};

pub fn routes(config: &mut ServiceConfig) {
    config.route("/rounds/{id}/questions", get().to(show)).route("/rounds/{id}/questions", post().to(choose));
}

const DONE: &[&str] = &["round-questions-done"];

#[derive(Serialize)]
struct QuestionsPage {
    form: Form,
    id: RoundId,
    job: JobId,
    job_title: String,
    round: String,
    /// When the first interview began: nothing can be chosen any more.
    begun_at: Option<Timestamp>,
    /// What is chosen, to notice that somebody else has chosen meanwhile.
    seen: String,
    dimensions: Vec<DimensionView>,
    done: Option<&'static str>,
}

#[derive(Serialize)]
struct DimensionView {
    field: String,
    name: String,
    error: String,
    questions: Vec<QuestionView>,
}

#[derive(Serialize)]
struct QuestionView {
    key: String,
    kind: QuestionKind,
    text: String,
    chosen: bool,
    is_of_library: bool,
}

async fn show(may: May<RunJobs>, id: Path<RoundId>, query: Query) -> Result<HttpResponse> {
    let mut conn = may.db().await?;
    page(&may, &mut conn, *id, StatusCode::OK, None, query.done(DONE)).await
}

async fn choose(may: May<RunJobs>, id: Path<RoundId>, fields: Fields) -> Result<HttpResponse> {
    let mut conn = may.db().await?;
    let chosen: Vec<String> = fields.all("question").map(str::to_owned).collect();
    let seen: Vec<String> = fields.get("seen").split_whitespace().map(str::to_owned).collect();
    match rounds::choose(&mut conn, &may.scope(), &may.actor(), *id, &seen, &chosen).await {
        Ok(()) => Ok(see_other(format!("/rounds/{id}/questions?done=round-questions-done"))),
        Err(error) => {
            let status = error.status_code();
            let form = Form::again(fields, error, may.locale())?;
            page(&may, &mut conn, *id, status, Some((form, chosen)), None).await
        }
    }
}

async fn page(
    may: &May<RunJobs>,
    conn: &mut Conn,
    id: RoundId,
    status: StatusCode,
    again: Option<(Form, Vec<String>)>,
    done: Option<&'static str>,
) -> Result<HttpResponse> {
    let (scope, locale) = (may.scope(), may.locale());
    let (round, job, begun_at) = round::with_beginning(conn, &scope, id).await?;
    let rubric = rubric_cache::published(conn, &scope, job.rubric_version_id).await?;
    let library = question::offered(conn, &scope, &round.dimensions, &round.questions, OFFERED).await?;
    let library = library.iter().map(question::Question::asked).collect::<Result<Vec<_>>>()?;
    let rubric = rubric.with_questions(library);
    let first = rubric.languages.first().map(String::as_str);
    let own = |text: &Localized| text.in_first_of([locale.tag()].into_iter().chain(first)).to_owned();
    let (form, chosen) = again.unwrap_or_else(|| (Form::default(), round.questions.clone()));
    let shown = |question: &&Question| begun_at.is_none() || round.questions.contains(&question.key);
    let view = |dimension: &Dimension| {
        let field = format!("dimension.{}", dimension.key);
        DimensionView {
            name: own(&dimension.name),
            error: form.errors.get(&field).cloned().unwrap_or_default(),
            field,
            questions: dimension
                .questions
                .iter()
                .filter(shown)
                .map(|question| QuestionView {
                    key: question.key.clone(),
                    kind: question.kind,
                    text: own(&question.text),
                    chosen: chosen.contains(&question.key),
                    is_of_library: dimension_of(&question.key).is_some(),
                })
                .collect(),
        }
    };
    let page = QuestionsPage {
        id,
        job: job.id,
        job_title: job.full_title(),
        begun_at,
        seen: round.questions.join(" "),
        dimensions: round.dimensions.iter().filter_map(|key| rubric.dimension(key)).map(view).collect(),
        round: round.name.clone(),
        done,
        form,
    };
    may.frame().page_with(status, "round/questions.html", &page)
}
