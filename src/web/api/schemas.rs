//! How ids, choices, ratings and texts are described in the document.

use std::borrow::Cow;

use utoipa::{
    PartialSchema, ToSchema,
    openapi::{KnownFormat, ObjectBuilder, RefOr, Schema, SchemaFormat, Type},
};

use crate::{
    domain::{
        comparison::{AgreementLevel, Certainty, Gap, Method},
        debrief::Citation,
        decision::Outcome,
        id::{
            AmendmentId, ApplicationId, CandidateId, DebriefId, DecisionId, InterviewId, JobId, MemberId, RoundId,
            RubricId, RubricVersionId, ScorecardId, SeatId,
        },
        localized::Localized,
        medium::Medium,
        policy::Role,
        rating::{Rating, Recommendation, Score},
        rubric::{QuestionKind, Sign},
    },
    exports::Form,
    store::{interview::InterviewState, job::JobState, scorecard::ScorecardState},
};

macro_rules! ids {
    ($($id:ident),+ $(,)?) => {$(
        impl PartialSchema for $id {
            fn schema() -> RefOr<Schema> {
                ObjectBuilder::new()
                    .schema_type(Type::String)
                    .format(Some(SchemaFormat::KnownFormat(KnownFormat::Uuid)))
                    .into()
            }
        }
        impl ToSchema for $id {
            fn name() -> Cow<'static, str> { Cow::Borrowed(stringify!($id)) }
        }
    )+};
}

macro_rules! choices {
    ($($choice:ty as $name:literal: $all:expr;)+) => {$(
        impl PartialSchema for $choice {
            fn schema() -> RefOr<Schema> {
                ObjectBuilder::new().schema_type(Type::String).enum_values(Some($all)).into()
            }
        }
        impl ToSchema for $choice {
            fn name() -> Cow<'static, str> { Cow::Borrowed($name) }
        }
    )+};
}

ids! {
    MemberId, RubricId, RubricVersionId, JobId, RoundId, CandidateId, ApplicationId, InterviewId, SeatId, ScorecardId,
    AmendmentId, DebriefId, DecisionId,
}

choices! {
    Role as "Role": Role::ALL.iter().map(|choice| choice.as_str());
    Medium as "Medium": Medium::ALL.iter().map(|choice| choice.as_str());
    JobState as "JobState": JobState::ALL.iter().map(|choice| choice.as_str());
    InterviewState as "InterviewState": InterviewState::ALL.iter().map(|choice| choice.as_str());
    ScorecardState as "ScorecardState": ScorecardState::ALL.iter().map(|choice| choice.as_str());
    Recommendation as "Recommendation": Recommendation::ALL.iter().map(|choice| choice.as_str());
    Outcome as "Outcome": Outcome::ALL.iter().map(|choice| choice.as_str());
    Method as "ComparisonMethod": ["weighted_means", "panel_model"];
    Certainty as "PairCertainty": ["clear", "probable", "leaning", "open"];
    Gap as "ComparisonGap": ["not_covered", "not_enough_evidence"];
    AgreementLevel as "AgreementLevel": ["not_rated", "unknown", "very_good", "good", "poor"];
    Form as "RecordForm": Form::ALL.iter().map(|choice| choice.as_str());
    QuestionKind as "QuestionKind": ["behavioural", "situational"];
    Sign as "Sign": ["positive", "negative"];
    Rating as "Rating": Score::ALL.into_iter().map(Rating::Score).chain([Rating::NotEnoughEvidence]).map(String::from);
}

impl PartialSchema for Citation {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .description(Some("A piece of evidence: `<scorecard>/note` or `<scorecard>/ticks/<indicator>`."))
            .into()
    }
}

impl ToSchema for Citation {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("Citation")
    }
}

impl PartialSchema for Localized {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::Object)
            .additional_properties(Some(String::schema()))
            .description(Some("A text by language tag."))
            .into()
    }
}

impl ToSchema for Localized {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("Localized")
    }
}

/// Weights by dimension.
pub fn weights() -> RefOr<Schema> {
    let weight = ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(0)).maximum(Some(100));
    ObjectBuilder::new().schema_type(Type::Object).additional_properties(Some(weight)).into()
}
