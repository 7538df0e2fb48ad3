//! The outcome of an application. A person decides, with a reason; the product never does.

use super::text_enum::text_enum;

text_enum! {
    Outcome { Hired = "hired", Rejected = "rejected", OnHold = "on_hold", Withdrawn = "withdrawn" }
}
