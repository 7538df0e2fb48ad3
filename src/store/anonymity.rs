//! Whom a member must not know by name.

use std::collections::HashMap;

use diesel::sql_types::{BigInt, Nullable, Text, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;

use super::{
    Conn, Scope,
    job::VISIBLE,
    statement::{Bind, Statement},
};
use crate::{
    domain::{
        anonymity::{Cover, label},
        id::CandidateId,
        policy::Reach,
    },
    error::Result,
};

/// When a decision ends the anonymity of application `a`: every one but on hold.
pub(super) const DECIDED: &str = "EXISTS (SELECT FROM decisions d
  WHERE d.org_id = a.org_id AND d.application_id = a.id AND d.outcome <> 'on_hold')";

/// The candidates whom a member must not know by name, with the label that each has.
#[derive(Clone, Debug, Default)]
pub struct Hidden {
    labels: HashMap<CandidateId, String>,
    pub cover: Cover,
}

impl Hidden {
    pub fn label(&self, candidate: CandidateId) -> Option<&str> {
        self.labels.get(&candidate).map(String::as_str)
    }
}

/// The candidates of anonymised jobs in the member's reach about whom nothing is decided and whom the member does not meet, with labels in the organisation's language. Asked
/// for members from whom names are hidden ([`crate::domain::anonymity::hides_from`]).
pub async fn hidden(conn: &mut Conn, scope: &Scope, language: &str) -> Result<Hidden> {
    let sql = format!(
        "WITH ranked AS (
           SELECT a.org_id, a.id, a.candidate_id,
             row_number() OVER (PARTITION BY a.job_id ORDER BY a.created_at, reverse(a.id::text) COLLATE \"C\") AS number
           FROM jobs j JOIN applications a ON a.org_id = j.org_id AND a.job_id = j.id
           WHERE j.org_id = $1 AND j.anonymised AND {VISIBLE}
         )
         SELECT DISTINCT ON (a.candidate_id) a.candidate_id, a.number, c.name, c.email, c.phone
         FROM ranked a JOIN candidates c ON c.org_id = a.org_id AND c.id = a.candidate_id
         WHERE NOT {DECIDED} AND NOT EXISTS (
           SELECT FROM applications b
           JOIN interviews i ON i.org_id = b.org_id AND i.application_id = b.id
           JOIN seats s ON s.org_id = i.org_id AND s.interview_id = i.id
           WHERE b.org_id = a.org_id AND b.candidate_id = a.candidate_id AND s.member_id = $2)
         ORDER BY a.candidate_id, a.id"
    );
    let binds = vec![
        Bind::Uuid(scope.org.0),
        Bind::Uuid(scope.member.0),
        Bind::Bool(scope.blind),
        Bind::Bool(scope.reach == Reach::All),
    ];
    type Row = (SqlUuid, BigInt, Text, Nullable<Text>, Nullable<Text>);
    type Person = (CandidateId, i64, String, Option<String>, Option<String>);
    let rows = Statement::<Row>::new(sql, binds).load::<Person>(conn).await?;
    let mut hidden = Hidden::default();
    for (candidate, number, name, email, phone) in rows {
        let label = label(language, usize::try_from(number - 1).unwrap_or_default());
        hidden.cover.add(&label, &name, email.as_deref(), phone.as_deref());
        hidden.labels.insert(candidate, label);
    }
    Ok(hidden)
}
