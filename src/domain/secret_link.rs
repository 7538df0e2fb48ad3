//! Links that stand for a person: what they are for and how long they work.

use jiff::SignedDuration;

use super::text_enum::text_enum;

text_enum! {
    /// What a secret link is for.
    SecretPurpose {
        Invitation = "invitation",
        PasswordReset = "password_reset",
        /// To one seat, for somebody without an account.
        Seat = "seat",
        /// No link but the code that such a link asks for.
        SeatCode = "seat_code",
    }
}

impl SecretPurpose {
    /// For how long a link works once it is minted: an invitation may wait over a weekend, a reset is asked for now.
    pub fn lifetime(self) -> SignedDuration {
        match self {
            SecretPurpose::Invitation => SignedDuration::from_hours(7 * 24),
            SecretPurpose::PasswordReset => SignedDuration::from_hours(1),
            // At most: it is over some days after its interview.
            SecretPurpose::Seat => SignedDuration::from_hours(800 * 24),
            SecretPurpose::SeatCode => SignedDuration::from_mins(10),
        }
    }

    /// The path on which its links are opened, without the secret.
    pub fn path(self) -> &'static str {
        match self {
            SecretPurpose::Invitation => "/invitations",
            SecretPurpose::PasswordReset => "/password-resets",
            SecretPurpose::Seat | SecretPurpose::SeatCode => "/seats",
        }
    }
}
