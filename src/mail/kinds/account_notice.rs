//! To a member whose password was changed, so that a thief does not stay unseen.

use jiff::Zoned;
use serde::Serialize;

use crate::{
    i18n::Locale,
    mail::compose::{ComposeError, Draft},
};

#[derive(Clone, Debug, Serialize)]
pub struct AccountNotice {
    /// When the password was changed.
    pub changed: Zoned,
    /// Where a new password can be asked for.
    pub reset_url: String,
}

impl AccountNotice {
    pub(in crate::mail) fn draft(&self, locale: Locale) -> Result<Draft, ComposeError> {
        Draft::new("account_notice", locale.word("mail-account-notice-subject"), self)
    }
}
