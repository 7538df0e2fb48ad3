//! Ids: UUID version 7 behind one type per noun, so that a candidate's id cannot stand where a job's belongs.

use diesel::{
    backend::Backend, deserialize, deserialize::FromSql, deserialize::FromSqlRow, expression::AsExpression, pg::Pg,
    serialize, serialize::Output, serialize::ToSql, sql_types,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, AsExpression, FromSqlRow)]
        #[diesel(sql_type = sql_types::Uuid)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            /// A new id: its first bits are the time, the other 74 are random.
            #[expect(clippy::new_without_default, reason = "every call gives another id")]
            pub fn new() -> Self {
                Self(Uuid::now_v7())
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, uuid::Error> {
                text.parse().map(Self)
            }
        }

        impl FromSql<sql_types::Uuid, Pg> for $name {
            fn from_sql(bytes: <Pg as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
                FromSql::<sql_types::Uuid, Pg>::from_sql(bytes).map(Self)
            }
        }

        impl ToSql<sql_types::Uuid, Pg> for $name {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
                ToSql::<sql_types::Uuid, Pg>::to_sql(&self.0, out)
            }
        }
    )+};
}

ids! {
    OrgId, MemberId, SessionId, SecretLinkId, ApiTokenId, RecoveryCodeId, HandoverId, PasskeyId,
    RubricId, RubricVersionId, JobId, RoundId, CandidateId, ApplicationId, ImportId,
    QuestionId, InterviewId, SeatId, SeatLinkId, ScorecardId, ConflictId, AmendmentId,
    DebriefId, DecisionId, SummaryId, LetterId,
}
