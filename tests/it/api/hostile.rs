//! What nobody should send gets a clear answer.

use attune::domain::policy::Role;

use super::assert_problem;
use crate::support::world::World;

#[tokio::test]
async fn an_unknown_address_is_a_problem_too() {
    let world = World::new().await;
    let token = world.token_of(Role::Admin).await;

    for path in ["/nothing", "/jobs/", "/jobs/not-an-id", "/jobs/..%2f..", "//jobs", ""] {
        assert_problem(&world.read(&token, path).await, 404, "not_found");
    }
}

#[tokio::test]
async fn a_query_is_read_strictly() {
    let world = World::new().await;
    let token = world.token_of(Role::Admin).await;

    for query in [
        "limit=0",
        "limit=201",
        "limit=many",
        "limit=-1",
        "after=nonsense",
        "after=bnVsbA",
        "state=ajar",
        "stat=open",
        "state=%00",
    ] {
        let answer = world.read(&token, &format!("/jobs?{query}")).await;
        assert_problem(&answer, 422, "invalid");
        assert_eq!(answer.json()["errors"].as_array().unwrap().len(), 1, "{query}");
    }
    for query in ["search=%00", "search=a%0bb", "after=WyJcdTAwMDAiLCIwMTkwMDAwMC0wMDAwLTcwMDAtODAwMC0wMDAwMDAwMDAwMDAiXQ"] {
        assert_problem(&world.read(&token, &format!("/candidates?{query}")).await, 422, "invalid");
    }
    let swedish = format!("/candidates?search={}", "%C3%A5".repeat(121));
    assert_problem(&world.read(&token, &swedish).await, 422, "invalid");
}
