//! Candidates from a CSV file: the upload, the preview of every row, the import.

use actix_multipart::form::{MultipartForm, MultipartFormConfig, bytes::Bytes};
use actix_web::{
    HttpResponse, ResponseError,
    http::{StatusCode, header},
    web::{Path, ServiceConfig, get, post, resource},
};
use serde::Serialize;

use super::candidates::JobLine;
use crate::{
    domain::{
        candidate_file::{MOST_BYTES, MOST_ROWS, RowProblem},
        id::{CandidateId, ImportId, JobId},
        policy::RunJobs,
    },
    error::{Error, Message, Result},
    i18n::Locale,
    store::{candidate_import as store, job},
    usecases::candidate_import::{self, Counts, Standing},
    web::{
        forms::{Fields, Form},
        view::see_other,
        who::May,
    },
};

/// What is read of an upload at most, so that a file that is somewhat too large is answered with a sentence.
const MOST_READ: usize = 4 * MOST_BYTES;

pub fn routes(config: &mut ServiceConfig) {
    let limits = MultipartFormConfig::default().total_limit(MOST_READ).memory_limit(MOST_READ);
    config
        .service(
            resource("/jobs/{id}/candidates/import").app_data(limits).route(get().to(form)).route(post().to(upload)),
        )
        .route("/jobs/{id}/candidates/import/sample.csv", get().to(sample))
        .route("/jobs/{id}/candidates/import/{import}", get().to(preview))
        .route("/jobs/{id}/candidates/import/{import}", post().to(import));
}

#[derive(MultipartForm)]
struct Upload {
    file: Bytes,
}

#[derive(Serialize)]
struct UploadPage {
    form: Form,
    job: JobLine,
    most_rows: usize,
    most_kilobytes: usize,
}

#[derive(Serialize)]
struct PreviewPage {
    form: Form,
    job: JobLine,
    id: ImportId,
    file_name: String,
    counts: CountsShown,
    /// Which columns are not read, as a sentence.
    ignored: Option<String>,
    rows: Vec<RowShown>,
}

#[derive(Serialize)]
struct DonePage {
    job: JobLine,
    file_name: String,
    counts: CountsShown,
}

#[derive(Serialize)]
struct CountsShown {
    new: usize,
    linked: usize,
    in_job: usize,
    bad: usize,
    /// What an import would add to the job.
    coming: usize,
}

#[derive(Serialize)]
struct RowShown {
    line: usize,
    name: String,
    email: String,
    /// `new`, `linked`, `in_job` or `bad`.
    standing: &'static str,
    /// The candidate whom the organisation has, with their name there.
    known: Option<(CandidateId, String)>,
    problem: Option<String>,
}

async fn form(may: May<RunJobs>, id: Path<JobId>) -> Result<HttpResponse> {
    upload_page(&may, *id, StatusCode::OK, Form::default()).await
}

async fn upload(
    may: May<RunJobs>,
    id: Path<JobId>,
    upload: Result<MultipartForm<Upload>, actix_web::Error>,
) -> Result<HttpResponse> {
    let attempt = async {
        let MultipartForm(Upload { file }) = upload.map_err(|error| {
            tracing::debug!(%error, "an upload was not read");
            Error::invalid("file", "candidate-file-not-read")
        })?;
        if file.data.is_empty() {
            return Err(Error::invalid("file", "candidate-file-missing"));
        }
        let name = file.file_name.unwrap_or_default();
        candidate_import::keep(&mut *may.db().await?, &may.scope(), &may.actor(), *id, &name, &file.data).await
    };
    match attempt.await {
        Ok(import) => Ok(see_other(format!("/jobs/{id}/candidates/import/{import}"))),
        Err(error) => {
            let status = error.status_code();
            let form = Form::again(Fields::default(), error, may.locale())?;
            upload_page(&may, *id, status, form).await
        }
    }
}

async fn sample(may: May<RunJobs>, id: Path<JobId>) -> Result<HttpResponse> {
    job::find(&mut *may.db().await?, &may.scope(), *id).await?;
    // The mark tells spreadsheets that it is UTF-8.
    let text = format!("\u{feff}{}\r\n", may.locale().word("candidate-import-sample").replace('\n', "\r\n"));
    Ok(HttpResponse::Ok()
        .content_type("text/csv; charset=utf-8")
        .insert_header((header::CONTENT_DISPOSITION, "attachment; filename=\"candidates.csv\""))
        .body(text))
}

async fn preview(may: May<RunJobs>, ids: Path<(JobId, ImportId)>) -> Result<HttpResponse> {
    preview_page(&may, ids.into_inner(), StatusCode::OK, Form::default()).await
}

async fn import(may: May<RunJobs>, ids: Path<(JobId, ImportId)>, fields: Fields) -> Result<HttpResponse> {
    let (job, id) = ids.into_inner();
    let leave_out = fields.parser().ticked("leave_out_bad");
    let outcome = candidate_import::import(&mut *may.db().await?, &may.scope(), &may.actor(), job, id, leave_out).await;
    match outcome {
        Ok(_) => Ok(see_other(format!("/jobs/{job}/candidates/import/{id}"))),
        Err(error) => {
            let status = error.status_code();
            let form = Form::again(fields, error, may.locale())?;
            preview_page(&may, (job, id), status, form).await
        }
    }
}

async fn upload_page(may: &May<RunJobs>, id: JobId, status: StatusCode, form: Form) -> Result<HttpResponse> {
    let job = JobLine::new(&job::find(&mut *may.db().await?, &may.scope(), id).await?);
    let page = UploadPage { form, job, most_rows: MOST_ROWS, most_kilobytes: MOST_BYTES / 1024 };
    may.frame().page_with(status, "candidate/import.html", &page)
}

async fn preview_page(
    may: &May<RunJobs>,
    (job, id): (JobId, ImportId),
    status: StatusCode,
    form: Form,
) -> Result<HttpResponse> {
    let (mut conn, scope) = (may.db().await?, may.scope());
    let (import, job) = store::find(&mut conn, &scope, job, id).await?;
    let job = JobLine::new(&job);
    if import.is_done() {
        let counts = candidate_import::result(&mut conn, &scope, &import).await?.unwrap_or_default().into();
        let page = DonePage { job, file_name: import.file_name, counts };
        return may.frame().page("candidate/imported.html", &page);
    }
    let preview = candidate_import::preview(&mut conn, &scope, &import).await?;
    let rows = preview
        .rows
        .into_iter()
        .map(|(row, standing)| {
            let (standing, known, problem) = match standing {
                Standing::New => ("new", None, None),
                Standing::Linked(known) => ("linked", Some((known.id, known.name)), None),
                Standing::InJob(id) => ("in_job", Some((id, String::new())), None),
                Standing::Bad(problem) => ("bad", None, Some(explain(&problem, may.locale()))),
            };
            let (line, name, email) = (row.line, row.written_name, row.written_email);
            RowShown { line, name, email, standing, known, problem }
        })
        .collect();
    let page = PreviewPage {
        form,
        job,
        id,
        file_name: import.file_name,
        counts: preview.counts.into(),
        ignored: ignored(&preview.ignored, may.locale()),
        rows,
    };
    may.frame().page_with(status, "candidate/preview.html", &page)
}

impl From<Counts> for CountsShown {
    fn from(Counts { new, linked, in_job, bad }: Counts) -> CountsShown {
        CountsShown { new, linked, in_job, bad, coming: new + linked }
    }
}

fn ignored(headings: &[String], locale: Locale) -> Option<String> {
    let quoted = |heading: &String| locale.say("form-quoted", &[("text", heading.as_str().into())]);
    let names = headings.iter().map(quoted).collect::<Vec<_>>().join(", ");
    let say = || locale.say("candidate-import-ignored", &[("count", headings.len().into()), ("names", names.into())]);
    (!headings.is_empty()).then(say)
}

/// A fault of a row, for a person.
fn explain(problem: &RowProblem, locale: Locale) -> String {
    let message = match problem {
        RowProblem::NameMissing => Message::new("candidate-row-name-missing"),
        RowProblem::Email => Message::new("candidate-row-email"),
        RowProblem::SeveralLines(column) => Message::new("candidate-row-several-lines").with("column", column),
        RowProblem::ControlCharacters(column) => {
            Message::new("candidate-row-control-characters").with("column", column)
        }
        RowProblem::TooLong { column, most } => {
            Message::new("candidate-row-too-long").with("column", column).with("most", most)
        }
        RowProblem::TooManyCells { found, expected } => {
            Message::new("candidate-row-too-many-cells").with("found", found).with("expected", expected)
        }
        RowProblem::SameAddress(line) => Message::new("candidate-row-same-address").with("line", line),
        RowProblem::SameName(line) => Message::new("candidate-row-same-name").with("line", line),
    };
    message.say(locale)
}
