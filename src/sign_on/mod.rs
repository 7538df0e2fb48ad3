//! OpenID Connect, from our side: finding the provider, the way there, and what comes back, checked. Knows no store.

mod id_token;
pub mod outward;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use outward::Outward;

/// Why somebody could not be signed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    #[error("the provider's address is not one that may be asked")]
    Address,
    #[error("the provider cannot be reached")]
    Unreachable,
    #[error("the provider answered something that cannot be used")]
    Answer,
    #[error("what the provider says cannot be trusted")]
    Untrusted,
}

/// What a provider knows us by.
#[derive(Clone)]
pub struct Client {
    pub issuer: String,
    pub id: String,
    pub secret: String,
    /// Where the provider sends the browser back to.
    pub callback: String,
}

/// The provider's own description (OpenID Connect Discovery 1.0).
#[derive(Clone, Debug, Deserialize)]
pub struct Provider {
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
    jwks_uri: String,
    userinfo_endpoint: Option<String>,
    token_endpoint_auth_methods_supported: Option<Vec<String>>,
}

/// One way to the provider and back: each part is random and used once.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Trip {
    pub state: String,
    nonce: String,
    verifier: String,
}

/// Who came back.
#[derive(Clone, Debug, PartialEq)]
pub struct Person {
    pub issuer: String,
    pub subject: String,
    /// Only where the provider says that it has verified it.
    pub email: Option<String>,
    pub name: Option<String>,
}

impl Trip {
    #[expect(clippy::new_without_default, reason = "every call gives another one")]
    pub fn new() -> Trip {
        let random = || URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>());
        Trip { state: random(), nonce: random(), verifier: random() }
    }
}

/// # Errors
/// When the provider cannot be asked, or calls itself something else than what we asked for.
pub async fn discover(outward: &Outward, issuer: &str) -> Result<Provider, Trouble> {
    let address = format!("{}/.well-known/openid-configuration", issuer.trim_end_matches('/'));
    let provider: Provider = outward.get(&address).await?;
    if provider.issuer != issuer {
        return Err(Trouble::Untrusted);
    }
    for endpoint in [&provider.authorization_endpoint, &provider.token_endpoint, &provider.jwks_uri] {
        outward.checked(endpoint)?;
    }
    Ok(provider)
}

/// Where the browser goes; `again` asks the provider to ask the person, whoever it knows already.
pub fn way_out(provider: &Provider, client: &Client, trip: &Trip, again: bool) -> String {
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(&trip.verifier));
    let mut parts = vec![
        ("response_type", "code"),
        ("scope", "openid email profile"),
        ("client_id", client.id.as_str()),
        ("redirect_uri", &client.callback),
        ("state", &trip.state),
        ("nonce", &trip.nonce),
        ("code_challenge", &challenge),
        ("code_challenge_method", "S256"),
    ];
    if again {
        parts.push(("prompt", "login"));
    }
    let query = serde_urlencoded::to_string(parts);
    let joint = if provider.authorization_endpoint.contains('?') { '&' } else { '?' };
    format!("{}{joint}{}", provider.authorization_endpoint, query.unwrap_or_default())
}

/// Exchanges the code that came back for who the person is.
///
/// # Errors
/// When the provider does not take the code, or what it says does not hold.
pub async fn redeem(
    outward: &Outward,
    provider: &Provider,
    client: &Client,
    trip: &Trip,
    code: &str,
) -> Result<Person, Trouble> {
    #[derive(Deserialize)]
    struct Tokens {
        id_token: String,
        access_token: Option<String>,
    }
    let mut form = vec![
        ("grant_type", "authorization_code"),
        ("code", code),
        ("redirect_uri", &client.callback),
        ("code_verifier", &trip.verifier),
    ];
    // Basic is what the standard assumes where nothing is said; its parts are form-encoded first (RFC 6749, 2.3.1).
    let methods = provider.token_endpoint_auth_methods_supported.as_deref();
    let by_basic = methods.is_none_or(|methods| methods.iter().any(|method| method == "client_secret_basic"));
    let (id, secret) = (encoded(&client.id), encoded(&client.secret));
    if !by_basic {
        form.extend([("client_id", client.id.as_str()), ("client_secret", client.secret.as_str())]);
    }
    let basic = by_basic.then_some((id.as_str(), secret.as_str()));
    let tokens: Tokens = outward.post(&provider.token_endpoint, &form, basic).await?;
    let keys = outward.get(&provider.jwks_uri).await?;
    let claims = id_token::verify(&tokens.id_token, &keys, &provider.issuer, &client.id, &trip.nonce)?;
    let mut said = claims.profile;
    if said.email.is_none()
        && let (Some(endpoint), Some(token)) = (&provider.userinfo_endpoint, &tokens.access_token)
    {
        let more: id_token::UserInfo = outward.get_as(endpoint, token).await?;
        if more.sub != claims.sub {
            return Err(Trouble::Untrusted);
        }
        said = more.profile;
    }
    let verified = said.is_verified();
    Ok(Person {
        issuer: provider.issuer.clone(),
        subject: claims.sub,
        email: said.email.filter(|_| verified),
        name: said.name,
    })
}

fn encoded(text: &str) -> String {
    let pair = serde_urlencoded::to_string([("", text)]).unwrap_or_default();
    pair.trim_start_matches('=').to_owned()
}
