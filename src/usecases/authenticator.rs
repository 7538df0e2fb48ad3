//! The authenticator app: a second factor by codes of the time (RFC 6238), and recovery codes for the day it is lost.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use diesel_async::AsyncConnection;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use totp_rs::{Algorithm, Builder, Totp};

use super::{
    account_letter::{self, Change, Sender},
    password::Hashing,
    sealing::Sealing,
    second_factor,
};
use crate::{
    domain::id::{MemberId, OrgId, RecoveryCodeId},
    error::{Error, Result},
    store::{
        Conn,
        authenticator::{self, Authenticator},
        event::{self, Actor, Entry},
        member::Member,
        recovery_code::{self, RecoveryCode},
    },
};

/// What an app reads to make the member's codes. Nothing is kept until a code proves that it has read it.
pub struct Offer {
    /// For typing, in groups of four.
    pub secret: String,
    /// For the QR code.
    pub url: String,
    /// The secret as the form carries it: sealed, for this member, for a quarter of an hour.
    pub sealed: String,
}

const OFFER: SignedDuration = SignedDuration::from_mins(15);
const SECRET: usize = 20;
const STEP: u64 = 30;

/// How many recovery codes a sheet has, and their alphabet without letters that look alike.
const CODES: usize = 10;
const CODE_LENGTH: usize = 10;
const ALPHABET: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

/// What proved to be the member's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    Code,
    RecoveryCode,
}

/// A new secret, or the one that the form brought back.
pub fn offer(sealing: &Sealing, member: &Member, again: Option<&str>, now: Timestamp) -> Result<Offer> {
    let secret = again.and_then(|sealed| reopen(sealing, member, sealed, now)).unwrap_or_else(rand::random);
    let plain = [&secret[..], &(now + OFFER).as_second().to_be_bytes()].concat();
    let totp = Builder::new()
        .with_algorithm(Algorithm::SHA1)
        .with_secret(secret.to_vec())
        .with_issuer(Some("Attune"))
        .with_account_name(member.email.replace(':', " "))
        .build()
        .map_err(bug)?;
    let text = totp.secret().to_base32();
    let groups: Vec<&str> = (0..text.len()).step_by(4).map(|at| &text[at..text.len().min(at + 4)]).collect();
    Ok(Offer {
        secret: groups.join(" "),
        url: totp.to_url().map_err(bug)?,
        sealed: URL_SAFE_NO_PAD.encode(sealing.seal(&offered_to(member), &plain)?),
    })
}

/// Sets the app up once a code of it is right, and makes a sheet of recovery codes: the only moment at which they are known.
///
/// # Errors
/// `Invalid` for a wrong code; `Refused` when the offer is too old.
pub async fn turn_on(
    conn: &mut Conn,
    hashing: &Hashing,
    sealing: &Sealing,
    actor: &Actor,
    sender: &Sender<'_>,
    member: &Member,
    (offered, code): (&str, &str),
) -> Result<Vec<String>> {
    let secret = reopen(sealing, member, offered, actor.now).ok_or_else(|| Error::refused("factor-offer-too-old"))?;
    let step =
        matching_step(secret.to_vec(), code, actor.now)?.ok_or_else(|| Error::invalid("code", "factor-code-wrong"))?;
    let new = Authenticator {
        org_id: member.org_id,
        member_id: member.id,
        sealed_secret: sealing.seal(&kept_for(member.org_id, member.id), &secret)?,
        last_step: step,
        created_at: actor.now.into(),
    };
    let (codes, sheet) = sheet(hashing, member, actor.now).await?;
    conn.transaction(async |conn| {
        authenticator::put(conn, &new).await?;
        recovery_code::replace(conn, member.org_id, member.id, &sheet).await?;
        account_letter::notice(conn, sender, member, Change::AuthenticatorAdded, actor.now).await?;
        let entry = Entry::new("member.factor_added", member.id.0).with(json!({ "factor": "authenticator" }));
        event::append(conn, actor, entry).await?;
        Ok::<_, Error>(())
    })
    .await?;
    Ok(codes)
}

/// Takes the app and the recovery codes away.
///
/// # Errors
/// `NotFound` without an app; `Refused` while the password is too short to stand alone, and for the last factor where the
/// organisation asks for one.
pub async fn turn_off(conn: &mut Conn, actor: &Actor, sender: &Sender<'_>, member: &Member) -> Result<()> {
    if member.password_short {
        return Err(Error::refused("factor-password-short"));
    }
    conn.transaction(async |conn| {
        if !authenticator::delete(conn, member.org_id, member.id).await? {
            return Err(Error::NotFound);
        }
        second_factor::still_has_one(conn, sender.organisation, member).await?;
        recovery_code::replace(conn, member.org_id, member.id, &[]).await?;
        account_letter::notice(conn, sender, member, Change::AuthenticatorRemoved, actor.now).await?;
        let entry = Entry::new("member.factor_removed", member.id.0).with(json!({ "factor": "authenticator" }));
        event::append(conn, actor, entry).await?;
        Ok(())
    })
    .await
}

/// A new sheet of recovery codes in place of the earlier one.
///
/// # Errors
/// `NotFound` without an authenticator app.
pub async fn renew_codes(
    conn: &mut Conn,
    hashing: &Hashing,
    actor: &Actor,
    sender: &Sender<'_>,
    member: &Member,
) -> Result<Vec<String>> {
    if !authenticator::is_on(conn, member.org_id, member.id).await? {
        return Err(Error::NotFound);
    }
    let (codes, sheet) = sheet(hashing, member, actor.now).await?;
    conn.transaction(async |conn| {
        recovery_code::replace(conn, member.org_id, member.id, &sheet).await?;
        account_letter::notice(conn, sender, member, Change::RecoveryCodesMade, actor.now).await?;
        event::append(conn, actor, Entry::new("member.recovery_codes_made", member.id.0)).await?;
        Ok::<_, Error>(())
    })
    .await?;
    Ok(codes)
}

/// Whether the text is a code of the member's app that was not used, or one of the recovery codes; it is used up by this.
pub(super) async fn prove(
    conn: &mut Conn,
    hashing: &Hashing,
    sealing: &Sealing,
    (org, member): (OrgId, MemberId),
    text: &str,
    now: Timestamp,
) -> Result<Option<Proof>> {
    let text: String = text.chars().filter(|c| c.is_ascii_alphanumeric()).collect();
    if text.len() == CODE_LENGTH {
        let Some(salt) = recovery_code::salt(conn, org, member).await? else { return Ok(None) };
        let hash = hashing.digest(salt, text.to_ascii_uppercase()).await?;
        let spent = recovery_code::spend(conn, org, member, &hash, now).await?;
        return Ok(spent.then_some(Proof::RecoveryCode));
    }
    let Some(kept) = authenticator::find(conn, org, member).await? else { return Ok(None) };
    let Some(secret) = sealing.open(&kept_for(org, member), &kept.sealed_secret) else {
        // No code can be right then; a recovery code still is.
        tracing::error!(%member, "an authenticator was sealed with a key that is not in the settings");
        return Ok(None);
    };
    let Some(step) = matching_step(secret, &text, now)? else { return Ok(None) };
    Ok(authenticator::spend_step(conn, org, member, step).await?.then_some(Proof::Code))
}

/// Seals the secrets that an earlier key sealed with the current one, a few at a time, so that the earlier key can be let go.
pub async fn reseal(conn: &mut Conn, sealing: &Sealing) -> Result<usize> {
    const AT_ONCE: i64 = 200;
    let (mut last, mut resealed) = ((OrgId(uuid::Uuid::nil()), MemberId(uuid::Uuid::nil())), 0);
    loop {
        let some = authenticator::after(conn, last, AT_ONCE).await?;
        for kept in some.iter().filter(|kept| !sealing.is_current(&kept.sealed_secret)) {
            let what = kept_for(kept.org_id, kept.member_id);
            let Some(secret) = sealing.open(&what, &kept.sealed_secret) else {
                tracing::warn!(member = %kept.member_id, "an authenticator was sealed with a key that is not in the settings");
                continue;
            };
            authenticator::reseal(conn, kept, &sealing.seal(&what, &secret)?).await?;
            resealed += 1;
        }
        match some.last() {
            Some(kept) => last = (kept.org_id, kept.member_id),
            None => return Ok(resealed),
        }
    }
}

/// The step whose code this is: now, or one before or after for clocks that differ.
fn matching_step(secret: Vec<u8>, code: &str, now: Timestamp) -> Result<Option<i64>> {
    let code: String = code.chars().filter(char::is_ascii_digit).collect();
    let step = totp(secret)?.check(&code, u64::try_from(now.as_second()).unwrap_or_default());
    Ok(step.and_then(|step| i64::try_from(step).ok()))
}

/// The code that an app with this secret shows; for tests and for nobody else.
pub fn code_of(secret: &str, now: Timestamp) -> Option<String> {
    let secret: String = secret.chars().filter(|c| !c.is_whitespace()).collect();
    let secret = totp_rs::Secret::try_from_base32(secret).ok()?;
    let totp = totp(secret.as_bytes().to_vec()).ok()?;
    Some(totp.generate(u64::try_from(now.as_second()).ok()?).to_string())
}

fn totp(secret: Vec<u8>) -> Result<Totp> {
    let builder = Builder::new().with_algorithm(Algorithm::SHA1).with_secret(secret);
    builder.with_digits(6).with_skew(1).with_step_duration(STEP).build().map_err(bug)
}

fn reopen(sealing: &Sealing, member: &Member, sealed: &str, now: Timestamp) -> Option<[u8; SECRET]> {
    let plain = sealing.open(&offered_to(member), &URL_SAFE_NO_PAD.decode(sealed).ok()?)?;
    let (secret, until) = plain.split_at_checked(SECRET)?;
    let until = i64::from_be_bytes(until.try_into().ok()?);
    (now.as_second() < until).then(|| secret.try_into().ok())?
}

/// Codes as the member writes them down, and as they are kept.
async fn sheet(hashing: &Hashing, member: &Member, now: Timestamp) -> Result<(Vec<String>, Vec<RecoveryCode>)> {
    let salt: [u8; 16] = rand::random();
    let (mut codes, mut sheet) = (Vec::new(), Vec::new());
    for _ in 0..CODES {
        let random: [u8; CODE_LENGTH] = rand::random();
        let code: String = random.iter().map(|byte| char::from(ALPHABET[usize::from(byte % 32)])).collect();
        sheet.push(RecoveryCode {
            org_id: member.org_id,
            id: RecoveryCodeId::new(),
            member_id: member.id,
            salt: salt.to_vec(),
            code_hash: hashing.digest(salt.to_vec(), code.clone()).await?,
            created_at: now.into(),
            used_at: None.into(),
        });
        codes.push(format!("{}-{}", &code[..CODE_LENGTH / 2], &code[CODE_LENGTH / 2..]));
    }
    Ok((codes, sheet))
}

fn offered_to(member: &Member) -> String {
    format!("authenticator offered to {}/{}", member.org_id, member.id)
}

fn kept_for(org: OrgId, member: MemberId) -> String {
    format!("authenticator of {org}/{member}")
}

fn bug(error: impl std::fmt::Display) -> Error {
    Error::Bug(anyhow::anyhow!("totp: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_those_of_the_rfc() {
        // RFC 6238, appendix B, SHA-1, cut to six digits.
        let secret = b"12345678901234567890".to_vec();
        for (second, code) in
            [(59, "287082"), (1_111_111_109, "081804"), (1_234_567_890, "005924"), (20_000_000_000, "353130")]
        {
            let at = Timestamp::from_second(second).unwrap();
            assert_eq!(matching_step(secret.clone(), code, at).unwrap(), Some(second / 30), "{second}");
        }
    }

    #[test]
    fn a_clock_may_differ_by_one_step_and_no_more() {
        let secret = b"12345678901234567890".to_vec();
        // 081804 is the code of the 30 seconds that begin here.
        let begins = 1_111_111_080;
        for (second, is_right) in [(-31, false), (-30, true), (0, true), (29, true), (59, true), (60, false)] {
            let now = Timestamp::from_second(begins + second).unwrap();
            assert_eq!(matching_step(secret.clone(), "081804", now).unwrap().is_some(), is_right, "{second}");
        }
    }
}
