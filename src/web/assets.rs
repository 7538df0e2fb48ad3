//! Scripts, styles and fonts, embedded; their address holds a digest of them all, so that browsers may keep them for ever.

use std::sync::LazyLock;

use actix_web::{
    HttpResponse,
    http::header,
    web::{Path, ServiceConfig, get},
};
use rust_embed::Embed;
use sha2::{Digest, Sha256};

use super::who::Anyone;
use crate::error::{Error, Result};

#[derive(Embed)]
#[folder = "assets/"]
struct Files;

static DIGEST: LazyLock<String> = LazyLock::new(|| {
    let mut names: Vec<_> = Files::iter().collect();
    names.sort();
    let mut hash = Sha256::new();
    for file in names.iter().filter_map(|name| Files::get(name)) {
        hash.update(file.metadata.sha256_hash());
    }
    hash.finalize().iter().take(6).map(|byte| format!("{byte:02x}")).collect()
});

/// The address under which all assets lie, without a slash at the end.
pub fn base() -> String {
    format!("/assets/{}", *DIGEST)
}

pub fn routes(config: &mut ServiceConfig) {
    config.route("/assets/{digest}/{name:.*}", get().to(show));
}

async fn show(_: Anyone, path: Path<(String, String)>) -> Result<HttpResponse> {
    let (_, name) = path.into_inner();
    let file = Files::get(&name).ok_or(Error::NotFound)?;
    let mut response = HttpResponse::Ok();
    response
        .content_type(content_type(&name))
        .insert_header((header::CACHE_CONTROL, "public, max-age=31536000, immutable"));
    if name == "kit-worker.js" {
        // Where the worker may stand between the pages and the network: at the interviews, and nowhere else.
        response.insert_header(("service-worker-allowed", "/interviews/"));
    }
    Ok(response.body(file.data))
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    }
}
