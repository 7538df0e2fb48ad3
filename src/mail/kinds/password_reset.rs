//! To a member who asked for it: choose a new password.

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
pub struct PasswordReset {
    /// When the link stops working.
    pub expires: Zoned,
}

impl PasswordReset {
    pub(in crate::mail) fn draft(&self, locale: Locale) -> Result<Draft, ComposeError> {
        Ok(Draft::new("password_reset", locale.word("mail-password-reset-subject"), self)?
            .secret(SecretPurpose::PasswordReset))
    }
}
