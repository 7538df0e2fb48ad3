//! A browser's cookies, for what takes several requests before anybody is signed in.

use std::collections::BTreeMap;

use actix_web::{cookie::Cookie, test::TestRequest};

use super::world::{Answer, PASSWORD, World};

pub struct Jar<'w> {
    world: &'w World,
    cookies: BTreeMap<String, String>,
}

impl World {
    /// A browser that was never here.
    pub fn browser(&self) -> Jar<'_> {
        Jar { world: self, cookies: BTreeMap::new() }
    }
}

impl Jar<'_> {
    pub async fn get(&mut self, path: &str) -> Answer {
        self.send(TestRequest::get().uri(path)).await
    }

    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let request = TestRequest::post().uri(path).insert_header(("sec-fetch-site", "same-origin"));
        self.send(request.set_form(fields)).await
    }

    /// The sign-in form with the password of every member.
    pub async fn sign_in(&mut self, email: &str) -> Answer {
        self.post("/sign-in", &[("email", email), ("password", PASSWORD)]).await
    }

    pub async fn send(&mut self, mut request: TestRequest) -> Answer {
        for (name, value) in &self.cookies {
            request = request.cookie(Cookie::new(name.clone(), value.clone()));
        }
        let answer = self.world.send(None, request).await;
        for set in answer.headers.get_all("set-cookie") {
            let cookie = Cookie::parse(set.to_str().unwrap().to_owned()).unwrap();
            if cookie.max_age().is_some_and(|age| age.is_zero()) {
                self.cookies.remove(cookie.name());
            } else {
                self.cookies.insert(cookie.name().to_owned(), cookie.value().to_owned());
            }
        }
        answer
    }

    pub fn cookie(&self, name: &str) -> Option<&str> {
        self.cookies.get(name).map(String::as_str)
    }

    pub fn set(&mut self, name: &str, value: &str) {
        self.cookies.insert(name.to_owned(), value.to_owned());
    }
}
