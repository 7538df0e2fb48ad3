//! ID tokens: signed by the provider, for us, for this one way there and back, and not too old.

use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header, jwk::JwkSet};
use serde::{Deserialize, de::IgnoredAny};

use super::Trouble;

#[derive(Debug, Deserialize)]
pub struct Claims {
    pub sub: String,
    aud: Audience,
    azp: Option<String>,
    nonce: Option<String>,
    #[serde(flatten)]
    pub profile: Profile,
}

/// What the provider says at its userinfo endpoint.
#[derive(Debug, Deserialize)]
pub struct UserInfo {
    pub sub: String,
    #[serde(flatten)]
    pub profile: Profile,
}

#[derive(Debug, Deserialize)]
pub struct Profile {
    pub email: Option<String>,
    #[serde(default)]
    email_verified: serde_json::Value,
    pub name: Option<String>,
}

impl Profile {
    /// Some providers write the truth as text.
    pub fn is_verified(&self) -> bool {
        self.email_verified == true || self.email_verified == "true"
    }
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Audience {
    Several(Vec<String>),
    One(IgnoredAny),
}

/// Signatures by a key pair; a shared secret or none at all is no signature of the provider.
const ALGORITHMS: [Algorithm; 9] = [
    Algorithm::RS256,
    Algorithm::RS384,
    Algorithm::RS512,
    Algorithm::PS256,
    Algorithm::PS384,
    Algorithm::PS512,
    Algorithm::ES256,
    Algorithm::ES384,
    Algorithm::EdDSA,
];

/// # Errors
/// `Untrusted` for whatever does not hold.
pub fn verify(token: &str, keys: &JwkSet, issuer: &str, client: &str, nonce: &str) -> Result<Claims, Trouble> {
    let untrusted = |_| Trouble::Untrusted;
    let header = decode_header(token).map_err(untrusted)?;
    if !ALGORITHMS.contains(&header.alg) {
        return Err(Trouble::Untrusted);
    }
    let key = match (&header.kid, keys.keys.as_slice()) {
        (Some(kid), _) => keys.find(kid),
        (None, [only]) => Some(only),
        (None, _) => None,
    };
    let key = DecodingKey::from_jwk(key.ok_or(Trouble::Untrusted)?).map_err(untrusted)?;
    let mut validation = Validation::new(header.alg);
    validation.set_issuer(&[issuer]);
    validation.set_audience(&[client]);
    validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
    validation.leeway = 60;
    let claims = decode::<Claims>(token, &key, &validation).map_err(untrusted)?.claims;
    let is_for_us = match &claims.aud {
        Audience::One(_) => claims.azp.as_deref().is_none_or(|azp| azp == client),
        // With others in the audience, the token must say that it was made for us.
        Audience::Several(all) => all.len() == 1 || claims.azp.as_deref() == Some(client),
    };
    let is_this_trip = claims.nonce.as_deref() == Some(nonce);
    let is_named = !claims.sub.is_empty() && claims.sub.chars().count() <= 255 && !claims.sub.contains('\0');
    if is_for_us && is_this_trip && is_named { Ok(claims) } else { Err(Trouble::Untrusted) }
}

#[cfg(test)]
mod tests {
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
    use jsonwebtoken::{EncodingKey, Header, encode};
    use ring::{
        rand::SystemRandom,
        signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair},
    };
    use serde_json::{Value, json};

    use super::*;

    const ISSUER: &str = "https://idp.example.org";

    struct Signer {
        key: EncodingKey,
        keys: JwkSet,
    }

    fn signer() -> Signer {
        let random = SystemRandom::new();
        let pkcs8 = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).unwrap();
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, pkcs8.as_ref(), &random).unwrap();
        let (x, y) = pair.public_key().as_ref()[1..].split_at(32);
        let keys = json!({ "keys": [{ "kty": "EC", "crv": "P-256", "kid": "1", "alg": "ES256",
            "x": URL_SAFE_NO_PAD.encode(x), "y": URL_SAFE_NO_PAD.encode(y) }] });
        Signer { key: EncodingKey::from_ec_der(pkcs8.as_ref()), keys: serde_json::from_value(keys).unwrap() }
    }

    fn claims() -> Value {
        let now = jiff::Timestamp::now().as_second();
        json!({ "iss": ISSUER, "aud": "attune", "sub": "42", "nonce": "n", "iat": now, "exp": now + 300, "email": "a@b.example",
            "email_verified": true })
    }

    fn signed(signer: &Signer, claims: &Value) -> String {
        encode(&Header { kid: Some("1".into()), ..Header::new(Algorithm::ES256) }, claims, &signer.key).unwrap()
    }

    #[test]
    fn a_token_holds_when_it_is_the_providers_for_us_and_for_this_trip() {
        let signer = signer();
        let verified = |token: &str| verify(token, &signer.keys, ISSUER, "attune", "n");

        let person = verified(&signed(&signer, &claims())).unwrap();
        assert!(person.sub == "42" && person.profile.is_verified());

        let now = jiff::Timestamp::now().as_second();
        for (name, value) in [
            ("iss", json!("https://evil.example")),
            ("aud", json!("another client")),
            ("aud", json!(["attune", "another client"])),
            ("azp", json!("another client")),
            ("nonce", json!("another trip")),
            ("nonce", Value::Null),
            ("exp", json!(now - 61)),
            ("sub", json!("")),
            ("sub", json!("a\u{0}b")),
            ("sub", Value::Null),
        ] {
            let mut claims = claims();
            claims[name] = value.clone();
            assert_eq!(verified(&signed(&signer, &claims)).unwrap_err(), Trouble::Untrusted, "{name} {value}");
        }
    }

    #[test]
    fn no_signature_another_key_and_a_shared_secret_are_refused() {
        let (signer, stranger) = (signer(), signer());
        let verified = |token: &str| verify(token, &signer.keys, ISSUER, "attune", "n").map(|claims| claims.sub);

        assert!(verified(&signed(&stranger, &claims())).is_err());
        let body = URL_SAFE_NO_PAD.encode(claims().to_string());
        for header in [json!({ "alg": "none" }), json!({ "alg": "none", "kid": "1" })] {
            assert!(verified(&format!("{}.{body}.", URL_SAFE_NO_PAD.encode(header.to_string()))).is_err());
        }
        // The public key, which everybody knows, as if it were a shared secret.
        let public = serde_json::to_string(&signer.keys.keys[0]).unwrap();
        let header = Header { kid: Some("1".into()), ..Header::new(Algorithm::HS256) };
        let forged = encode(&header, &claims(), &EncodingKey::from_secret(public.as_bytes())).unwrap();
        assert!(verified(&forged).is_err());
        assert!(verified("").is_err() && verified("a.b.c").is_err());
    }
}
