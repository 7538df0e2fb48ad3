//! To a new member: join the organisation by setting a password.

use jiff::Zoned;
use serde::Serialize;

use crate::{
    i18n::Locale,
    mail::{
        SecretPurpose,
        compose::{ComposeError, Draft},
    },
};

#[derive(Clone, Debug, Serialize)]
pub struct Invitation {
    pub organisation: String,
    /// The member who invites.
    pub invited_by: String,
    /// When the link stops working, in the zone of its reader or the organisation.
    pub expires: Zoned,
}

impl Invitation {
    pub(in crate::mail) fn draft(&self, locale: Locale) -> Result<Draft, ComposeError> {
        let subject = locale.say(
            "mail-invitation-subject",
            &[("person", self.invited_by.as_str().into()), ("organisation", self.organisation.as_str().into())],
        );
        Ok(Draft::new("invitation", subject, self)?.secret(SecretPurpose::Invitation))
    }
}
