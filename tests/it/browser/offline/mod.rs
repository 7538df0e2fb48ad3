//! The kit without network, and whatever else comes between an interviewer's words and the server: every word is kept, the badge
//! does not lie, and the page says what to do.

mod away;
mod elsewhere;
mod meanwhile;

use std::path::PathBuf;

use serde_json::Value;

use crate::{
    browser::kit::Interview,
    support::{
        browser::{Browser, Device},
        line::Line,
    },
};

const SAVED: &str = "document.getElementById('saved')?.textContent.startsWith('Saved ')";
const OFFLINE: &str = "document.getElementById('saved')?.textContent === 'Offline – kept on this device'";

/// An interview at the end of a line.
struct Far {
    interview: Interview,
    line: Line,
    /// The dimensions and the review.
    pages: usize,
}

impl Far {
    async fn over(dimensions: &[&str]) -> Far {
        let interview = Interview::over(dimensions).await;
        let line = Line::to(&interview.site.base, 7);
        Far { interview, line, pages: dimensions.len() + 1 }
    }

    /// Opens the kit at its first dimension and waits until this browser could open all of it without network.
    async fn open(&self, browser: &Browser) {
        browser.sign_in(self.interview.me()).await;
        browser.goto(&self.interview.path("/listening")).await;
        browser.wait_until(&format!("document.documentElement.dataset.pagesKept == {}", self.pages)).await;
    }

    async fn browser(&self) -> Browser {
        let browser = Browser::at(&self.line.base, Device::Desktop, None).await;
        self.open(&browser).await;
        browser
    }

    async fn note(&self, dimension: &str) -> Value {
        self.interview.kept().await.ratings[dimension]["note"].clone()
    }
}

/// A profile that outlives its browser.
struct Profile(PathBuf);

impl Profile {
    fn new() -> Profile {
        let folder = std::env::temp_dir().join(format!("attune-profile-{}", uuid::Uuid::now_v7().simple()));
        std::fs::create_dir(&folder).unwrap();
        Profile(folder)
    }
}

impl Drop for Profile {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

async fn type_note(browser: &Browser, text: &str) {
    let note = browser.wait_for("#note").await;
    note.send_keys(text).await.unwrap();
}

/// Everything that this origin keeps on the device, as text: values that are bytes as the characters that they would be.
const STORED: &str = "(async () => {
    const all = [JSON.stringify(localStorage), JSON.stringify(sessionStorage)];
    const wait = (r) => new Promise((yes, no) => { r.onsuccess = () => yes(r.result); r.onerror = no; });
    const text = (v) => v instanceof ArrayBuffer ? new TextDecoder('latin1').decode(v) : v instanceof CryptoKey ? (v.extractable ? 'A KEY' : '')
      : v && typeof v === 'object' ? Object.values(v).map(text).join(' ') : String(v);
    const db = await wait(indexedDB.open('attune', 1));
    for (const store of db.objectStoreNames) {
      all.push(`${store}: ` + (await wait(db.transaction(store).objectStore(store).getAllKeys())).join(' '));
      for (const value of await wait(db.transaction(store).objectStore(store).getAll())) all.push(text(value));
    }
    for (const name of await caches.keys()) for (const request of await (await caches.open(name)).keys()) all.push(request.url);
    db.close();
    done(all.join('\\n'));
  })();";

/// What is left of words that were not sent: names of fields.
const WAITING: &str = "(async () => {
    const wait = (r) => new Promise((yes, no) => { r.onsuccess = () => yes(r.result); r.onerror = no; });
    const db = await wait(indexedDB.open('attune', 1));
    const keys = await wait(db.transaction('words').objectStore('words').getAllKeys());
    db.close();
    done(keys.map((key) => key.split(':')[3]).filter((field) => !field.endsWith('.seconds')).sort());
  })();";
