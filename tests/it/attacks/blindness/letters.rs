//! The letters that a panel member gets, and finds among those that were sent, while their scorecard is not submitted.

use actix_web::http::Method;
use attune::{domain::policy::Role, worker::reminders::remind};
use serde_json::{Value, json};
use tokio::sync::watch;

use super::{
    AMENDED, DRAFT, OTHER_DRAFT, OTHERWISE_SUBMITTED, Panel, SUBMITTED, Walk, assert_unchanged, differences, steady,
    told,
};
use crate::pages::shortlist::hidden_field;

#[tokio::test]
async fn no_letter_that_a_panel_member_gets_before_submitting_depends_on_what_the_others_rate() {
    let panel = Panel::new(Role::ALL).await;

    for (state, others) in [(DRAFT, &[OTHER_DRAFT][..]), (SUBMITTED, &[OTHERWISE_SUBMITTED, AMENDED])] {
        panel.set(state).await;
        let first = panel.post_office().await;
        assert!(first.keys().any(|place| place == "to me: reminder"), "{:?}", first.keys());
        assert!(first.keys().any(|place| place == "to me: interview_changed"), "{:?}", first.keys());
        assert!(!first.keys().any(|place| place == "to me: summary"), "no summary goes to who still has to rate");
        for other in others {
            panel.set(other).await;
            let second = panel.post_office().await;
            assert_unchanged("a letter", &first, &second, &steady(&first, &second));
        }
    }

    // Once they have submitted, the same summary reaches them, and says what was rated.
    panel.submit().await;
    panel.set(SUBMITTED).await;
    let open = panel.post_office().await;
    panel.set(OTHERWISE_SUBMITTED).await;
    let changed = panel.post_office().await;
    assert!(open.contains_key("to me: summary"), "{:?}", open.keys());
    let changed = differences(&open, &changed, &steady(&open, &changed));
    assert!(changed.iter().any(|place| place == "to me: summary"), "{changed:?}");
}

impl Panel {
    /// A day's letters: whatever is due is reminded of, and a colleague moves the interview, would like to debrief, and sends
    /// the comparison to the member and to an outside address. What the member got, and what `/letters` shows them.
    async fn post_office(&self) -> Walk {
        let world = &self.world;
        world.sql("TRUNCATE letters, reminders, summaries, debriefs CASCADE").await;
        world.sql("UPDATE interviews SET sequence = 0").await;
        let admin = world.who(Role::Admin);
        let mut walk = Walk::new();

        let (_stop, stopped) = watch::channel(false);
        remind(&world.pool, "https://attune.example", &world.clock, &stopped).await.unwrap();
        self.move_the_interview().await;
        let debrief = world.post(admin, &self.objects.path("/applications/{id}/debriefs"), &[]).await;
        assert_eq!(debrief.status.as_u16(), if self.has_submitted().await { 303 } else { 409 }, "{}", debrief.words());
        let me = self.me.id.to_string();
        self.send_summary(&[("members", &me)]).await;
        self.send_summary(&[("addresses", "board@owner.example")]).await;

        let got = format!("SELECT * FROM letters WHERE member_id = '{me}' OR to_address = '{}'", self.me.email);
        for letter in world.rows(&got).await {
            let words = ["message_id", "from_name", "reply_to_name", "subject", "text_body", "html_body"];
            let words: Vec<&Value> = words.iter().map(|name| &letter[name]).collect();
            let parts = format!(
                "SELECT file_name, content_type, encode(body, 'base64') AS body FROM letter_parts
                  WHERE letter_id = {} ORDER BY position",
                letter["id"].to_string().replace('"', "'")
            );
            let parts = world.rows(&parts).await;
            walk.insert(format!("to me: {}", letter["kind"].as_str().unwrap()), json!([words, parts]).to_string());
        }
        let kept = world.rows("SELECT id, kind, to_address FROM letters ORDER BY kind, to_address").await;
        for letter in kept {
            let id = letter["id"].as_str().unwrap();
            let kind = format!("{} to {}", letter["kind"], letter["to_address"]).replace('"', "");
            for part in ["", "/body", "/parts/0"] {
                let answer = world.get(&self.me, &format!("/letters/{id}{part}")).await;
                walk.insert(format!("GET /letters/{kind}{part}"), told(&answer));
            }
        }
        walk.insert("GET /letters".to_owned(), told(&world.get(&self.me, "/letters").await));
        walk
    }

    async fn move_the_interview(&self) {
        let token = self.world.token_of(Role::Admin).await;
        let seats = self.met.seats.iter().map(|seat| seat.member_id.to_string()).collect::<Vec<_>>();
        let body = json!({
            "sequence": 0, "starts_at": "2026-11-23T07:15:00Z", "minutes": 45, "place": "Room 3", "panel": seats, "anyway": true
        });
        let path = self.objects.path("/api/v1/interviews/{id}");
        self.world.call(&token, Method::PUT, &path, Some(&body)).await.assert_status(200);
        self.world.sql("UPDATE interviews SET starts_at = '2026-11-23T07:00:00Z'").await;
    }

    /// Writes a summary as the admin and sends it, if that can be done.
    async fn send_summary(&self, to: &[(&str, &str)]) {
        let admin = self.world.who(Role::Admin);
        let fields: Vec<(&str, &str)> = to.iter().copied().chain([("note", ""), ("locale", "en")]).collect();
        let written = self.world.post(admin, &self.objects.path("/jobs/{job}/summaries"), &fields).await;
        if written.status.as_u16() != 303 {
            return;
        }
        let preview = self.world.get(admin, written.location()).await.assert_status(200);
        let digest = hidden_field(&preview, "digest");
        let path = format!("{}/sending", written.location());
        self.world.post(admin, &path, &[("digest", &digest)]).await.assert_status(303);
    }

    async fn has_submitted(&self) -> bool {
        let seat = self.met.seats[0].id;
        let found = format!("SELECT id FROM scorecards WHERE seat_id = '{seat}' AND submitted_at IS NOT NULL");
        !self.world.rows(&found).await.is_empty()
    }
}
