//! Members, invitations, forgotten passwords, my account and the organisation's settings.

use std::time::{Duration, Instant};

use attune::{
    domain::{
        id::{ApiTokenId, LetterId, MemberId, SessionId},
        policy::Role,
        secret_link::SecretPurpose,
    },
    i18n::Locale,
    store::{self, event, letter, member, organisation},
    usecases::{
        organisation::{NewOrganisation, create},
        secret_link::mint,
    },
};
use jiff::SignedDuration;

use crate::support::world::{Answer, Home, PASSWORD, Who, World, newest_events};

const NEW_PASSWORD: &str = "blue heron on thursday";

const INVITED: &[(&str, &str)] =
    &[("name", "Jonas Berg"), ("email", "jonas@nordlys.example"), ("roles", "recruiter"), ("locale", "sv")];

// Members

#[actix_web::test]
async fn an_invited_member_gets_a_letter_and_joins_by_its_link_once() {
    let world = World::new().await;
    let admin = world.who(Role::Admin);

    let answer = world.post(admin, "/members", INVITED).await.assert_status(303);
    let id = invited_id(&answer);
    world.get(admin, answer.location()).await.assert_status(200).assert_says("The invitation is on its way.");

    let letters = letters_to(&world, &world.home, "jonas@nordlys.example").await;
    assert_eq!(letters.len(), 1);
    assert_eq!(letters[0].kind, "invitation");
    assert!(letters[0].subject.starts_with("admin bjuder in dig"), "{}", letters[0].subject);

    let link = minted(&world, &world.home, id, SecretPurpose::Invitation).await;
    let page = world.get(None, &link).await.assert_status(200).assert_says("Nordlys Support AB");
    page.assert_says("jonas@nordlys.example");
    let joined = world.post(None, &link, &password(NEW_PASSWORD)).await.assert_status(303);
    assert_eq!(joined.location(), "/");
    assert!(joined.header("set-cookie").contains("HttpOnly"));

    let again = world.post(None, &link, &password("another long password")).await.assert_status(410);
    again.assert_says("This invitation no longer works");
    assert_signs_in(&world, "jonas@nordlys.example", NEW_PASSWORD).await;
    assert_eq!(
        actions(&world, &world.home, 5).await,
        ["session.started", "session.started", "member.joined", "member.invited"]
    );
}

#[actix_web::test]
async fn a_link_that_was_used_expired_or_never_was_gets_the_same_answer() {
    let world = World::new().await;
    let admin = world.who(Role::Admin);
    let id = invited_id(&world.post(admin, "/members", INVITED).await);
    let old = minted(&world, &world.home, id, SecretPurpose::Invitation).await;
    world.clock.advance(SignedDuration::from_hours(7 * 24 + 1));
    let used = minted(&world, &world.home, id, SecretPurpose::Invitation).await;
    let other = minted(&world, &world.home, id, SecretPurpose::Invitation).await;
    world.post(None, &used, &password(NEW_PASSWORD)).await.assert_status(303);
    let reset = minted(&world, &world.home, id, SecretPurpose::PasswordReset)
        .await
        .replace("/password-resets/", "/invitations/");

    let never = world.get(None, "/invitations/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA").await.assert_status(410);
    for link in [&old, &used, &other, &reset, "/invitations/x", "/invitations/%00"] {
        let answer = world.get(None, link).await.assert_status(410);
        assert_eq!(answer.bytes, never.bytes, "{link}");
        world.post(None, link, &password(NEW_PASSWORD)).await.assert_status(410);
    }
}

#[actix_web::test]
async fn an_invitation_can_be_sent_again_until_it_is_taken() {
    let world = World::new().await;
    let admin = world.who(Role::Admin);
    let id = invited_id(&world.post(admin, "/members", INVITED).await);
    let again = format!("/members/{id}/invitation");

    world.post(admin, &again, &[]).await.assert_status(303);
    assert_eq!(letters_to(&world, &world.home, "jonas@nordlys.example").await.len(), 2);

    let link = minted(&world, &world.home, id, SecretPurpose::Invitation).await;
    world.post(None, &link, &password(NEW_PASSWORD)).await.assert_status(303);
    world.post(admin, &again, &[]).await.assert_status(409).assert_says("has already joined");
    assert_eq!(letters_to(&world, &world.home, "jonas@nordlys.example").await.len(), 2);
}

#[actix_web::test]
async fn an_invitation_says_everything_that_is_missing_and_keeps_what_was_typed() {
    let world = World::new().await;
    let admin = world.who(Role::Admin);

    let empty = world.post(admin, "/members", &[("name", "Jonas \u{202e}Berg"), ("email", "jonas")]).await;
    let empty = empty.assert_status(422).assert_says("Enter an address").assert_says("Choose at least one role");
    assert!(empty.text().contains("value=\"jonas\""));

    let taken = [("name", "Twice"), ("email", "RECRUITER@nordlys.example"), ("roles", "hr"), ("locale", "en")];
    let taken = world.post(admin, "/members", &taken).await;
    taken.assert_status(422).assert_says("Somebody in this organisation already has this address");

    let neighbours = [("name", "Both"), ("email", "recruiter@fjordbank.example"), ("roles", "hr"), ("locale", "en")];
    world.post(admin, "/members", &neighbours).await.assert_status(303);
    let odd = [("name", "Odd"), ("email", "odd@nordlys.example"), ("roles", "owner"), ("locale", "en")];
    world.post(admin, "/members", &odd).await.assert_status(422).assert_says("Choose one of the options");
}

#[actix_web::test]
async fn names_are_shown_as_the_text_they_are() {
    let world = World::new().await;
    let admin = world.who(Role::Admin);
    let fields =
        [("name", "<script>alert(1)</script>"), ("email", "x@nordlys.example"), ("roles", "hr"), ("locale", "en")];

    let answer = world.post(admin, "/members", &fields).await.assert_status(303);

    for path in ["/members", answer.location()] {
        world.get(admin, path).await.assert_status(200).assert_silent_about("<script>alert");
    }
}

#[actix_web::test]
async fn other_roles_hold_from_the_next_request() {
    let world = World::new().await;
    let (admin, interviewer) = (world.who(Role::Admin), world.who(Role::Interviewer));
    world.get(interviewer, "/members").await.assert_status(403);

    let roles = format!("/members/{}/roles", interviewer.id);
    world.post(admin, &roles, &[("roles", "interviewer"), ("roles", "admin")]).await.assert_status(303);
    world.get(interviewer, "/members").await.assert_status(200);

    world.post(interviewer, &format!("/members/{}/roles", admin.id), &[("roles", "hr")]).await.assert_status(303);
    world.get(admin, "/members").await.assert_status(403);
    world.post(interviewer, &roles, &[]).await.assert_status(422).assert_says("Choose at least one role");
    let trail = trail(&world, &world.home, 1).await;
    assert_eq!(trail[0].action, "member.roles_changed");
    assert_eq!(trail[0].detail, serde_json::json!({ "from": ["admin"], "to": ["hr"], "own_jobs_only": false }));
}

#[actix_web::test]
async fn the_last_admin_who_can_sign_in_stays_admin() {
    let world = World::new().await;
    let admin = world.who(Role::Admin);
    let (roles, disablement) = (format!("/members/{}/roles", admin.id), format!("/members/{}/disablement", admin.id));

    let refused = world.post(admin, &roles, &[("roles", "hr")]).await.assert_status(409);
    refused.assert_says("This is the last admin who can sign in.");
    world.post(admin, &disablement, &[]).await.assert_status(409).assert_says("the last admin");

    // Somebody who was invited as an admin cannot sign in yet, so does not count.
    let second = [("name", "Second"), ("email", "second@nordlys.example"), ("roles", "admin"), ("locale", "en")];
    let id = invited_id(&world.post(admin, "/members", &second).await);
    world.post(admin, &roles, &[("roles", "hr")]).await.assert_status(409);

    let link = minted(&world, &world.home, id, SecretPurpose::Invitation).await;
    world.post(None, &link, &password(NEW_PASSWORD)).await.assert_status(303);
    world.post(admin, &disablement, &[]).await.assert_status(409).assert_says("You cannot disable yourself");
    world.post(admin, &roles, &[("roles", "hr")]).await.assert_status(303);
}

#[actix_web::test]
async fn a_disabled_member_is_out_with_the_next_request_and_comes_back_when_enabled() {
    let world = World::new().await;
    let (admin, recruiter) = (world.who(Role::Admin), world.who(Role::Recruiter));
    let reset = minted(&world, &world.home, recruiter.id, SecretPurpose::PasswordReset).await;
    let token = made_token(&world, recruiter).await;
    world.get(recruiter, "/account").await.assert_status(200);

    world.post(admin, &format!("/members/{}/disablement", recruiter.id), &[]).await.assert_status(303);

    world.get(recruiter, "/account").await.assert_status(303);
    world.get(None, &reset).await.assert_status(410);
    world.post(None, "/sign-in", &[("email", &recruiter.email), ("password", PASSWORD)]).await.assert_status(409);
    assert!(!token_works(&world, &token).await);
    world.get(admin, "/members").await.assert_says("Disabled");

    world.post(admin, &format!("/members/{}/enablement", recruiter.id), &[]).await.assert_status(303);

    world.get(recruiter, "/account").await.assert_status(303);
    assert_signs_in(&world, &recruiter.email, PASSWORD).await;
    assert!(!token_works(&world, &token).await, "a revoked token does not come back");
    world.get(None, &reset).await.assert_status(410);
}

#[actix_web::test]
async fn the_neighbours_member_answers_exactly_as_a_member_who_never_was() {
    let world = World::new().await;
    let admin = world.who(Role::Admin);
    let theirs = world.neighbour.who(Role::Recruiter);
    let nobody = MemberId::new();

    let page = |id: MemberId| format!("/members/{id}");
    let (known, unknown) = (world.get(admin, &page(theirs.id)).await, world.get(admin, &page(nobody)).await);
    assert_eq!((known.status, &known.bytes), (unknown.status, &unknown.bytes));
    known.assert_status(404);
    for verb in ["roles", "invitation", "disablement", "enablement"] {
        let fields: &[(&str, &str)] = if verb == "roles" { &[("roles", "hr")] } else { &[] };
        let known = world.post(admin, &format!("/members/{}/{verb}", theirs.id), fields).await;
        let unknown = world.post(admin, &format!("/members/{nobody}/{verb}"), fields).await;
        assert_eq!((known.status, &known.bytes), (unknown.status, &unknown.bytes), "{verb}");
        known.assert_status(404);
    }

    let theirs = world.neighbour.who(Role::Recruiter);
    let mut conn = world.conn().await;
    let after = member::find(&mut conn, &theirs.scope(), theirs.id).await.unwrap();
    assert!(after.is_active() && after.roles == [Role::Recruiter]);
    world.get(admin, "/members").await.assert_silent_about("fjordbank");
}

#[actix_web::test]
async fn only_admins_manage_members_and_the_organisation() {
    let world = World::new().await;
    let target = world.who(Role::Interviewer).id;

    for role in [Role::Recruiter, Role::HiringManager, Role::Interviewer, Role::Hr] {
        let who = world.who(role);
        for path in ["/members", "/members/new", "/settings", &format!("/members/{target}")] {
            world.get(who, path).await.assert_status(403);
        }
        for path in
            ["/members", "/settings", &format!("/members/{target}/roles"), &format!("/members/{target}/disablement")]
        {
            world.post(who, path, &[]).await.assert_status(403);
        }
    }
    for path in ["/members", "/account", "/sessions", "/api-tokens", "/settings"] {
        assert!(world.get(None, path).await.assert_status(303).location().starts_with("/sign-in"));
    }
}

#[actix_web::test]
async fn two_hundred_members_come_fifty_at_a_time_each_once() {
    let world = World::new().await;
    let admin = world.who(Role::Admin);
    let mut conn = world.conn().await;
    let like = member::find(&mut conn, &admin.scope(), admin.id).await.unwrap();
    for number in 0..195 {
        let new = store::member::Member {
            id: MemberId::new(),
            email: format!("m{number}@nordlys.example"),
            // Every name four times, so that pages end between people of the same name.
            name: format!("Member {:02}", number / 4),
            ..like.clone()
        };
        member::insert(&mut conn, &new).await.unwrap();
    }

    let (mut seen, mut path, mut pages) = (Vec::new(), "/members".to_owned(), 0);
    loop {
        let page = world.get(admin, &path).await.assert_status(200);
        pages += 1;
        seen.extend(hrefs(&page, "th a"));
        match hrefs(&page, "a[rel=next]").pop() {
            Some(next) => path = next,
            None => break,
        }
    }

    assert_eq!((pages, seen.len()), (4, 200));
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 200);
}

// Forgotten passwords

#[actix_web::test]
async fn an_unknown_address_gets_the_same_answer_in_the_same_time() {
    let world = World::new().await;
    let recruiter = world.who(Role::Recruiter);
    let ask = async |email: &str| {
        let begun = Instant::now();
        let answer = world.post(None, "/password-reset", &[("email", email)]).await.assert_status(200);
        (answer.text().replace(email, "…"), begun.elapsed())
    };

    let (known, slow) = ask(&recruiter.email).await;
    let (unknown, quick) = ask("nobody@nordlys.example").await;

    assert_eq!(known, unknown);
    assert!(slow >= Duration::from_millis(500) && quick >= Duration::from_millis(500));
    let letters = letters_to(&world, &world.home, &recruiter.email).await;
    assert_eq!(letters.iter().map(|letter| letter.kind.as_str()).collect::<Vec<_>>(), ["password_reset"]);
    assert!(letters_to(&world, &world.home, "nobody@nordlys.example").await.is_empty());
}

#[actix_web::test]
async fn whoever_asks_for_too_many_letters_waits() {
    let world = World::new().await;
    let recruiter = world.who(Role::Recruiter);

    for _ in 0..3 {
        world.post(None, "/password-reset", &[("email", &recruiter.email)]).await.assert_status(200);
    }
    let upper = recruiter.email.to_uppercase();
    world.post(None, "/password-reset", &[("email", &upper)]).await.assert_status(429).assert_says("Too many tries");

    assert_eq!(letters_to(&world, &world.home, &recruiter.email).await.len(), 3);
}

#[actix_web::test]
async fn a_reset_ends_every_other_session_and_tells_the_member() {
    let world = World::new().await;
    let recruiter = world.who(Role::Recruiter);
    let phone = world.sign_in(recruiter).await;
    let link = minted(&world, &world.home, recruiter.id, SecretPurpose::PasswordReset).await;
    let second = minted(&world, &world.home, recruiter.id, SecretPurpose::PasswordReset).await;
    world.get(None, &link).await.assert_status(200).assert_says(&recruiter.email);

    let short = world.post(None, &link, &password("too short")).await.assert_status(422);
    short.assert_says("Use at least 15 characters");
    let differs = [("password", NEW_PASSWORD), ("again", "blue heron on friday")];
    world.post(None, &link, &differs).await.assert_status(422).assert_says("The two passwords are not the same");
    world.post(None, &link, &password(NEW_PASSWORD)).await.assert_status(303);

    for session in [recruiter, &phone] {
        world.get(session, "/account").await.assert_status(303);
    }
    world.get(None, &link).await.assert_status(410);
    world.get(None, &second).await.assert_status(410);
    world.post(None, "/sign-in", &[("email", &recruiter.email), ("password", PASSWORD)]).await.assert_status(409);
    assert_signs_in(&world, &recruiter.email, NEW_PASSWORD).await;
    let letters = letters_to(&world, &world.home, &recruiter.email).await;
    assert_eq!(letters[0].kind, "account_notice");
}

#[actix_web::test]
async fn a_reset_link_works_for_an_hour() {
    let world = World::new().await;
    let recruiter = world.who(Role::Recruiter);
    let link = minted(&world, &world.home, recruiter.id, SecretPurpose::PasswordReset).await;

    world.clock.advance(SignedDuration::from_mins(59));
    world.get(None, &link).await.assert_status(200);
    world.clock.advance(SignedDuration::from_mins(1));

    world.post(None, &link, &password(NEW_PASSWORD)).await.assert_status(410);
}

#[actix_web::test]
async fn of_two_who_open_a_link_at_once_one_gets_in() {
    let world = World::new().await;
    let recruiter = world.who(Role::Recruiter);
    let link = minted(&world, &world.home, recruiter.id, SecretPurpose::PasswordReset).await;

    let (first, second) = (password(NEW_PASSWORD), password("red heron on saturday"));
    let (one, other) = tokio::join!(world.post(None, &link, &first), world.post(None, &link, &second));

    let mut statuses = [one.status.as_u16(), other.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 410]);
}

#[actix_web::test]
async fn the_database_keeps_no_secret_that_opens_a_link() {
    let world = World::new().await;
    let recruiter = world.who(Role::Recruiter);
    world.post(None, "/password-reset", &[("email", &recruiter.email)]).await.assert_status(200);

    let mut conn = world.conn().await;
    let kept = letters_to(&world, &world.home, &recruiter.email).await;
    let (_, words) = letter::find(&mut conn, &world.who(Role::Admin).scope(), kept[0].id).await.unwrap();

    assert!(!words.text.contains("/password-resets/") && words.secret == Some(SecretPurpose::PasswordReset));
}

// My account

#[actix_web::test]
async fn name_language_and_time_zone_are_ones_own_to_change() {
    let world = World::new().await;
    let recruiter = world.who(Role::Recruiter);

    let fields = [("name", "Maja Lindqvist"), ("locale", "sv"), ("time_zone", "America/New_York")];
    let saved = world.post(recruiter, "/account", &fields).await.assert_status(303);
    world
        .get(recruiter, saved.location())
        .await
        .assert_says("Mitt konto")
        .assert_says("Maja Lindqvist")
        .assert_says("Sparat.");

    let odd = [("name", ""), ("locale", "tlh"), ("time_zone", "Mars/Olympus")];
    world.post(recruiter, "/account", &odd).await.assert_status(422).assert_says("3 saker att rätta");
    let trail = trail(&world, &world.home, 1).await;
    assert_eq!(trail[0].detail, serde_json::json!({ "changed": ["name", "locale", "time_zone"] }));
}

#[actix_web::test]
async fn a_new_password_needs_the_current_one_and_ends_other_sessions() {
    let world = World::new().await;
    let recruiter = world.who(Role::Recruiter);
    let phone = world.sign_in(recruiter).await;
    let fields = |current| [("current", current), ("password", NEW_PASSWORD), ("again", NEW_PASSWORD)];

    let wrong = world.post(recruiter, "/account/password", &fields("not my password")).await.assert_status(422);
    wrong.assert_says("This is not your current password").assert_silent_about(NEW_PASSWORD);
    world.get(&phone, "/account").await.assert_status(200);
    world.post(recruiter, "/account/password", &fields(PASSWORD)).await.assert_status(303);

    world.get(recruiter, "/account").await.assert_status(200);
    world.get(&phone, "/account").await.assert_status(303);
    assert_signs_in(&world, &recruiter.email, NEW_PASSWORD).await;
    assert_eq!(letters_to(&world, &world.home, &recruiter.email).await[0].kind, "account_notice");
}

#[actix_web::test]
async fn guessing_the_current_password_is_slowed_down() {
    let world = World::new().await;
    let recruiter = world.who(Role::Recruiter);
    let fields = [("current", "a guess"), ("password", NEW_PASSWORD), ("again", NEW_PASSWORD)];

    let mut last = None;
    for _ in 0..11 {
        last = Some(world.post(recruiter, "/account/password", &fields).await);
    }

    last.unwrap().assert_status(429).assert_says("Too many tries");
}

#[actix_web::test]
async fn sessions_are_listed_and_ended_one_by_one_or_all_but_this() {
    let world = World::new().await;
    let recruiter = world.who(Role::Recruiter);
    let (phone, tablet, laptop) =
        (world.sign_in(recruiter).await, world.sign_in(recruiter).await, world.sign_in(recruiter).await);
    let list = world.get(recruiter, "/sessions").await.assert_status(200);
    list.assert_says("in 3 other places").assert_says("This device");

    world.post(recruiter, &format!("/sessions/{}/end", phone.session), &[]).await.assert_status(303);
    world.get(&phone, "/account").await.assert_status(303);
    world.get(&tablet, "/account").await.assert_status(200);
    world.post(recruiter, "/sessions/end", &[]).await.assert_status(303);
    for ended in [&tablet, &laptop] {
        world.get(ended, "/account").await.assert_status(303);
    }
    world.get(recruiter, "/sessions").await.assert_says("here and nowhere else");
}

#[actix_web::test]
async fn nobody_ends_the_session_or_revokes_the_token_of_another() {
    let world = World::new().await;
    let (recruiter, colleague) = (world.who(Role::Recruiter), world.who(Role::Interviewer));
    made_token(&world, colleague).await;
    let token = own_tokens(&world, colleague).await[0];

    for (theirs, random) in [
        (format!("/sessions/{}/end", colleague.session), format!("/sessions/{}/end", SessionId::new())),
        (
            format!("/sessions/{}/end", world.neighbour.who(Role::Admin).session),
            format!("/sessions/{}/end", SessionId::new()),
        ),
        (format!("/api-tokens/{token}/revocation"), format!("/api-tokens/{}/revocation", ApiTokenId::new())),
    ] {
        let (theirs, random) = (world.post(recruiter, &theirs, &[]).await, world.post(recruiter, &random, &[]).await);
        assert_eq!((theirs.status.as_u16(), &theirs.bytes), (404, &random.bytes));
    }
    world.get(colleague, "/account").await.assert_status(200);
    assert_eq!(own_tokens(&world, colleague).await, [token]);
}

#[actix_web::test]
async fn a_token_is_shown_once_works_and_stops_when_revoked() {
    let world = World::new().await;
    let recruiter = world.who(Role::Recruiter);

    let token = made_token(&world, recruiter).await;
    assert!(token.starts_with("attune_") && token.len() == "attune_".len() + 43);
    world
        .get(recruiter, "/api-tokens")
        .await
        .assert_says("Payroll")
        .assert_says("never used")
        .assert_silent_about(&token);
    assert!(token_works(&world, &token).await);

    let id = own_tokens(&world, recruiter).await[0];
    world.post(recruiter, &format!("/api-tokens/{id}/revocation"), &[]).await.assert_status(303);
    assert!(!token_works(&world, &token).await);
    world.post(recruiter, &format!("/api-tokens/{id}/revocation"), &[]).await.assert_status(404);
}

#[actix_web::test]
async fn a_token_expires_and_odd_lifetimes_are_refused() {
    let world = World::new().await;
    let recruiter = world.who(Role::Recruiter);
    let token = made_token(&world, recruiter).await;

    world.post(recruiter, "/api-tokens", &[("name", "For ever"), ("days", "36500")]).await.assert_status(422);
    world.post(recruiter, "/api-tokens", &[("name", ""), ("days", "30")]).await.assert_status(422);
    world.clock.advance(SignedDuration::from_hours(30 * 24));

    assert!(!token_works(&world, &token).await);
}

#[actix_web::test]
async fn more_tokens_than_anybody_can_watch_are_refused() {
    let world = World::new().await;
    let recruiter = world.who(Role::Recruiter);

    for _ in 0..20 {
        made_token(&world, recruiter).await;
    }

    let refused =
        world.post(recruiter, "/api-tokens", &[("name", "One more"), ("days", "30"), ("scopes", "jobs:read")]).await;
    refused.assert_status(409).assert_says("You have 20 tokens");
}

// The organisation

#[actix_web::test]
async fn settings_change_and_the_trail_says_which() {
    let world = World::new().await;
    let admin = world.who(Role::Admin);
    world.get(admin, "/settings").await.assert_status(200).assert_says("Blind until submitted");

    let fields = [
        ("name", "Nordlys AB"),
        ("locale", "sv"),
        ("time_zone", "Europe/Oslo"),
        ("country", "NO"),
        ("evidence_per_rating", "on"),
        ("seat_link_days", "9"),
        ("retention_months", "12"),
    ];
    let saved = world.post(admin, "/settings", &fields).await.assert_status(303);
    world.get(admin, saved.location()).await.assert_says("Nordlys AB").assert_says("The settings are saved.");

    let mut conn = world.conn().await;
    let after = organisation::find(&mut conn, &admin.scope()).await.unwrap();
    assert!(!after.blind_until_submitted && after.evidence_per_rating && !after.note_for_extremes);
    let trail = trail(&world, &world.home, 1).await;
    assert_eq!(trail[0].action, "organisation.changed");
    assert_eq!(trail[0].detail["blind_until_submitted"], serde_json::json!({ "from": true, "to": false }));
    assert_eq!(trail[0].detail["country"], serde_json::json!({ "from": "SE", "to": "NO" }));
    assert_eq!((&trail[0].detail["name"], trail[0].detail.get("evidence_per_rating")), (&"changed".into(), None));
    assert_eq!(trail[0].detail["seat_link_days"], serde_json::json!({ "from": 5, "to": 9 }));
    assert_eq!(trail[0].detail["retention_months"], serde_json::json!({ "from": 24, "to": 12 }));
    let neighbour = organisation::find(&mut conn, &world.neighbour.who(Role::Admin).scope()).await.unwrap();
    assert_eq!(neighbour.name, "Fjordbank Kundeservice");

    world
        .post(admin, "/settings", &[("name", ""), ("locale", ""), ("time_zone", "x"), ("country", "XX")])
        .await
        .assert_status(422);
}

#[actix_web::test]
async fn a_new_organisation_begins_with_the_builtin_rubric_and_its_trail() {
    let world = World::new().await;
    let mut conn = world.conn().await;

    let new = NewOrganisation { name: "Third".into(), locale: Locale::Sv, time_zone: "Europe/Oslo".into() };
    let third = create(&mut conn, &new, world.now()).await.unwrap();

    let scope = store::Scope { org: third.id, ..world.who(Role::Admin).scope() };
    let trail = newest_events(&mut conn, &scope, 5).await;
    assert_eq!((trail.len(), trail[0].number, trail[0].action.as_str()), (1, 1, "organisation.created"));
    assert!(third.blind_until_submitted && third.evidence_per_rating && third.note_for_extremes);
}

// What the tests above stand on

fn password(password: &str) -> [(&str, &str); 2] {
    [("password", password), ("again", password)]
}

/// The member whose page an answer leads to.
fn invited_id(answer: &Answer) -> MemberId {
    let path = answer.location().split('?').next().unwrap();
    path.rsplit('/').next().unwrap().parse().unwrap()
}

/// A link as the worker makes it when it sends the letter.
async fn minted(world: &World, home: &Home, member: MemberId, purpose: SecretPurpose) -> String {
    mint(&mut *world.conn().await, home.org, member, purpose, world.now()).await.unwrap()
}

/// The letters to an address, newest first.
async fn letters_to(world: &World, home: &Home, address: &str) -> Vec<letter::Letter> {
    let states = attune::domain::letter::LetterState::ALL;
    let mut conn = world.conn().await;
    let all = letter::list(&mut conn, &home.who(Role::Admin).scope(), states, None::<LetterId>, 100).await.unwrap();
    all.items.into_iter().filter(|letter| letter.to_address == address).collect()
}

/// The newest lines of the trail.
async fn trail(world: &World, home: &Home, lines: i64) -> Vec<event::Event> {
    newest_events(&mut *world.conn().await, &home.who(Role::Admin).scope(), lines).await
}

async fn actions(world: &World, home: &Home, lines: i64) -> Vec<String> {
    trail(world, home, lines).await.into_iter().map(|event| event.action).collect()
}

async fn assert_signs_in(world: &World, email: &str, password: &str) {
    world.post(None, "/sign-in", &[("email", email), ("password", password)]).await.assert_status(303);
}

/// A token as its member sees it, once.
async fn made_token(world: &World, who: &Who) -> String {
    let page = world
        .post(who, "/api-tokens", &[("name", "Payroll"), ("days", "30"), ("scopes", "jobs:read")])
        .await
        .assert_status(201);
    let html = page.html();
    let secret = scraper::Selector::parse(".secret").unwrap();
    html.select(&secret).next().unwrap().text().collect()
}

async fn token_works(world: &World, token: &str) -> bool {
    let mut conn = world.conn().await;
    let hash = attune::usecases::api_token::hash(token);
    store::api_token::identify(&mut conn, &hash, world.now()).await.is_ok()
}

async fn own_tokens(world: &World, who: &Who) -> Vec<ApiTokenId> {
    let tokens = store::api_token::live(&mut *world.conn().await, who.org, who.id, world.now()).await.unwrap();
    tokens.iter().map(|token| token.id).collect()
}

fn hrefs(page: &Answer, selector: &str) -> Vec<String> {
    let html = page.html();
    let links = scraper::Selector::parse(selector).unwrap();
    html.select(&links).filter_map(|link| link.attr("href")).map(ToOwned::to_owned).collect()
}
