//! A job that can be compared: two candidates, each met by the same two interviewers.

use attune::{
    domain::{id::AmendmentId, medium::Medium, policy::Role},
    store::{
        job::Job,
        round::Round,
        scorecard::{Amendment, Scorecard},
    },
};
use diesel_async::RunQueryDsl;

use crate::support::{
    scenario::{Applied, DIMENSIONS},
    world::{Home, Who, World},
};

pub struct Shortlist {
    pub job: Job,
    pub round: Round,
    pub amara: Applied,
    pub wei: Applied,
    pub kim: Who,
    /// Amara by Kim, Amara by Tove, Wei by Kim, Wei by Tove.
    pub scorecards: Vec<Scorecard>,
}

impl Shortlist {
    pub async fn new(world: &World) -> Shortlist {
        Shortlist::of(world, &world.home).await
    }

    pub async fn of(world: &World, home: &Home) -> Shortlist {
        let job = world.job(home, "Customer support agent").await;
        let round = world.round(&job, 1, Medium::Video, &DIMENSIONS).await;
        let kim = world.member(home, "Kim Berg", &[Role::Interviewer]).await;
        let tove = world.member(home, "Tove Lind", &[Role::Interviewer]).await;
        let amara = world.candidate(&job, "Amara Okafor").await;
        let wei = world.candidate(&job, "Li Wei").await;
        let mut scorecards = Vec::new();
        for (applied, points) in [(&amara, ["5", "4"]), (&wei, ["2", "2"])] {
            let interview = world.interview(applied, &round, &[&kim, &tove]).await;
            for (seat, points) in interview.seats.iter().zip(points) {
                scorecards.push(world.submitted(seat, &ratings(points)).await);
            }
        }
        Shortlist { job, round, amara, wei, kim, scorecards }
    }

    pub fn page(&self) -> String {
        format!("/jobs/{}/comparison", self.job.id)
    }

    /// Kim thinks again about Amara's listening.
    pub async fn amend(&self, world: &World, score: i16) {
        let amendment = Amendment {
            org_id: self.job.org_id,
            id: AmendmentId::new(),
            scorecard_id: self.scorecards[0].id,
            dimension: "listening".into(),
            score: Some(score),
            not_enough_evidence: false,
            reason: "Read the notes again".into(),
            member_id: self.kim.id,
            at: world.now().into(),
        };
        let mut conn = world.conn().await;
        attune::store::scorecard::insert_amendment(&mut conn, &amendment).await.unwrap();
    }
}

/// The same points on every dimension, with a note.
pub fn ratings(points: &str) -> Vec<(&'static str, &str, &'static str)> {
    DIMENSIONS.iter().map(|dimension| (*dimension, points, "Asked what the caller had tried")).collect()
}

#[derive(diesel::QueryableByName)]
struct Digest {
    #[diesel(sql_type = diesel::sql_types::Nullable<diesel::sql_types::Text>)]
    digest: Option<String>,
}

/// What the tables of the organisations hold, in one number: two are alike when no row has changed.
pub async fn contents(world: &World) -> String {
    let mut conn = world.conn().await;
    let mut all = String::new();
    for table in ["jobs", "scorecards", "ratings", "amendments", "decisions", "summaries", "letters", "events"] {
        let sql = format!("SELECT md5(string_agg(t::text, '' ORDER BY t::text)) AS digest FROM {table} t");
        let found: Digest = diesel::sql_query(sql).get_result(&mut conn).await.unwrap();
        all += &format!("{table} {}\n", found.digest.unwrap_or_default());
    }
    all
}

/// How many rows a table has.
pub async fn count(world: &World, table: &str) -> i64 {
    #[derive(diesel::QueryableByName)]
    struct Count {
        #[diesel(sql_type = diesel::sql_types::BigInt)]
        count: i64,
    }
    let sql = format!("SELECT count(*) AS count FROM {table}");
    let mut conn = world.conn().await;
    let found: Count = diesel::sql_query(sql).get_result(&mut conn).await.unwrap();
    found.count
}

/// A hidden field of the page's form.
pub fn hidden_field(answer: &crate::support::world::Answer, name: &str) -> String {
    let selector = scraper::Selector::parse(&format!("input[name=\"{name}\"]")).unwrap();
    let html = answer.html();
    let field = html.select(&selector).next().expect("the field");
    field.value().attr("value").unwrap_or_default().to_owned()
}
