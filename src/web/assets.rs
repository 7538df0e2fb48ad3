//! Scripts, styles and fonts, embedded; their address holds a digest of them all, so that browsers may keep them for ever.
//! What only a reader of the source needs stays at home, and what is text is packed once, beside the requests, not for every reader.

use std::{
    collections::BTreeMap,
    io::{self, Read, Write},
    sync::{LazyLock, OnceLock},
};

use actix_web::{
    HttpRequest, HttpResponse,
    http::header,
    web::{Bytes, Path, ServiceConfig, get},
};
use rust_embed::Embed;
use sha2::{Digest, Sha256};

use super::who::Anyone;
use crate::error::{Error, Result};

#[derive(Embed)]
#[folder = "assets/"]
struct Files;

/// A text as it is sent, plain and packed.
struct Text {
    plain: Bytes,
    brotli: Bytes,
    gzip: Bytes,
}

/// All texts, as soon as they are packed.
static TEXTS: OnceLock<BTreeMap<String, Text>> = OnceLock::new();

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

/// Packs the texts on a thread of its own. Until that is done, they go out as they are.
pub fn pack() {
    let all = || Files::iter().filter_map(|name| Some((name.to_string(), Text::read(&name)?))).collect();
    std::thread::spawn(move || TEXTS.get_or_init(all));
}

pub fn routes(config: &mut ServiceConfig) {
    config.route("/assets/{digest}/{name:.*}", get().to(show));
}

async fn show(_: Anyone, request: HttpRequest, path: Path<(String, String)>) -> Result<HttpResponse> {
    let (_, name) = path.into_inner();
    let mut response = HttpResponse::Ok();
    response
        .content_type(content_type(&name))
        .insert_header((header::CACHE_CONTROL, "public, max-age=31536000, immutable"));
    if name == "kit-worker.js" {
        // Where the worker may stand between the pages and the network: at the interviews, and nowhere else.
        response.insert_header(("service-worker-allowed", "/interviews/"));
    }
    let Some(text) = TEXTS.get().and_then(|texts| texts.get(&name)) else {
        let file = Files::get(&name).ok_or(Error::NotFound)?;
        return Ok(match plain(&name) {
            Some(text) => response.body(text),
            None => response.body(file.data),
        });
    };
    let (encoding, body) = text.packed(&request);
    if let Some(encoding) = encoding {
        response.insert_header((header::CONTENT_ENCODING, encoding));
    }
    Ok(response.insert_header((header::VARY, "accept-encoding")).body(body))
}

impl Text {
    fn read(name: &str) -> Option<Text> {
        let plain = plain(name)?;
        Some(Text { brotli: brotli(plain.as_bytes()).ok()?, gzip: gzip(plain.as_bytes()).ok()?, plain: plain.into() })
    }

    /// In the best encoding that the browser takes.
    fn packed(&self, request: &HttpRequest) -> (Option<&'static str>, Bytes) {
        let accepted = request.headers().get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok());
        let takes = |coding: &str| {
            accepted.unwrap_or_default().split(',').any(|part| {
                let mut fields = part.split(';').map(str::trim);
                fields.next() == Some(coding) && !fields.any(|field| matches!(field, "q=0" | "q=0.0"))
            })
        };
        if takes("br") {
            (Some("br"), self.brotli.clone())
        } else if takes("gzip") {
            (Some("gzip"), self.gzip.clone())
        } else {
            (None, self.plain.clone())
        }
    }
}

/// Nothing for a font or a picture, which is packed already.
fn plain(name: &str) -> Option<String> {
    let is_text = ["css", "js", "svg"].iter().any(|kind| name.ends_with(&format!(".{kind}")));
    let text = String::from_utf8(Files::get(name).filter(|_| is_text)?.data.into_owned()).ok()?;
    Some(slim(name, &text))
}

/// Without comments, indentation, empty lines and idle spaces. Our own files only: no text of theirs goes over several lines.
fn slim(name: &str, text: &str) -> String {
    let is_style = name.ends_with(".css");
    let mut rest = text;
    let mut without = String::with_capacity(text.len());
    while let Some((before, comment)) = rest.split_once("/*").filter(|_| is_style) {
        without.push_str(before);
        rest = comment.split_once("*/").map_or("", |(_, after)| after);
    }
    without.push_str(rest);
    let lines = without.lines().map(str::trim).filter(|line| !line.is_empty() && (is_style || !line.starts_with("//")));
    if !is_style {
        return lines.collect::<Vec<_>>().join("\n");
    }
    let tight = lines.map(tight).collect::<Vec<_>>().join("\n");
    ["{", "}", ";", ","].iter().fold(tight, |text, sign| text.replace(&format!("{sign}\n"), sign))
}

/// A line of a style without the spaces around its signs. What stands in quotation marks stays as it is, and so does the space
/// before a colon, which means something.
fn tight(line: &str) -> String {
    let outside = |text: &str| {
        ["{", "}", ";", ",", ">"].iter().fold(text.replace(": ", ":"), |text, sign| {
            text.replace(&format!(" {sign}"), sign).replace(&format!("{sign} "), sign)
        })
    };
    let parts = line.split('"').enumerate();
    parts.map(|(n, part)| if n % 2 == 0 { outside(part) } else { part.to_owned() }).collect::<Vec<_>>().join("\"")
}

fn brotli(plain: &[u8]) -> io::Result<Bytes> {
    let mut packed = Vec::new();
    brotli::CompressorReader::new(plain, 4096, 9, 22).read_to_end(&mut packed)?;
    Ok(Bytes::from(packed))
}

fn gzip(plain: &[u8]) -> io::Result<Bytes> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(plain)?;
    encoder.finish().map(Bytes::from)
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

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    #[test]
    fn comments_and_indentation_stay_at_home_and_rules_arrive() {
        let style = "/* What\n it is. */\n.a {\n  color: red; /* why */ top: 0\n}\n";
        assert_eq!(slim("a.css", style), ".a{color:red; top:0\n}");
        let said = ".b > :is(i, p) :hover::before { content: \"a: b; { c } \" / \"\"; width: calc(1px + 2px) }";
        assert_eq!(
            slim("a.css", said),
            ".b>:is(i,p) :hover::before{content:\"a: b; { c } \" / \"\";width:calc(1px + 2px)}"
        );

        let script = "// What it is.\nif (a) {\n  // why\n  fetch(\"http://b\"); // stays\n}\n";
        assert_eq!(slim("a.js", script), "if (a) {\nfetch(\"http://b\"); // stays\n}");
    }

    #[test]
    fn no_template_literal_of_a_script_goes_over_several_lines() {
        for name in Files::iter().filter(|name| name.ends_with(".js")) {
            let text = String::from_utf8(Files::get(&name).unwrap().data.into_owned()).unwrap();
            for line in text.lines().filter(|line| !line.trim().starts_with("//")) {
                assert!(line.matches('`').count() % 2 == 0, "{name}: {line}");
            }
        }
    }

    #[test]
    fn a_browser_gets_the_best_packing_that_it_takes() {
        let text = Text::read("style.css").unwrap();
        let packed = |accepts: &str| {
            let request = TestRequest::get().insert_header((header::ACCEPT_ENCODING, accepts)).to_http_request();
            let (encoding, body) = text.packed(&request);
            (encoding, body.len())
        };

        assert_eq!(packed("gzip, deflate, br;q=0.9").0, Some("br"));
        assert_eq!(packed("gzip, br;q=0").0, Some("gzip"));
        assert_eq!(packed("").0, None);
        assert!(packed("br").1 < packed("gzip").1 && packed("gzip").1 * 3 < packed("").1);
    }
}
