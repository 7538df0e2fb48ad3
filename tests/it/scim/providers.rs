//! Whole sequences: assigning somebody, changing them, putting them into groups, taking them away.

use attune::{
    domain::{id::LetterId, letter::LetterState, policy::Role},
    store::{self, event, sign_on},
};
use serde_json::{Value, json};

use super::{Provider, assert_error, id, user_of};
use crate::support::world::{Who, World, newest_events};

const USER: &str = "urn:ietf:params:scim:schemas:core:2.0:User";
const ENTERPRISE: &str = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

#[tokio::test]
async fn okta_assigns_a_person_changes_them_and_takes_them_away() {
    let world = World::new().await;
    let okta = Provider::of(&world).await;

    // The test of the connection, and whether the person is there.
    let list = okta.get("/Users?startIndex=1&count=2").await.assert_status(200).json();
    assert_eq!((list["itemsPerPage"].as_i64(), list["startIndex"].as_i64()), (Some(2), Some(1)));
    assert_eq!(list["totalResults"].as_u64().unwrap(), world.home.everybody().count() as u64);
    assert_eq!(okta.found(r#"userName eq "test.user@okta.local.example""#).await, [] as [Value; 0]);
    // The assignment.
    let made = okta
        .post(
            "/Users",
            json!({
                "schemas": [USER],
                "userName": "test.user@okta.local.example",
                "name": { "givenName": "Test", "familyName": "User" },
                "emails": [{ "primary": true, "value": "test.user@okta.local.example", "type": "work" }],
                "displayName": "Test User",
                "locale": "sv-SE",
                "externalId": "00ujl29u0le5T6Aj10h7",
                "groups": [],
                "password": "1mz050nq",
                "active": true,
            }),
        )
        .await
        .assert_status(201);
    let (location, user) = (made.location().to_owned(), made.json());
    assert!(location.ends_with(&format!("/scim/v2/Users/{}", id(&user))) && user["meta"]["location"] == location);
    assert_eq!(user["name"], json!({ "formatted": "Test User", "givenName": "Test", "familyName": "User" }));
    assert_eq!((&user["active"], &user["externalId"]), (&json!(true), &json!("00ujl29u0le5T6Aj10h7")));
    assert_eq!((&user["groups"], &user["preferredLanguage"]), (&json!([]), &json!("sv")));
    assert!(user.get("password").is_none());
    assert_eq!(subjects(&world, "test.user@okta.local.example").await.len(), 1, "they are invited");
    let path = format!("/Users/{}", id(&user));
    // The profile is pushed: the whole user, read and written back.
    let mut whole = okta.get(&path).await.assert_status(200).json();
    whole["displayName"] = json!("Test Userson");
    whole["name"]["familyName"] = json!("Userson");
    let replaced = okta.put(&path, whole).await.assert_status(200).json();
    assert_eq!(replaced["name"]["familyName"], "Userson");
    assert_eq!(okta.get(&path).await.json(), replaced);
    // The group: found by its name, then given members.
    let groups = okta.get("/Groups?startIndex=1&count=100").await.assert_status(200).json();
    assert_eq!(groups["totalResults"].as_u64().unwrap(), Role::ALL.len() as u64);
    let member = json!([{ "op": "add", "path": "members", "value": [{ "value": id(&user), "display": "x" }] }]);
    okta.patch("/Groups/recruiter", member).await.assert_status(200);
    assert_eq!(okta.roles(&id(&user)).await, ["recruiter"]);
    let renamed = json!([{ "op": "replace", "value": { "id": "recruiter", "displayName": "Recruiter" } }]);
    okta.patch("/Groups/recruiter", renamed).await.assert_status(200);
    let taken = json!([{ "op": "remove", "path": format!("members[value eq \"{}\"]", id(&user)) }]);
    okta.patch("/Groups/recruiter", taken).await.assert_status(200);
    assert_eq!(okta.roles(&id(&user)).await, [] as [String; 0]);
    // The assignment is taken back, and given again.
    let gone = okta.patch(&path, json!([{ "op": "replace", "value": { "active": false } }])).await.assert_status(200);
    assert_eq!(gone.json()["active"], false);
    let back = okta.patch(&path, json!([{ "op": "replace", "value": { "active": true } }])).await.assert_status(200);
    assert_eq!(back.json()["active"], true);
}

#[tokio::test]
async fn entra_matches_a_person_gives_them_a_role_and_soft_deletes_them() {
    let world = World::new().await;
    let entra = Provider::of(&world).await;

    // The test of the connection asks for somebody who cannot be there.
    let nobody = "/Users?filter=userName+eq+%2201a2b3c4-non-existing-user%22";
    let list = entra.get(nobody).await.assert_status(200).json();
    assert_eq!((&list["totalResults"], &list["Resources"]), (&json!(0), &json!([])));
    // Somebody whom an admin has invited already is matched by address, in whatever case.
    let hr = world.who(Role::Hr);
    let known = entra.found(&format!("userName eq \"{}\"", hr.email.to_uppercase())).await;
    assert_eq!(known.iter().map(id).collect::<Vec<_>>(), [hr.id.to_string()]);
    // Somebody new.
    let made = entra
        .post(
            "/Users",
            json!({
                "schemas": [USER, ENTERPRISE],
                "externalId": "0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef",
                "userName": "Test_User_ab6490ee@testuser.example",
                "active": true,
                "displayName": "lennay",
                "emails": [{ "primary": true, "type": "work", "value": "Test_User_fd0ea19b@testuser.example" }],
                "meta": { "resourceType": "User" },
                "name": { "formatted": "givenName familyName", "familyName": "familyName", "givenName": "givenName" },
                "roles": [{ "primary": "True", "value": "interviewer", "display": "Interviewer", "type": "WindowsAzureActiveDirectoryRole" }],
                (ENTERPRISE): { "department": "bob", "manager": { "value": "SuzzyQ" } },
            }),
        )
        .await
        .assert_status(201)
        .json();
    let path = format!("/Users/{}", id(&made));
    assert_eq!(
        entra.found(r#"externalId eq "0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef""#).await,
        std::slice::from_ref(&made)
    );
    assert_eq!(entra.roles(&id(&made)).await, ["interviewer"]);
    // Attributes with capitals in `op`, values as text, and attributes that we do not keep.
    let changed = entra
        .patch(
            &path,
            json!([
                { "op": "Replace", "path": "emails[type eq \"work\"].value", "value": "updatedEmail@microsoft.example" },
                { "op": "Replace", "path": "name.familyName", "value": "updatedFamilyName" },
                { "op": "Add", "path": format!("{ENTERPRISE}:department"), "value": "Support" },
                { "op": "Replace", "path": "userName", "value": "5b50642d-79fc@testuser.example" },
                { "op": "Replace", "path": "roles[primary eq \"True\"].value", "value": "HR" },
            ]),
        )
        .await
        .assert_status(200)
        .json();
    assert_eq!(changed["userName"], "5b50642d-79fc@testuser.example");
    assert_eq!(changed["name"]["formatted"], "givenName updatedFamilyName");
    assert_eq!(entra.roles(&id(&made)).await, ["hr"]);
    // A language is for who has none, and theirs to choose afterwards.
    for sent in ["sv-SE", "en"] {
        let step = json!([{ "op": "Add", "path": "preferredLanguage", "value": sent }]);
        assert_eq!(entra.patch(&path, step).await.assert_status(200).json()["preferredLanguage"], "sv");
    }
    // The group, without the members that would make a long answer.
    let group = "/Groups?excludedAttributes=members&filter=displayName+eq+%22Hiring+manager%22";
    let groups = entra.get(group).await.assert_status(200).json();
    assert_eq!(groups["Resources"].as_array().unwrap().len(), 1);
    assert!(groups["Resources"][0].get("members").is_none() && groups["Resources"][0]["id"] == "hiring_manager");
    let value = json!([{ "$ref": null, "value": id(&made) }]);
    for (operation, roles) in [("Add", &["hiring_manager", "hr"][..]), ("Remove", &["hr"])] {
        let step = json!([{ "op": operation, "path": "members", "value": value }]);
        entra.patch("/Groups/hiring_manager", step).await.assert_status(200);
        assert_eq!(entra.roles(&id(&made)).await, roles);
    }
    // Soft deletion, and thirty days later the real one.
    let disabled = entra.patch(&path, json!([{ "op": "Replace", "path": "active", "value": "False" }])).await;
    assert_eq!(disabled.assert_status(200).json()["active"], false);
    assert_eq!(entra.delete(&path).await.status.as_u16(), 204);
    assert_error(&entra.get(&path).await, 404, None);
    assert_error(&entra.delete(&path).await, 404, None);
    assert_eq!(entra.found(r#"userName eq "5b50642d-79fc@testuser.example""#).await, [] as [Value; 0]);
    // Who comes again is who they were, with what they are given now.
    let again = json!({ "schemas": [USER], "userName": "5b50642D-79fc@testuser.example", "displayName": "Again" });
    let again = entra.post("/Users", again).await.assert_status(201).json();
    assert_eq!((id(&again), &again["active"], &again["groups"]), (id(&made), &json!(true), &json!([])));
}

#[tokio::test]
async fn whoever_is_deactivated_is_out_with_the_next_request_and_the_trail_says_by_whom() {
    let world = World::new().await;
    let provider = Provider::of(&world).await;
    let recruiter = world.who(Role::Recruiter);
    let token = world.token(recruiter).await;
    world.get(recruiter, "/jobs").await.assert_status(200);

    provider.patch(&user_of(recruiter), json!([{ "op": "replace", "path": "active", "value": false }])).await;

    assert!(world.get(recruiter, "/jobs").await.assert_status(303).location().starts_with("/sign-in"));
    world.read(&token, "/jobs").await.assert_status(401);
    let by = trail(&world, 1).await.remove(0);
    assert_eq!((by.action.as_str(), by.object_id), ("member.disabled", Some(recruiter.id.0)));
    assert_eq!(by.member_id, Some(world.who(Role::Admin).id));
    assert_eq!(by.detail["api_tokens_revoked"], 1);
    // A role that is taken is gone as soon.
    let hr = world.who(Role::Hr);
    world.get(hr, "/records").await.assert_status(200);
    let path = format!("members[value eq \"{}\"]", hr.id);
    provider.patch("/Groups/hr", json!([{ "op": "remove", "path": path }])).await.assert_status(200);
    world.get(hr, "/records").await.assert_status(403);
    assert_eq!(trail(&world, 1).await[0].action, "member.roles_changed");
}

#[tokio::test]
async fn the_last_admin_and_the_one_who_breaks_the_glass_cannot_be_locked_out() {
    let world = World::new().await;
    let provider = Provider::of(&world).await;
    let admin = world.who(Role::Admin);
    let out = |who: &Who| {
        let who = who.clone();
        vec![
            ("PATCH", user_of(&who), json!([{ "op": "replace", "path": "active", "value": false }])),
            ("PATCH", user_of(&who), json!([{ "op": "remove", "path": "roles[value eq \"admin\"]" }])),
            (
                "PATCH",
                "/Groups/admin".to_owned(),
                json!([{ "op": "remove", "path": format!("members[value eq \"{}\"]", who.id) }]),
            ),
            ("PATCH", "/Groups/admin".to_owned(), json!([{ "op": "replace", "path": "members", "value": [] }])),
            ("PUT", user_of(&who), json!({ "userName": who.email, "active": false })),
            ("PUT", "/Groups/admin".to_owned(), json!({ "displayName": "Admin", "members": [] })),
            ("DELETE", user_of(&who), Value::Null),
        ]
    };
    let refused = async |provider: &Provider<'_>, attempts: Vec<(&str, String, Value)>| {
        for (method, path, body) in attempts {
            let answer = match method {
                "PATCH" => provider.patch(&path, body).await,
                "PUT" => provider.put(&path, body).await,
                _ => provider.delete(&path).await,
            };
            assert_error(&answer, 400, Some("mutability"));
        }
    };

    refused(&provider, out(admin)).await;

    // With another admin the first may go, unless they are the one for the day on which the provider fails.
    let other = world.member(&world.home, "Olga Other", &[Role::Admin]).await;
    let keeper = Provider { world: &world, token: world.token(&other).await };
    let mut conn = world.conn().await;
    let glass = sign_on::Provider {
        org_id: admin.org,
        issuer: "https://idp.example".to_owned(),
        client_id: "attune".to_owned(),
        sealed_secret: Vec::new(),
        enforced: true,
        break_glass_member_id: Some(admin.id),
        changed_at: world.now().into(),
    };
    sign_on::put_provider(&mut conn, &glass).await.unwrap();
    drop(conn);
    let first = out(admin).into_iter().filter(|(_, path, body)| path != "/Groups/admin" || body[0]["op"] == "remove");
    refused(&keeper, first.collect()).await;
    let moved = json!([{ "op": "replace", "path": "userName", "value": "mallory@evil.example" }]);
    assert_error(&keeper.patch(&user_of(admin), moved).await, 400, Some("mutability"));
    world.get(admin, "/members").await.assert_status(200);
    // Where the provider signs everybody in, whoever is made new needs no password and gets no invitation.
    let new = json!({ "userName": "new@nordlys.example", "displayName": "New" });
    keeper.post("/Users", new).await.assert_status(201);
    assert_eq!(subjects(&world, "new@nordlys.example").await, [] as [String; 0]);
}

#[tokio::test]
async fn what_cannot_be_taken_is_refused_in_the_words_of_the_standard() {
    let world = World::new().await;
    let provider = Provider::of(&world).await;
    let taken = world.who(Role::Hr).email.clone();
    let user = user_of(world.who(Role::Interviewer));

    for (body, status, kind) in [
        (json!({ "userName": taken }), 409, "uniqueness"),
        (json!({ "displayName": "Nobody" }), 400, "invalidValue"),
        (json!({ "userName": "no address" }), 400, "invalidValue"),
        (json!({ "userName": "a@b.example", "displayName": "a\nb" }), 400, "invalidValue"),
        (json!({ "userName": "a@b.example", "displayName": "a\0b" }), 400, "invalidValue"),
        (json!({ "userName": "a@b.example", "displayName": "x".repeat(121) }), 400, "invalidValue"),
        (json!({ "userName": "a@b.example", "roles": ["owner"] }), 400, "invalidValue"),
        (json!({ "userName": "a@b.example", "active": 1 }), 400, "invalidValue"),
    ] {
        assert_error(&provider.post("/Users", body).await, status, Some(kind));
    }
    let other = json!([{ "op": "replace", "path": "userName", "value": taken }]);
    assert_error(&provider.patch(&user, other).await, 409, Some("uniqueness"));
    let both = json!([{ "op": "replace", "path": "displayName", "value": "Changed" }, { "op": "replace", "path": "active", "value": "?" }]);
    assert_error(&provider.patch(&user, both).await, 400, Some("invalidValue"));
    assert_eq!(provider.get(&user).await.json()["displayName"], "interviewer", "all of it, or nothing");
    assert_error(&provider.patch(&user, json!([{ "op": "remove", "path": "a b" }])).await, 400, Some("invalidPath"));
    for filter in ["userName+co+%22a%22", "userName+eq+%22a%22+or+active+eq+true", "title+eq+%22x%22", "'"] {
        assert_error(&provider.get(&format!("/Users?filter={filter}")).await, 400, Some("invalidFilter"));
    }
    for (name, status, kind) in [("Interviewer", 409, "uniqueness"), ("Everybody", 400, "mutability")] {
        assert_error(&provider.post("/Groups", json!({ "displayName": name })).await, status, Some(kind));
    }
    let renamed = json!([{ "op": "replace", "path": "displayName", "value": "Owners" }]);
    assert_error(&provider.patch("/Groups/admin", renamed).await, 400, Some("mutability"));
    assert_error(&provider.delete("/Groups/hr").await, 400, Some("mutability"));
    assert_error(&provider.get("/Groups/owner").await, 404, None);
    assert_error(&provider.get("/Users/1").await, 404, None);
    assert_error(&provider.get("/Nothing").await, 404, None);
    assert_error(&provider.put("/Users", json!({})).await, 405, None);
    let stranger = world.neighbour.who(Role::Hr).id.to_string();
    for id in [stranger, uuid::Uuid::now_v7().to_string()] {
        let step = json!([{ "op": "add", "path": "members", "value": [{ "value": id }] }]);
        assert_error(&provider.patch("/Groups/hr", step).await, 400, Some("invalidValue"));
    }
}

#[tokio::test]
async fn a_list_comes_in_pages_within_bounds() {
    let world = World::new().await;
    for number in 0..7 {
        world.member(&world.home, &format!("Member {number}"), &[Role::Interviewer]).await;
    }
    let provider = Provider::of(&world).await;
    let page = async |query: &str| {
        let list = provider.get(&format!("/Users?{query}")).await.assert_status(200).json();
        let ids: Vec<String> = list["Resources"].as_array().unwrap().iter().map(id).collect();
        assert_eq!((list["totalResults"].as_u64(), list["itemsPerPage"].as_u64()), (Some(12), Some(ids.len() as u64)));
        ids
    };

    let all = page("").await;
    let mut gathered = Vec::new();
    for first in [1, 6, 11, 16] {
        gathered.extend(page(&format!("startIndex={first}&count=5")).await);
    }

    assert_eq!((all.len(), &gathered), (12, &all), "each once, in the same order");
    assert_eq!(page("count=0").await.len(), 0);
    assert_eq!(page("startIndex=-3&count=1000000").await, all);
    assert_error(&provider.get("/Users?count=ten").await, 400, Some("invalidValue"));
    let few = provider.get("/Users?attributes=userName,name.familyName&count=1").await.json();
    let mut keys: Vec<&String> = few["Resources"][0].as_object().unwrap().keys().collect();
    keys.sort();
    assert_eq!(keys, ["id", "name", "schemas", "userName"]);
}

#[tokio::test]
async fn a_provider_reads_what_there_is_and_what_it_can_do() {
    let world = World::new().await;
    let provider = Provider::of(&world).await;

    let config = provider.get("/ServiceProviderConfig").await.assert_status(200);
    assert_eq!(config.header("content-type"), "application/scim+json");
    assert_eq!(
        (&config.json()["patch"]["supported"], &config.json()["filter"]["maxResults"]),
        (&json!(true), &json!(200))
    );
    for (path, names) in
        [("/ResourceTypes", ["User", "Group"]), ("/Schemas", [USER, "urn:ietf:params:scim:schemas:core:2.0:Group"])]
    {
        let list = provider.get(path).await.assert_status(200).json();
        let ids: Vec<String> = list["Resources"].as_array().unwrap().iter().map(id).collect();
        assert_eq!(ids, names);
        for (name, found) in names.iter().zip(list["Resources"].as_array().unwrap()) {
            assert_eq!(&provider.get(&format!("{path}/{name}")).await.assert_status(200).json(), found);
        }
        assert_error(&provider.get(&format!("{path}/Nothing")).await, 404, None);
    }
    // Whatever a user shows stands in its schema.
    let schema = provider.get(&format!("/Schemas/{USER}")).await.json();
    let described: Vec<&str> =
        schema["attributes"].as_array().unwrap().iter().map(|attribute| attribute["name"].as_str().unwrap()).collect();
    let user = provider.get(&user_of(world.who(Role::Hr))).await.json();
    for key in user.as_object().unwrap().keys().filter(|key| !["schemas", "id", "meta"].contains(&key.as_str())) {
        assert!(described.contains(&key.as_str()), "{key}");
    }
}

/// The subjects of the letters to an address.
async fn subjects(world: &World, address: &str) -> Vec<String> {
    let scope = world.who(Role::Admin).scope();
    let mut conn = world.conn().await;
    let all = store::letter::list(&mut conn, &scope, LetterState::ALL, None::<LetterId>, 100).await.unwrap();
    all.items.into_iter().filter(|letter| letter.to_address == address).map(|letter| letter.subject).collect()
}

async fn trail(world: &World, lines: i64) -> Vec<event::Event> {
    newest_events(&mut *world.conn().await, &world.who(Role::Admin).scope(), lines).await
}
