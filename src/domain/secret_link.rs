//! Links that stand for a person: what they are for and how long they work.

use jiff::SignedDuration;

use super::text_enum::text_enum;

text_enum! {
    /// What a secret link is for.
    SecretPurpose {
        Invitation = "invitation",
        PasswordReset = "password_reset",
    }
}

impl SecretPurpose {
    /// For how long a link works once it is minted: an invitation may wait over a weekend, a reset is asked for now.
    pub fn lifetime(self) -> SignedDuration {
        match self {
            SecretPurpose::Invitation => SignedDuration::from_hours(7 * 24),
            SecretPurpose::PasswordReset => SignedDuration::from_hours(1),
        }
    }

    /// The path on which its links are opened, without the secret.
    pub fn path(self) -> &'static str {
        match self {
            SecretPurpose::Invitation => "/invitations",
            SecretPurpose::PasswordReset => "/password-resets",
        }
    }
}
