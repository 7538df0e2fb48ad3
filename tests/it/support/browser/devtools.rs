//! What only the browser's own tools can do: take the network away, freeze a page, print, stand in for a key.

use std::time::Duration;

use base64::{Engine, engine::general_purpose::STANDARD};
use fantoccini::wd::WebDriverCompatibleCommand;
use serde_json::{Value, json};

use super::{Browser, Theme};

impl Browser {
    /// Kills the page in this window alone.
    pub async fn crash(&self) {
        drop(
            tokio::time::timeout(
                Duration::from_secs(2),
                self.client.issue_cmd(DevTools("Page.crash".into(), json!({}))),
            )
            .await,
        );
    }

    /// Stops the page as when the lid is closed, and lets it go on.
    pub async fn set_frozen(&self, frozen: bool) {
        let state = if frozen { "frozen" } else { "active" };
        self.devtools("Page.setWebLifecycleState", json!({ "state": state })).await;
    }

    /// Runs a script before any other in every page that comes.
    pub async fn before_every_page(&self, script: &str) {
        self.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": script })).await;
    }

    pub async fn set_theme(&self, theme: Theme) {
        let value = if theme == Theme::Dark { "dark" } else { "light" };
        // Without motion, so that what is looked at next does not fade from one theme into the other.
        let features = json!([
            { "name": "prefers-color-scheme", "value": value },
            { "name": "prefers-reduced-motion", "value": "reduce" },
        ]);
        self.devtools("Emulation.setEmulatedMedia", json!({ "features": features })).await;
    }

    pub async fn set_offline(&self, offline: bool) {
        self.devtools("Network.enable", json!({})).await;
        let conditions = json!({ "offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
        self.devtools("Network.emulateNetworkConditions", conditions).await;
    }

    /// Not for [`Device::Phone`]: after each tap its driver waits for a timer of the page, which then never comes.
    pub async fn disable_scripts(&self) {
        self.devtools("Emulation.setScriptExecutionDisabled", json!({ "value": true })).await;
    }

    pub(super) async fn devtools(&self, command: &str, parameters: Value) -> Value {
        self.client.issue_cmd(DevTools(command.to_owned(), parameters)).await.unwrap()
    }

    /// How many sheets of paper of this size in inches the page takes.
    pub async fn sheets(&self, width: f64, height: f64) -> usize {
        let printed = self.devtools("Page.printToPDF", json!({ "paperWidth": width, "paperHeight": height })).await;
        let pdf = STANDARD.decode(printed["data"].as_str().unwrap()).unwrap();
        pdf.windows(11).filter(|bytes| bytes == b"/Type /Page").count()
            - pdf.windows(12).filter(|bytes| bytes == b"/Type /Pages").count()
    }

    /// A device that keeps passkeys and knows its owner; returns the name by which the driver knows it.
    pub async fn add_authenticator(&self) -> String {
        let device = json!({
            "protocol": "ctap2", "transport": "internal", "hasResidentKey": true, "hasUserVerification": true,
            "isUserConsenting": true, "isUserVerified": true,
        });
        let id = self.client.issue_cmd(WebAuthn("authenticator".to_owned(), device)).await.unwrap();
        id.as_str().unwrap().to_owned()
    }

    /// From now on the device does not recognise whoever holds it, or does again.
    pub async fn set_recognised(&self, authenticator: &str, recognised: bool) {
        let command = WebAuthn(format!("authenticator/{authenticator}/uv"), json!({ "isUserVerified": recognised }));
        self.client.issue_cmd(command).await.unwrap();
    }

    /// Gives the page another size, without loading it again.
    pub async fn resize(&self, width: u32, height: u32, mobile: bool) {
        let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": mobile });
        self.devtools("Emulation.setDeviceMetricsOverride", metrics).await;
    }

    /// Lets downloads go into a folder.
    pub async fn download_into(&self, folder: &std::path::Path) {
        self.devtools("Page.setDownloadBehavior", json!({ "behavior": "allow", "downloadPath": folder })).await;
    }

    /// What the browser complained about since the last call: errors of scripts, of loading, of the content security policy.
    pub async fn complaints(&self) -> Vec<String> {
        let entries = self.client.issue_cmd(Log).await.unwrap();
        let entries = entries.as_array().cloned().unwrap_or_default();
        entries.iter().filter(|entry| entry["level"] == "SEVERE").map(|entry| entry["message"].to_string()).collect()
    }
}

/// chromedriver's door to the DevTools protocol.
#[derive(Debug)]
struct DevTools(String, Value);

impl WebDriverCompatibleCommand for DevTools {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/goog/cdp/execute", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(json!({ "cmd": self.0, "params": self.1 }).to_string()))
    }
}

/// The driver's door to virtual authenticators (WebAuthn, section "User Agent Automation").
#[derive(Debug)]
struct WebAuthn(String, Value);

impl WebDriverCompatibleCommand for WebAuthn {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/webauthn/{}", session.unwrap_or_default(), self.0))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(self.1.to_string()))
    }
}

/// chromedriver's door to the browser's console.
#[derive(Debug)]
struct Log;

impl WebDriverCompatibleCommand for Log {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/se/log", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(json!({ "type": "browser" }).to_string()))
    }
}
