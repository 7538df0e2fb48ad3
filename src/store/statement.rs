//! Our own SQL, whole or as a part of a query in diesel's words, whose prepared form is kept: diesel forgets that of `UPDATE`,
//! `ON CONFLICT`, `sql_query` and of whatever has a `dsl::sql` in it, and Postgres plans it anew each time.

use std::{borrow::Cow, marker::PhantomData};

use diesel::{
    expression::{AppearsOnTable, Expression, SelectableExpression, TypedExpressionType, ValidGrouping, is_aggregate},
    pg::Pg,
    prelude::QueryResult,
    query_builder::{AstPass, Query, QueryFragment, QueryId},
    sql_types::{Array, BigInt, Bool, Bytea, Integer, Jsonb, Nullable, SmallInt, Text, Timestamptz, Uuid as SqlUuid},
};

/// A fixed text with the placeholders `$1`, `$2`, … and the values for them, in this order. Rows come as `ST`; so does the
/// value, where it stands for a column or a condition in a query of diesel's: an `OR` then brings its own brackets.
#[derive(Clone)]
pub struct Statement<ST> {
    sql: Cow<'static, str>,
    binds: Vec<Bind>,
    rows: PhantomData<ST>,
}

/// A value for a placeholder.
#[derive(Clone, Debug)]
pub enum Bind {
    Uuid(uuid::Uuid),
    OptionalUuid(Option<uuid::Uuid>),
    Uuids(Vec<uuid::Uuid>),
    Text(String),
    OptionalText(Option<String>),
    Texts(Vec<String>),
    Number(i64),
    OptionalSmall(Option<i16>),
    Int(i32),
    Bool(bool),
    Bytes(Vec<u8>),
    Json(serde_json::Value),
    Time(jiff_diesel::Timestamp),
}

impl<ST> Statement<ST> {
    pub fn new(sql: impl Into<Cow<'static, str>>, binds: Vec<Bind>) -> Statement<ST> {
        Statement { sql: sql.into(), binds, rows: PhantomData }
    }
}

impl<ST> QueryFragment<Pg> for Statement<ST> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        // diesel numbers the placeholders itself, so a value that stands twice is sent twice.
        let mut pieces = self.sql.split('$');
        out.push_sql(pieces.next().unwrap_or_default());
        for piece in pieces {
            let digits = piece.bytes().take_while(u8::is_ascii_digit).count();
            let (number, rest) = piece.split_at(digits);
            // The root of a path into JSON.
            if number.is_empty() {
                out.push_sql("$");
                out.push_sql(rest);
                continue;
            }
            let bind = number.parse::<usize>().ok().and_then(|number| self.binds.get(number.checked_sub(1)?));
            let bind =
                bind.ok_or_else(|| diesel::result::Error::QueryBuilderError("a placeholder without a value".into()))?;
            bind.push(&mut out)?;
            out.push_sql(rest);
        }
        Ok(())
    }
}

impl Bind {
    fn push<'b>(&'b self, out: &mut AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        match self {
            Bind::Uuid(value) => out.push_bind_param::<SqlUuid, _>(value),
            Bind::OptionalUuid(value) => out.push_bind_param::<Nullable<SqlUuid>, _>(value),
            Bind::Uuids(value) => out.push_bind_param::<Array<SqlUuid>, _>(value),
            Bind::Text(value) => out.push_bind_param::<Text, _>(value),
            Bind::OptionalText(value) => out.push_bind_param::<Nullable<Text>, _>(value),
            Bind::Texts(value) => out.push_bind_param::<Array<Text>, _>(value),
            Bind::Number(value) => out.push_bind_param::<BigInt, _>(value),
            Bind::Int(value) => out.push_bind_param::<Integer, _>(value),
            Bind::OptionalSmall(value) => out.push_bind_param::<Nullable<SmallInt>, _>(value),
            Bind::Bool(value) => out.push_bind_param::<Bool, _>(value),
            Bind::Bytes(value) => out.push_bind_param::<Bytea, _>(value),
            Bind::Json(value) => out.push_bind_param::<Jsonb, _>(value),
            Bind::Time(value) => out.push_bind_param::<Timestamptz, _>(value),
        }
    }
}

/// Kept by its text: no static id.
impl<ST> QueryId for Statement<ST> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<ST> Query for Statement<ST> {
    type SqlType = ST;
}

impl<ST: TypedExpressionType> Expression for Statement<ST> {
    type SqlType = ST;
}

impl<ST, Source> AppearsOnTable<Source> for Statement<ST> where Statement<ST>: Expression {}

impl<ST, Source> SelectableExpression<Source> for Statement<ST> where Statement<ST>: Expression {}

impl<ST, GroupBy> ValidGrouping<GroupBy> for Statement<ST> {
    type IsAggregate = is_aggregate::Never;
}
