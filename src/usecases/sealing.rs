//! What the database or a browser keeps for us without being able to read or forge it: sealed with keys derived from the
//! secret key. Earlier secret keys still open what they sealed; only the current one seals.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use ring::{
    aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey},
    hkdf, hmac,
};
use sha2::{Digest, Sha256};

use crate::error::{Error, Result};

/// How many bytes name the key that sealed something.
const NAME: usize = 4;

pub struct Sealing {
    /// The current key first.
    keys: Vec<Key>,
}

struct Key {
    name: [u8; NAME],
    sealing: LessSafeKey,
    tagging: hmac::Key,
}

impl Sealing {
    /// # Errors
    /// When there is no secret key.
    pub fn new(current: &str, earlier: &[String]) -> Result<Sealing> {
        let secrets = std::iter::once(current).chain(earlier.iter().map(String::as_str));
        Ok(Sealing { keys: secrets.map(Key::of).collect::<Result<_>>()? })
    }

    /// Encrypts. It opens only as the same thing: `what` names it, with whose it is.
    ///
    /// # Errors
    /// Never with a text that fits into memory.
    pub fn seal(&self, what: &str, plain: &[u8]) -> Result<Vec<u8>> {
        let key = &self.keys[0];
        let nonce: [u8; NONCE_LEN] = rand::random();
        let mut body = plain.to_vec();
        key.sealing
            .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::from(what.as_bytes()), &mut body)
            .map_err(|_| anyhow::anyhow!("{what} cannot be sealed"))?;
        Ok([&key.name[..], &nonce, &body].concat())
    }

    /// `None` for what another key sealed, what was changed, and what is something else.
    pub fn open(&self, what: &str, sealed: &[u8]) -> Option<Vec<u8>> {
        let (name, rest) = sealed.split_at_checked(NAME)?;
        let (nonce, body) = rest.split_at_checked(NONCE_LEN)?;
        let key = self.keys.iter().find(|key| key.name == name)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
        let mut body = body.to_vec();
        let plain = key.sealing.open_in_place(nonce, Aad::from(what.as_bytes()), &mut body).ok()?;
        Some(plain.to_vec())
    }

    /// Whether the current key sealed it.
    pub fn is_current(&self, sealed: &[u8]) -> bool {
        sealed.starts_with(&self.keys[0].name)
    }

    /// A mark under a text, by which we know it again.
    pub fn tag(&self, what: &str, text: &str) -> String {
        URL_SAFE_NO_PAD.encode(hmac::sign(&self.keys[0].tagging, &message(what, text)))
    }

    pub fn is_tag(&self, what: &str, text: &str, tag: &str) -> bool {
        let Ok(tag) = URL_SAFE_NO_PAD.decode(tag) else { return false };
        self.keys.iter().any(|key| hmac::verify(&key.tagging, &message(what, text), &tag).is_ok())
    }
}

impl Key {
    fn of(secret: &str) -> Result<Key> {
        let bug = |_| Error::Bug(anyhow::anyhow!("no key can be derived from the secret key"));
        let root = hkdf::Salt::new(hkdf::HKDF_SHA256, b"attune").extract(secret.as_bytes());
        let sealing: UnboundKey = root.expand(&[b"seal"], &AES_256_GCM).map_err(bug)?.into();
        let tagging: hmac::Key = root.expand(&[b"tag"], hmac::HMAC_SHA256).map_err(bug)?.into();
        Ok(Key { name: name(secret), sealing: LessSafeKey::new(sealing), tagging })
    }
}

/// The first bytes of a digest that tells nothing about the key.
fn name(secret: &str) -> [u8; NAME] {
    let digest = Sha256::new().chain_update(b"attune/name\n").chain_update(secret).finalize();
    std::array::from_fn(|at| digest[at])
}

/// The name of a secret key, for tokens that say which key signed them.
pub fn key_name(secret: &str) -> String {
    URL_SAFE_NO_PAD.encode(name(secret))
}

fn message(what: &str, text: &str) -> Vec<u8> {
    format!("{what}\n{text}").into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    const OLD: &str = "the key of last year, which was long";
    const NEW: &str = "the key of this year, which is longer";

    #[test]
    fn what_is_sealed_opens_as_the_same_thing_and_nothing_else() {
        let sealing = Sealing::new(NEW, &[]).unwrap();
        let sealed = sealing.seal("the authenticator of Maja", b"secret").unwrap();

        assert_eq!(sealing.open("the authenticator of Maja", &sealed).unwrap(), b"secret");
        assert_eq!(sealing.open("the authenticator of Jonas", &sealed), None);
        assert!(!String::from_utf8_lossy(&sealed).contains("secret"));
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert_eq!(sealing.open("the authenticator of Maja", &changed), None, "byte {at}");
            assert_eq!(sealing.open("the authenticator of Maja", &sealed[..at]), None, "{at} bytes");
        }
    }

    #[test]
    fn an_earlier_key_opens_and_no_longer_seals() {
        let before = Sealing::new(OLD, &[]).unwrap();
        let sealed = before.seal("a thing", b"secret").unwrap();
        let after = Sealing::new(NEW, &[OLD.to_owned()]).unwrap();

        assert_eq!(after.open("a thing", &sealed).unwrap(), b"secret");
        assert!(!after.is_current(&sealed) && after.is_current(&after.seal("a thing", b"secret").unwrap()));
        assert!(after.is_tag("device", "x", &before.tag("device", "x")));
        assert_eq!(before.open("a thing", &after.seal("a thing", b"secret").unwrap()), None);
        assert_eq!(Sealing::new(NEW, &[]).unwrap().open("a thing", &sealed), None);
    }

    #[test]
    fn a_tag_belongs_to_one_text() {
        let sealing = Sealing::new(NEW, &[]).unwrap();
        let tag = sealing.tag("device", "maja");

        assert!(sealing.is_tag("device", "maja", &tag));
        assert!(!sealing.is_tag("device", "jonas", &tag) && !sealing.is_tag("other", "maja", &tag));
        assert!(!sealing.is_tag("device", "maja", "") && !sealing.is_tag("device", "maja", "é"));
    }
}
