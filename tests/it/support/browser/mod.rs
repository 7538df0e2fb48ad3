//! A real Chromium, driven by WebDriver, on a real port.

mod devtools;
mod site;

use std::{
    cell::RefCell,
    net::TcpListener,
    path::Path,
    process::{Command, Stdio},
    sync::{Arc, OnceLock, Weak},
    time::Duration,
};

use fantoccini::{
    Client, ClientBuilder, Locator,
    actions::{InputSource, KeyAction, KeyActions},
    elements::Element,
};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tokio::sync::{Semaphore, SemaphorePermit};

use crate::support::world::{PASSWORD, Who};

pub use site::Site;

pub const TAB: &str = "\u{E004}";
pub const ENTER: &str = "\u{E007}";
pub const ESCAPE: &str = "\u{E00C}";
pub const LEFT: &str = "\u{E012}";
pub const RIGHT: &str = "\u{E014}";
pub const SPACE: &str = " ";

/// axe-core, vendored with its licence.
const AXE: &str = include_str!("../../../browser/axe.min.js");

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Device {
    Desktop,
    Phone,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Theme {
    Light,
    Dark,
}

/// One browser with an empty profile. To be closed with [`Browser::close`].
pub struct Browser {
    pub client: Client,
    base: String,
    _place: Arc<SemaphorePermit<'static>>,
}

/// Two cores: more than two journeys at once only wait for each other. A journey with several browsers has one place for all
/// of them: two journeys that each held one and waited for another would wait for ever.
async fn place() -> Arc<SemaphorePermit<'static>> {
    static PLACES: Semaphore = Semaphore::const_new(2);
    thread_local! {
        // Each test has a thread of its own.
        static MINE: RefCell<Weak<SemaphorePermit<'static>>> = const { RefCell::new(Weak::new()) };
    }
    if let Some(mine) = MINE.with_borrow(Weak::upgrade) {
        return mine;
    }
    let place = Arc::new(PLACES.acquire().await.unwrap());
    MINE.set(Arc::downgrade(&place));
    place
}

/// Chromium without its windows and menus: half the work where pages are only looked at. Not by the script in `/usr/bin`, which would
/// be ended in its place.
const BARE: &str = "/usr/lib/chromium/chromium-headless-shell";

impl Browser {
    pub async fn open(site: &Site, device: Device) -> Browser {
        Browser::at(&site.base, device, None).await
    }

    /// A desktop on which many pages are looked at and nothing is lived through: by the bare browser, where it is installed.
    pub async fn bare(site: &Site) -> Browser {
        let binary = Path::new(BARE).exists().then_some(BARE);
        Browser::start(&site.base, Device::Desktop, None, binary).await
    }

    /// A browser for the site at an address, with a profile that outlives it where a folder is given.
    pub async fn at(base: &str, device: Device, profile: Option<&Path>) -> Browser {
        Browser::start(base, device, profile, None).await
    }

    async fn start(base: &str, device: Device, profile: Option<&Path>, binary: Option<&str>) -> Browser {
        let place = place().await;
        let driver = tokio::task::spawn_blocking(driver).await.unwrap();
        let mut options = json!({ "args": [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-dev-shm-usage",
            "--disable-background-networking", "--disable-component-update", "--disable-sync", "--window-size=1320,1080",
        ]});
        if device == Device::Desktop {
            // A mouse, which a headless browser has not: pages show their keys to whoever has one.
            let mouse = "--blink-settings=primaryHoverType=2,availableHoverTypes=2,primaryPointerType=4,availablePointerTypes=4";
            options["args"].as_array_mut().unwrap().push(json!(mouse));
        }
        if let (Some(profile), Some(args)) = (profile, options["args"].as_array_mut()) {
            args.push(format!("--user-data-dir={}", profile.display()).into());
        }
        if let Some(binary) = binary {
            options["binary"] = binary.into();
        }
        if device == Device::Phone {
            options["mobileEmulation"] =
                json!({ "deviceMetrics": { "width": 390, "height": 844, "pixelRatio": 2.0, "touch": true } });
        }
        let mut capabilities = serde_json::Map::new();
        capabilities.insert("goog:chromeOptions".to_owned(), options);
        capabilities.insert("goog:loggingPrefs".to_owned(), json!({ "browser": "ALL" }));
        let client = ClientBuilder::new(HttpConnector::new()).capabilities(capabilities).connect(driver).await.unwrap();
        Browser { client, base: base.to_owned(), _place: place }
    }

    /// Kills the browser that has this profile, as when the battery is dead: no page gets to say good-bye.
    pub async fn kill(self, profile: &Path) {
        let mark = format!("--user-data-dir={}", profile.display());
        let processes = std::fs::read_dir("/proc").unwrap().filter_map(|entry| {
            let entry = entry.ok()?;
            let pid: i32 = entry.file_name().to_str()?.parse().ok()?;
            let command = std::fs::read(entry.path().join("cmdline")).ok()?;
            let arguments: Vec<&[u8]> = command.split(|byte| *byte == 0).collect();
            let is_browser = !arguments.iter().any(|argument| argument.starts_with(b"--type="));
            (is_browser && arguments.contains(&mark.as_bytes())).then_some(pid)
        });
        let pids: Vec<i32> = processes.collect();
        assert!(!pids.is_empty(), "the browser runs");
        for pid in pids {
            let _ = nix::sys::signal::kill(nix::unistd::Pid::from_raw(pid), nix::sys::signal::Signal::SIGKILL);
        }
        tokio::time::sleep(Duration::from_millis(300)).await;
        for lock in ["SingletonLock", "SingletonSocket", "SingletonCookie"] {
            let _ = std::fs::remove_file(profile.join(lock));
        }
    }

    /// A script that calls back: `done` is its last word.
    pub async fn script_async(&self, script: &str) -> Value {
        let script = format!("const done = arguments[arguments.length - 1]; {script}");
        self.client.execute_async(&script, Vec::new()).await.unwrap()
    }

    pub async fn close(self) {
        self.client.close().await.unwrap();
    }

    pub async fn goto(&self, path: &str) {
        self.client.goto(&format!("{}{path}", self.base)).await.unwrap();
    }

    /// The path and query that the address bar shows.
    pub async fn path(&self) -> String {
        let url = self.client.current_url().await.unwrap();
        url.as_str().trim_start_matches(&self.base).to_owned()
    }

    /// Signs in by the form, as a person would.
    pub async fn sign_in(&self, who: &Who) {
        self.sign_in_as(&who.email, PASSWORD).await;
    }

    pub async fn sign_in_as(&self, email: &str, password: &str) {
        self.goto("/sign-in").await;
        self.fill("email", email).await;
        self.fill("password", password).await;
        self.press("Sign in").await;
        self.wait_for("nav").await;
    }

    pub async fn find(&self, css: &str) -> Element {
        match self.client.find(Locator::Css(css)).await {
            Ok(element) => element,
            Err(error) => panic!("{css} is not on {}: {error}; {}", self.path().await, self.words().await),
        }
    }

    /// Waits up to ten seconds until an element is there.
    pub async fn wait_for(&self, css: &str) -> Element {
        self.client
            .wait()
            .at_most(Duration::from_secs(10))
            .for_element(Locator::Css(css))
            .await
            .unwrap_or_else(|error| panic!("{css} did not come: {error}"))
    }

    /// Waits up to ten seconds until the page says the words.
    pub async fn wait_until_says(&self, words: &str) {
        for _ in 0..100 {
            if self.words().await.contains(words) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("{words:?} did not come; the page says: {}", self.words().await);
    }

    /// What a person reads on the page, white space folded.
    pub async fn words(&self) -> String {
        let Ok(body) = self.client.find(Locator::Css("body")).await else { return String::new() };
        let text = body.text().await.unwrap_or_default();
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Types into the field with this name, in place of what is there.
    pub async fn fill(&self, name: &str, text: &str) {
        self.fill_css(&format!("[name='{name}']"), text).await;
    }

    /// Types into the field that the selector finds, in place of what is there.
    pub async fn fill_css(&self, css: &str, text: &str) {
        let field = self.find(css).await;
        field.clear().await.unwrap();
        field.send_keys(text).await.unwrap();
    }

    /// Clicks the button or link with this text.
    pub async fn press(&self, text: &str) {
        let path = format!("//*[self::button or self::a or self::summary][normalize-space()={}]", xpath(text));
        let found = self.client.find(Locator::XPath(&path)).await;
        found.unwrap_or_else(|error| panic!("no button or link says {text:?}: {error}")).click().await.unwrap();
    }

    /// Clicks or taps the first element that the selector finds, scrolled to where no bar lies over it.
    pub async fn click(&self, css: &str) {
        let middle = format!("document.querySelector({})?.scrollIntoView({{ block: 'center' }})", json!(css));
        self.script(&middle).await;
        self.find(css).await.click().await.unwrap_or_else(|error| panic!("{css} cannot be clicked: {error}"));
    }

    /// What the field that the selector finds holds now.
    pub async fn value(&self, css: &str) -> String {
        self.find(css).await.prop("value").await.unwrap().unwrap_or_default()
    }

    /// Waits up to fifteen seconds until the address begins with the path.
    pub async fn wait_until_at(&self, path: &str) {
        for _ in 0..150 {
            if self.path().await.starts_with(path) && self.script("return document.readyState").await == "complete" {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("{path} did not come; this is {}: {}", self.path().await, self.words().await);
    }

    /// Waits up to fifteen seconds until the expression of the page's script is true.
    pub async fn wait_until(&self, expression: &str) {
        for _ in 0..150 {
            if self.client.execute(&format!("return ({expression})"), Vec::new()).await.is_ok_and(|value| value == true)
            {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("{expression} did not come true on {}: {}", self.path().await, self.words().await);
    }

    /// Moves the focus on with the tabulator until it is on what the selector finds.
    pub async fn tab_to(&self, css: &str) {
        for _ in 0..120 {
            if self.script(&format!("return document.activeElement.matches({})", json!(css))).await == true {
                return;
            }
            self.keys(TAB).await;
        }
        panic!("the tabulator does not lead to {css}");
    }

    /// Presses keys, wherever the focus is.
    pub async fn keys(&self, keys: &str) {
        let mut actions = KeyActions::new("keyboard".to_owned());
        for key in keys.chars() {
            actions = actions.then(KeyAction::Down { value: key }).then(KeyAction::Up { value: key });
        }
        self.client.perform_actions(actions).await.unwrap();
    }

    pub async fn script(&self, script: &str) -> Value {
        self.client.execute(script, Vec::new()).await.unwrap()
    }

    /// Fails when axe finds a violation of WCAG 2.2 AA or of its best practices.
    pub async fn assert_accessible(&self, where_: &str) {
        assert_eq!(self.violations("{}").await, json!([]), "{where_}");
    }

    /// What axe finds, with these further options of its own.
    pub async fn violations(&self, options: &str) -> Value {
        if self.script("return !window.axe").await == true {
            self.client.execute(AXE, Vec::new()).await.unwrap();
        }
        let script = format!(
            "const done = arguments[arguments.length - 1];
            axe.run(document, {{ resultTypes: ['violations'], ...{options} }}).then(r => done(r.violations.map(v =>
                v.id + ': ' + v.help + ' — ' + v.nodes.map(n => n.target.join(' ') + ' ' + n.failureSummary).join(' | '))),
                error => done([String(error)]));"
        );
        self.client.execute_async(&script, Vec::new()).await.unwrap()
    }

    /// Writes a picture into the folder that ATTUNE_SCREENSHOTS names, when it names one.
    pub async fn screenshot(&self, name: &str) {
        let Some(folder) = std::env::var_os("ATTUNE_SCREENSHOTS") else { return };
        let png = self.client.screenshot().await.unwrap();
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(std::path::Path::new(&folder).join(format!("{name}.png")), png).unwrap();
    }
}

/// The address of the one chromedriver of this test run; it ends with the process.
fn driver() -> &'static str {
    static DRIVER: OnceLock<String> = OnceLock::new();
    DRIVER.get_or_init(|| {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        // The death signal follows the thread that started the child: this one lives as long as the process.
        std::thread::spawn(move || {
            let mut child = Command::new("setpriv")
                .args(["--pdeathsig", "KILL", "chromedriver", &format!("--port={port}"), "--silent"])
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .expect("chromedriver; script/test installs it");
            child.wait().unwrap();
        });
        for _ in 0..100 {
            if std::net::TcpStream::connect(("127.0.0.1", port)).is_ok() {
                return format!("http://127.0.0.1:{port}");
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        panic!("chromedriver does not answer");
    })
}

fn xpath(text: &str) -> String {
    format!("\"{text}\"")
}
