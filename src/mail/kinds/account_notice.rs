//! To a member about a change of their own way in, so that a thief does not stay unseen.

use jiff::Zoned;
use serde::Serialize;

use crate::{
    domain::device,
    i18n::Locale,
    mail::compose::{ComposeError, Draft},
};

#[derive(Clone, Debug, Serialize)]
pub struct AccountNotice {
    /// What happened, as the catalogues name it: `password-changed`, `new-device`.
    pub change: &'static str,
    /// When.
    pub changed: Zoned,
    /// What the browser said it is, and its network address, where that is the news.
    #[serde(skip)]
    pub device: Option<(String, String)>,
    /// Where a new password can be asked for.
    pub reset_url: String,
}

impl AccountNotice {
    pub(in crate::mail) fn draft(&self, locale: Locale) -> Result<Draft, ComposeError> {
        let headline = locale.word(&format!("mail-account-notice-{}", self.change));
        let (device, address) = match &self.device {
            Some((user_agent, address)) => (device::name(user_agent, locale), address.as_str()),
            None => (String::new(), ""),
        };
        let draft = Draft::new("account_notice", headline.clone(), self)?;
        Ok(draft
            .shows("headline", &headline)
            .shows("text_key", &format!("mail-account-notice-{}-text", self.change))
            .shows("device", &device)
            .shows("address", &address))
    }
}
