//! What the templates of debriefs are filled with.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::{
    domain::{
        debrief::{
            self, Change, Citation, Voice, has_answered, minority, moved, movement, of_dimension, overall, stands_apart,
        },
        id::{DebriefId, MemberId, ScorecardId},
        policy::{Permission, SeeComparison, leads_debriefs},
        rating::Rating,
        rubric::Rubric,
        scorecard::rating_text,
    },
    figures::{self, Slope, SlopeTable, Theme, slope_figure, slope_table},
    i18n::Locale,
    store::debrief::{Debrief, Seat},
    web::{
        forms::Form,
        pages::kit::{self, SaidTick},
        who::May,
    },
};

/// Characters of a note in the list of what can be cited.
const EXCERPT: usize = 180;

#[derive(Serialize)]
pub struct MissingSeat {
    name: String,
    round: String,
    starts_at: String,
    /// The kit, for whoever has to finish it.
    kit: Option<String>,
}

impl MissingSeat {
    pub fn of(seat: &Seat, reader: MemberId) -> MissingSeat {
        MissingSeat {
            name: seat.name.clone(),
            round: seat.round_name.clone(),
            starts_at: seat.starts_at.to_jiff().to_string(),
            kit: (seat.member == reader).then(|| format!("/interviews/{}/kit", seat.interview)),
        }
    }
}

/// What every page of a debrief begins with.
#[derive(Serialize)]
struct Top {
    id: DebriefId,
    candidate: String,
    candidate_id: String,
    job_id: String,
    job: String,
    is_open: bool,
    finding: String,
    may_compare: bool,
}

impl Top {
    fn new<P: Permission>(found: &Debrief, may: &May<P>) -> Top {
        Top {
            id: found.id,
            candidate: found.candidate_name.clone(),
            candidate_id: found.candidate.to_string(),
            job_id: found.job.to_string(),
            job: found.job_line(),
            is_open: found.is_open(),
            finding: debrief::finding(&found.voices, &found.weights, found.is_open(), may.locale()),
            may_compare: may.also::<SeeComparison>(),
        }
    }
}

#[derive(Serialize)]
pub struct ShowPage {
    top: Top,
    done: Option<&'static str>,
    error: String,
    opened_by: String,
    opened_at: String,
    closed_by: String,
    closed_at: String,
    summary: String,
    seal: String,
    may_close: bool,
    /// Raters who have not said everything, while open.
    waiting: Vec<String>,
    /// The reader's own scorecards, while open.
    own: Vec<Own>,
    raters: Vec<Head>,
    rows: Vec<Row>,
    overall: Drawn,
    figures: Vec<Drawn>,
    report: Report,
}

/// What a rater still has to say of one scorecard.
#[derive(Serialize)]
struct Own {
    scorecard: ScorecardId,
    round: String,
    said: usize,
    all: usize,
    /// Name and page of each dimension in which a reason to stay is owed.
    owed: Vec<(String, String)>,
    /// The page of the first dimension without a word.
    next: Option<String>,
}

#[derive(Serialize)]
struct Head {
    name: String,
    round: String,
}

#[derive(Serialize)]
struct Row {
    name: String,
    href: String,
    cells: Vec<Option<Cell>>,
    before: String,
    after: String,
}

/// A rater's first rating and, where it was said, the second.
#[derive(Serialize)]
struct Cell {
    first: Mark,
    second: Option<Mark>,
    moved: bool,
    apart: bool,
}

#[derive(Serialize)]
struct Mark {
    text: String,
    class: &'static str,
    words: String,
}

impl Mark {
    fn of(rating: Rating, rubric: &Rubric, locale: Locale) -> Mark {
        Mark { text: kit::mark(rating), class: kit::class(rating), words: kit::rating_words(rubric, locale, rating) }
    }
}

/// A figure with the same in words and numbers.
#[derive(Serialize)]
pub struct Drawn {
    title: String,
    sentence: String,
    svg: String,
    table: SlopeTable,
}

impl Drawn {
    fn of(change: &Change, id: String, title: String, locale: Locale) -> Drawn {
        let sentence = movement(change, locale);
        let slopes = figures::Slopes::of_raters(change, id, title.clone(), sentence.clone());
        let table = slope_table(&slopes, locale.word("debrief-rater"), locale);
        Drawn { title, sentence, svg: slope_figure(&slopes, locale, Theme::Page).text, table }
    }
}

/// Who moved, and the minority: who stood apart and stayed.
#[derive(Serialize)]
struct Report {
    moved: Vec<Told>,
    minority: Vec<Told>,
}

#[derive(Serialize)]
struct Told {
    name: String,
    dimension: String,
    href: String,
    first: Mark,
    second: Mark,
    /// "The others were at 2.5."
    others: String,
    reason: String,
    evidence: Vec<String>,
    note: String,
}

impl Report {
    fn new(found: &Debrief, rubric: &Rubric, locale: Locale) -> Report {
        let told = |voice: &Voice| {
            let said = voice.second.as_ref().map(|second| &second.said);
            Told {
                name: voice.name.clone(),
                dimension: dimension_name(rubric, &voice.dimension, locale),
                href: href(found.id, &voice.dimension),
                first: Mark::of(voice.first, rubric, locale),
                second: Mark::of(voice.last(), rubric, locale),
                others: others(voice, &found.voices, locale),
                reason: said.map(|said| said.reason.clone()).unwrap_or_default(),
                evidence: said.map_or(Vec::new(), |said| {
                    said.evidence.iter().filter_map(|cited| cited_words(cited, voice, found, rubric, locale)).collect()
                }),
                note: said.map(|said| said.note.clone()).unwrap_or_default(),
            }
        };
        let mut report = Report {
            moved: moved(&found.voices).map(told).collect(),
            minority: minority(&found.voices).map(told).collect(),
        };
        let place = |told: &Told| rubric.dimensions.iter().position(|d| told.href.ends_with(&format!("/{}", d.key)));
        report.moved.sort_by_key(place);
        report.minority.sort_by_key(place);
        report
    }
}

impl ShowPage {
    pub fn new<P: Permission>(
        found: &Debrief,
        rubric: &Rubric,
        may: &May<P>,
        done: Option<&'static str>,
        error: String,
    ) -> ShowPage {
        let (locale, reader) = (may.locale(), may.signed.member.id);
        let voices = &found.voices;
        let columns = columns(found);
        let changes: Vec<(&str, Change)> = rubric
            .dimensions
            .iter()
            .map(|dimension| (dimension.key.as_str(), of_dimension(voices, &dimension.key)))
            .filter(|(_, change)| !change.lines.is_empty())
            .collect();
        let rows = changes
            .iter()
            .map(|(key, change)| {
                let cell = |(scorecard, ..): &(ScorecardId, &str, &str)| {
                    let voice = voices.iter().find(|v| v.scorecard == *scorecard && v.dimension == *key)?;
                    Some(Cell {
                        first: Mark::of(voice.first, rubric, locale),
                        second: voice.second.as_ref().map(|second| Mark::of(second.said.rating, rubric, locale)),
                        moved: voice.moved(),
                        apart: stands_apart(voice, voices),
                    })
                };
                let mean = |figure: Option<debrief::Figure>| {
                    figure.map_or("–".to_owned(), |figure| locale.number(figure.mean, 1))
                };
                Row {
                    name: dimension_name(rubric, key, locale),
                    href: href(found.id, key),
                    cells: columns.iter().map(cell).collect(),
                    before: mean(change.before),
                    after: mean(change.after),
                }
            })
            .collect();
        let rounds = columns.iter().map(|(_, _, round)| round).collect::<std::collections::BTreeSet<_>>().len();
        let text = |at: Option<jiff::Timestamp>| at.map(|at| at.to_string()).unwrap_or_default();
        ShowPage {
            top: Top::new(found, may),
            done,
            error,
            opened_by: found.opened_by.clone(),
            opened_at: found.opened_at.to_string(),
            closed_by: found.closed_by.clone().unwrap_or_default(),
            closed_at: text(found.closed_at),
            summary: found.summary.clone(),
            seal: found.seal.clone().unwrap_or_default(),
            may_close: found.is_open() && leads_debriefs(&may.signed.member.roles, reader, found.hiring_manager),
            waiting: if found.is_open() { waiting(voices) } else { Vec::new() },
            own: if may_speak(found) { own(found, reader, rubric, locale) } else { Vec::new() },
            raters: columns
                .iter()
                .map(|(_, name, round)| Head {
                    name: (*name).to_owned(),
                    round: if rounds > 1 { (*round).to_owned() } else { String::new() },
                })
                .collect(),
            rows,
            overall: Drawn::of(
                &overall(voices, &found.weights),
                "slope-overall".to_owned(),
                locale.word("debrief-overall"),
                locale,
            ),
            figures: changes
                .iter()
                .filter(|(_, change)| change.lines.iter().any(|line| line.moved() || line.minority))
                .map(|(key, change)| {
                    Drawn::of(change, format!("slope-{key}"), dimension_name(rubric, key, locale), locale)
                })
                .collect(),
            report: Report::new(found, rubric, locale),
        }
    }
}

/// Each scorecard on the table with its rater and round.
fn columns(found: &Debrief) -> Vec<(ScorecardId, &str, &str)> {
    let mut columns: Vec<(ScorecardId, &str, &str)> = Vec::new();
    for voice in &found.voices {
        if !columns.iter().any(|(scorecard, ..)| *scorecard == voice.scorecard) {
            columns.push((voice.scorecard, &voice.name, &voice.round));
        }
    }
    columns
}

fn may_speak(found: &Debrief) -> bool {
    found.is_open() && found.job_state == crate::store::job::JobState::Open
}

fn waiting(voices: &[Voice]) -> Vec<String> {
    let raters = debrief::raters(voices).into_iter();
    raters.filter(|(rater, _)| !has_answered(*rater, voices)).map(|(_, name)| name.to_owned()).collect()
}

fn own(found: &Debrief, reader: MemberId, rubric: &Rubric, locale: Locale) -> Vec<Own> {
    let mut cards: BTreeMap<ScorecardId, Vec<&Voice>> = BTreeMap::new();
    for dimension in &rubric.dimensions {
        for voice in found.voices.iter().filter(|voice| voice.rater == reader && voice.dimension == dimension.key) {
            cards.entry(voice.scorecard).or_default().push(voice);
        }
    }
    let cards = cards.into_iter().map(|(scorecard, voices)| {
        let silent: Vec<&&Voice> = voices.iter().filter(|voice| voice.second.is_none()).collect();
        Own {
            scorecard,
            round: voices[0].round.clone(),
            said: voices.len() - silent.len(),
            all: voices.len(),
            owed: silent
                .iter()
                .filter(|voice| stands_apart(voice, &found.voices))
                .map(|voice| (dimension_name(rubric, &voice.dimension, locale), href(found.id, &voice.dimension)))
                .collect(),
            next: silent.first().map(|voice| href(found.id, &voice.dimension)),
        }
    });
    cards.collect()
}

#[derive(Serialize)]
pub struct DimensionPage {
    top: Top,
    done: Option<&'static str>,
    name: String,
    sentence: String,
    tabs: Vec<Tab>,
    articles: Vec<Article>,
    figure: Drawn,
    /// One's own second rating of one scorecard, and the way to the others.
    form: Option<WordForm>,
    other_cards: Vec<Tab>,
    key: String,
    previous: Option<Tab>,
    next: Option<Tab>,
    /// What was typed when nothing can be written any more: label and text.
    late: Vec<(String, String)>,
    late_error: String,
    #[serde(skip)]
    own: Vec<ScorecardId>,
}

#[derive(Clone, Serialize)]
struct Tab {
    name: String,
    href: String,
    is_current: bool,
}

/// What one rater wrote, and what they say now.
#[derive(Serialize)]
struct Article {
    name: String,
    round: String,
    first: Mark,
    apart: bool,
    ticks: Vec<SaidTick>,
    note: String,
    second: Option<Said>,
}

#[derive(Serialize)]
struct Said {
    mark: Mark,
    moved: bool,
    reason: String,
    evidence: Vec<String>,
    note: String,
    at: String,
}

/// One's own second rating, as a form.
#[derive(Serialize)]
struct WordForm {
    scorecard: ScorecardId,
    round: String,
    base_revision: i64,
    choices: Vec<Choice>,
    sources: Vec<Source>,
    /// One stands apart: staying needs a reason.
    apart: bool,
    others: String,
    form: Form,
    /// What stands, when something else was typed for an outdated revision.
    standing: Option<Said>,
}

#[derive(Serialize)]
struct Choice {
    value: String,
    mark: Mark,
    stays: bool,
    checked: bool,
}

/// What can be cited of one scorecard.
#[derive(Serialize)]
struct Source {
    name: String,
    round: String,
    items: Vec<Item>,
}

#[derive(Serialize)]
struct Item {
    value: String,
    text: String,
    is_note: bool,
    checked: bool,
}

impl DimensionPage {
    /// `None` when nobody rated this dimension. `typed` is what a rater sent and could not be kept as it is.
    pub fn new<P: Permission>(
        found: &Debrief,
        rubric: &Rubric,
        key: &str,
        typed: Option<(ScorecardId, Form, Vec<String>)>,
        wanted: Option<ScorecardId>,
        may: &May<P>,
        done: Option<&'static str>,
    ) -> Option<DimensionPage> {
        let (locale, reader) = (may.locale(), may.signed.member.id);
        let change = of_dimension(&found.voices, key);
        let here: Vec<&Voice> = found.voices.iter().filter(|voice| voice.dimension == key).collect();
        if here.is_empty() {
            return None;
        }
        let dimension = rubric.dimension(key)?;
        let tabs: Vec<Tab> = rubric
            .dimensions
            .iter()
            .filter(|dimension| found.voices.iter().any(|voice| voice.dimension == dimension.key))
            .map(|dimension| Tab {
                name: dimension_name(rubric, &dimension.key, locale),
                href: href(found.id, &dimension.key),
                is_current: dimension.key == key,
            })
            .collect();
        let at = tabs.iter().position(|tab| tab.is_current).unwrap_or_default();
        let own: Vec<&Voice> = here.iter().copied().filter(|voice| voice.rater == reader).collect();
        let mut late = Vec::new();
        let mut late_error = String::new();
        if !may_speak(found)
            && let Some((_, form, _)) = &typed
        {
            late_error = form.errors.get("").cloned().unwrap_or_default();
            late = [("reason", "debrief-reason"), ("note", "debrief-note")]
                .into_iter()
                .map(|(field, label)| (locale.word(label), form.typed.get(field).to_owned()))
                .filter(|(_, text)| !text.trim().is_empty())
                .collect();
        }
        let wanted = typed.as_ref().map(|(scorecard, ..)| *scorecard).or(wanted);
        let speaks = own
            .iter()
            .find(|voice| Some(voice.scorecard) == wanted)
            .or_else(|| own.iter().find(|voice| voice.second.is_none()))
            .or(own.first())
            .filter(|_| may_speak(found));
        let other_cards = own
            .iter()
            .filter(|voice| speaks.is_some_and(|speaks| speaks.scorecard != voice.scorecard))
            .map(|voice| Tab {
                name: voice.round.clone(),
                href: format!("{}?scorecard={}", href(found.id, key), voice.scorecard),
                is_current: false,
            })
            .collect();
        Some(DimensionPage {
            top: Top::new(found, may),
            done,
            name: dimension_name(rubric, key, locale),
            sentence: movement(&change, locale),
            articles: here
                .iter()
                .map(|voice| Article {
                    name: voice.name.clone(),
                    round: voice.round.clone(),
                    first: Mark::of(voice.first, rubric, locale),
                    apart: stands_apart(voice, &found.voices),
                    ticks: kit::said_ticks(dimension, &voice.ticks, locale),
                    note: voice.note.clone(),
                    second: said(voice, found, rubric, locale),
                })
                .collect(),
            figure: Drawn::of(&change, format!("slope-{key}"), dimension_name(rubric, key, locale), locale),
            form: speaks.map(|voice| WordForm::new(voice, found, rubric, typed, locale)),
            other_cards,
            key: key.to_owned(),
            previous: at.checked_sub(1).and_then(|at| tabs.get(at)).cloned(),
            next: tabs.get(at + 1).cloned(),
            tabs,
            late,
            late_error,
            own: own.iter().map(|voice| voice.scorecard).collect(),
        })
    }

    pub fn is_own(&self, scorecard: ScorecardId) -> bool {
        self.own.contains(&scorecard)
    }
}

impl WordForm {
    fn new(
        voice: &Voice,
        found: &Debrief,
        rubric: &Rubric,
        sent: Option<(ScorecardId, Form, Vec<String>)>,
        locale: Locale,
    ) -> WordForm {
        let standing = voice.second.as_ref();
        let revision = standing.map_or(0, |second| second.revision);
        let (form, rating, cited, is_outdated) = match sent {
            Some((_, form, cited)) => {
                let rating = form.typed.get("rating").to_owned();
                let outdated = form.typed.get("base_revision") != revision.to_string();
                (form, rating, cited, outdated)
            }
            None => {
                let said = standing.map(|second| &second.said);
                let form = Form::filled([
                    ("reason", said.map(|said| said.reason.clone()).unwrap_or_default()),
                    ("note", said.map(|said| said.note.clone()).unwrap_or_default()),
                ]);
                let cited = said.map_or(Vec::new(), |said| said.evidence.iter().map(Citation::to_string).collect());
                (form, said.map(|said| rating_text(Some(said.rating))).unwrap_or_default(), cited, false)
            }
        };
        let choice = |value: &str| {
            let of = Rating::from_text(value).ok()??;
            Some(Choice {
                value: value.to_owned(),
                mark: Mark::of(of, rubric, locale),
                stays: of == voice.first,
                checked: value == rating,
            })
        };
        WordForm {
            scorecard: voice.scorecard,
            round: voice.round.clone(),
            base_revision: revision,
            choices: ["5", "4", "3", "2", "1", "not_enough_evidence"].into_iter().filter_map(choice).collect(),
            sources: sources(voice, found, rubric, &cited, locale),
            apart: stands_apart(voice, &found.voices),
            others: others(voice, &found.voices, locale),
            form,
            standing: if is_outdated { said(voice, found, rubric, locale) } else { None },
        }
    }
}

fn sources(voice: &Voice, found: &Debrief, rubric: &Rubric, cited: &[String], locale: Locale) -> Vec<Source> {
    let item = |citation: Citation| {
        let value = citation.to_string();
        Some(Item {
            text: cited_excerpt(&citation, voice, found, rubric, locale)?,
            is_note: matches!(citation, Citation::Note(_)),
            checked: cited.contains(&value),
            value,
        })
    };
    let here = found.voices.iter().filter(|other| other.dimension == voice.dimension);
    here.map(|other| {
        let note = (!other.note.trim().is_empty()).then_some(Citation::Note(other.scorecard));
        let ticks = other.ticks.iter().map(|key| Citation::Tick(other.scorecard, key.clone()));
        Source {
            name: other.name.clone(),
            round: other.round.clone(),
            items: note.into_iter().chain(ticks).filter_map(item).collect(),
        }
    })
    .filter(|source| !source.items.is_empty())
    .collect()
}

#[derive(Serialize)]
pub struct ClosurePage {
    id: DebriefId,
    candidate: String,
    job_id: String,
    job: String,
    is_open: bool,
    finding: String,
    revision: i64,
    waiting: Vec<String>,
    /// Who stands apart and has not said why: name and dimension.
    silent: Vec<(String, String)>,
    report: Report,
    form: Form,
}

impl ClosurePage {
    pub fn new(found: &Debrief, rubric: &Rubric, form: Form, locale: Locale) -> ClosurePage {
        ClosurePage {
            id: found.id,
            candidate: found.candidate_name.clone(),
            job_id: found.job.to_string(),
            job: found.job_line(),
            is_open: found.is_open(),
            finding: debrief::finding(&found.voices, &found.weights, found.is_open(), locale),
            revision: found.revision,
            waiting: waiting(&found.voices),
            silent: minority(&found.voices)
                .filter(|voice| voice.second.is_none())
                .map(|voice| (voice.name.clone(), dimension_name(rubric, &voice.dimension, locale)))
                .collect(),
            report: Report::new(found, rubric, locale),
            form,
        }
    }
}

/// The slopes of a job's closed debriefs, for the comparison: a line for each candidate.
#[derive(Serialize)]
pub struct Slopes {
    figure: Drawn,
    lines: Vec<Link>,
}

/// A debrief in a list.
#[derive(Serialize)]
pub struct Link {
    id: DebriefId,
    application: String,
    candidate: String,
    is_open: bool,
    /// When it was closed, or opened while it is open.
    at: String,
    finding: String,
}

fn links(debriefs: &[Debrief], locale: Locale) -> Vec<Link> {
    let link = |found: &Debrief| Link {
        id: found.id,
        application: found.application.to_string(),
        candidate: found.candidate_name.clone(),
        is_open: found.is_open(),
        at: found.closed_at.unwrap_or(found.opened_at).to_string(),
        finding: debrief::finding(&found.voices, &found.weights, found.is_open(), locale),
    };
    debriefs.iter().map(link).collect()
}

/// `None` while the job has no debrief that the reader may see. Of several of one candidate the last closed one is drawn.
pub fn slopes(debriefs: &[Debrief], locale: Locale) -> Option<Slopes> {
    if debriefs.is_empty() {
        return None;
    }
    let mut drawn: Vec<&Debrief> = Vec::new();
    for found in debriefs.iter().filter(|found| !found.is_open()) {
        if !drawn.iter().any(|other| other.application == found.application) {
            drawn.push(found);
        }
    }
    let mut lines: Vec<Slope> = drawn
        .iter()
        .map(|found| {
            let change = overall(&found.voices, &found.weights);
            let mean = |figure: Option<debrief::Figure>| figure.map(|figure| figure.mean);
            Slope {
                name: found.candidate_name.clone(),
                before: mean(change.before),
                after: mean(change.after),
                apart: false,
            }
        })
        .collect();
    lines.sort_by_key(|line| line.name.to_lowercase());
    let count = drawn.iter().map(|found| moved(&found.voices).count()).sum::<usize>();
    let sentence =
        locale.say("debrief-comparison-sentence", &[("debriefs", drawn.len().into()), ("count", count.into())]);
    let title = locale.word("debrief-comparison-title");
    let slopes = figures::Slopes {
        id: "slope-candidates".to_owned(),
        title: title.clone(),
        description: sentence.clone(),
        lines,
        mean: None,
    };
    let table = slope_table(&slopes, locale.word("comparison-table-candidate"), locale);
    let svg = if slopes.lines.is_empty() { String::new() } else { slope_figure(&slopes, locale, Theme::Page).text };
    Some(Slopes { figure: Drawn { title, sentence, svg, table }, lines: links(debriefs, locale) })
}

fn said(voice: &Voice, found: &Debrief, rubric: &Rubric, locale: Locale) -> Option<Said> {
    let second = voice.second.as_ref()?;
    Some(Said {
        mark: Mark::of(second.said.rating, rubric, locale),
        moved: voice.moved(),
        reason: second.said.reason.clone(),
        evidence: second
            .said
            .evidence
            .iter()
            .filter_map(|cited| cited_words(cited, voice, found, rubric, locale))
            .collect(),
        note: second.said.note.clone(),
        at: second.changed_at.to_string(),
    })
}

/// "Jonas Bergström: asked for the reason", a note as an excerpt.
fn cited_words(cited: &Citation, voice: &Voice, found: &Debrief, rubric: &Rubric, locale: Locale) -> Option<String> {
    let text = cited_excerpt(cited, voice, found, rubric, locale)?;
    let writer = found.voices.iter().find(|other| other.scorecard == cited.scorecard())?;
    let key = if matches!(cited, Citation::Note(_)) { "debrief-cites-note" } else { "debrief-cites-tick" };
    Some(locale.say(key, &[("name", writer.name.clone().into()), ("text", text.into())]))
}

fn cited_excerpt(cited: &Citation, voice: &Voice, found: &Debrief, rubric: &Rubric, locale: Locale) -> Option<String> {
    match cited {
        Citation::Note(scorecard) => {
            let writer = found.voices.iter().find(|v| v.scorecard == *scorecard && v.dimension == voice.dimension)?;
            let note: String = writer.note.split_whitespace().collect::<Vec<_>>().join(" ");
            if note.chars().count() <= EXCERPT {
                return Some(note);
            }
            let cut: String = note.chars().take(EXCERPT).collect();
            Some(format!("{}…", cut.trim_end()))
        }
        Citation::Tick(_, key) => {
            let (_, indicator) = rubric.indicator(key)?;
            Some(indicator.text.in_language(locale.tag()).to_owned())
        }
    }
}

/// Where the other raters' first ratings of the dimension lie: "The others were at 2.5."; "" without any.
fn others(voice: &Voice, voices: &[Voice], locale: Locale) -> String {
    let scores: Vec<f64> = voices
        .iter()
        .filter(|other| other.dimension == voice.dimension && other.rater != voice.rater)
        .filter_map(|other| other.first.score().map(f64::from))
        .collect();
    if scores.is_empty() {
        return String::new();
    }
    let mean = scores.iter().sum::<f64>() / scores.len() as f64;
    let mean = locale.number(mean, if mean.fract() == 0.0 { 0 } else { 1 });
    locale.say("debrief-others", &[("count", scores.len().into()), ("mean", mean.into())])
}

fn dimension_name(rubric: &Rubric, key: &str, locale: Locale) -> String {
    rubric.dimension(key).map_or(key.to_owned(), |dimension| dimension.name.in_language(locale.tag()).to_owned())
}

fn href(id: DebriefId, dimension: &str) -> String {
    format!("/debriefs/{id}/dimensions/{dimension}")
}
