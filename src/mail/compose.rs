//! From a mail and a language to a letter: subject, HTML with its style inlined, and a text part written by hand. Pure.

use std::sync::LazyLock;

use css_inline::CSSInliner;
use jiff::Timestamp;
use rust_embed::Embed;
use serde::Serialize;
use tera::{Context, Tera};
use uuid::Uuid;

use super::{
    AccountNotice, DebriefOpened, InterviewCancelled, InterviewChanged, InterviewScheduled, Invitation, Letter,
    Mailbox, PaperEntered, Part, PasswordReset, Reminder, SeatCode, SeatLink, SecretPurpose, Summary, letter::one_line,
    plain_text::wrap,
};
use crate::i18n::{self, Locale};

/// Every letter that the product writes.
#[derive(Clone, Debug)]
pub enum Mail {
    Invitation(Invitation),
    PasswordReset(PasswordReset),
    AccountNotice(AccountNotice),
    InterviewScheduled(InterviewScheduled),
    InterviewChanged(InterviewChanged),
    InterviewCancelled(InterviewCancelled),
    SeatLink(SeatLink),
    SeatCode(SeatCode),
    PaperEntered(PaperEntered),
    Reminder(Reminder),
    DebriefOpened(DebriefOpened),
    Summary(Summary),
}

impl Mail {
    /// The kind of letter as the outbox keeps it.
    pub fn kind(&self) -> &'static str {
        match self {
            Mail::Invitation(_) => "invitation",
            Mail::PasswordReset(_) => "password_reset",
            Mail::AccountNotice(_) => "account_notice",
            Mail::InterviewScheduled(_) => "interview_scheduled",
            Mail::InterviewChanged(_) => "interview_changed",
            Mail::InterviewCancelled(_) => "interview_cancelled",
            Mail::SeatLink(_) => "seat_link",
            Mail::SeatCode(_) => "seat_code",
            Mail::PaperEntered(_) => "paper_entered",
            Mail::Reminder(_) => "reminder",
            Mail::DebriefOpened(_) => "debrief_opened",
            Mail::Summary(_) => "summary",
        }
    }
}

/// To whom a letter goes, for whom, and when it was written.
#[derive(Clone, Debug)]
pub struct Envelope {
    /// The letter's own id, of which its Message-ID is made.
    pub id: Uuid,
    pub to: Mailbox,
    /// The person who reads the answer; `None` when nobody does.
    pub reply_to: Option<Mailbox>,
    /// The organisation's name.
    pub organisation: String,
    /// Where the product is reached, without a slash at the end: `https://attune.example`.
    pub site: String,
    /// Now.
    pub at: Timestamp,
}

#[derive(Debug, thiserror::Error)]
pub enum ComposeError {
    #[error("the template of a letter does not render: {0}")]
    Template(#[from] tera::Error),
    #[error("the style of a letter cannot be inlined: {0}")]
    Style(#[from] css_inline::InlineError),
}

/// Writes the letter in the language of its reader.
pub fn compose(mail: &Mail, locale: Locale, envelope: &Envelope) -> Result<Letter, ComposeError> {
    let draft = match mail {
        Mail::Invitation(mail) => mail.draft(locale),
        Mail::PasswordReset(mail) => mail.draft(locale),
        Mail::AccountNotice(mail) => mail.draft(locale),
        Mail::InterviewScheduled(mail) => mail.draft(locale, envelope),
        Mail::InterviewChanged(mail) => mail.draft(locale, envelope),
        Mail::InterviewCancelled(mail) => mail.draft(locale, envelope),
        Mail::SeatLink(mail) => mail.draft(locale),
        Mail::SeatCode(mail) => mail.draft(locale),
        Mail::PaperEntered(mail) => mail.draft(locale),
        Mail::Reminder(mail) => mail.draft(locale),
        Mail::DebriefOpened(mail) => mail.draft(locale),
        Mail::Summary(mail) => mail.draft(envelope),
    }?;
    let subject = one_line(&draft.subject);
    let from = draft.from.as_deref().unwrap_or(&envelope.organisation);
    let mut context = draft.context;
    context.insert("locale", locale.tag());
    context.insert("subject", &subject);
    context.insert("to_name", envelope.to.name());
    context.insert("organisation", &one_line(&envelope.organisation));
    context.insert("reply_to_name", &envelope.reply_to.as_ref().map(name_or_address));
    context.insert("css", CSS.as_str());
    let html = TEMPLATES.render(&format!("mail/{}.html", draft.template), &context)?;
    let text = TEMPLATES.render(&format!("mail/{}.txt", draft.template), &context)?;
    Ok(Letter {
        message_id: format!("<{}@{}>", envelope.id, envelope.host()),
        from_name: locale.say("mail-from", &[("name", one_line(from).into())]),
        to: envelope.to.clone(),
        reply_to: envelope.reply_to.clone(),
        subject,
        text: wrap(&text),
        html: INLINER.inline(&html)?,
        parts: draft.parts,
        secret: draft.secret,
        unsubscribe: draft.unsubscribe,
    })
}

impl Envelope {
    /// The name of the machine in `site`, which makes ids of ours differ from anybody else's.
    pub(super) fn host(&self) -> &str {
        let rest = self.site.split_once("://").map_or(self.site.as_str(), |(_, rest)| rest);
        let host = rest.split('/').next().unwrap_or_default();
        match host.rsplit_once(':') {
            Some((name, port)) if port.chars().all(|c| c.is_ascii_digit()) => name,
            _ => host,
        }
    }
}

/// What a kind of letter makes of itself before it meets the layout.
pub(super) struct Draft {
    /// The name of its two files in `templates/mail/`.
    template: &'static str,
    subject: String,
    /// Who writes, when it is a person and not the organisation.
    from: Option<String>,
    context: Context,
    parts: Vec<Part>,
    secret: Option<SecretPurpose>,
    unsubscribe: Option<String>,
}

impl Draft {
    pub(super) fn new(template: &'static str, subject: String, shows: &impl Serialize) -> Result<Draft, ComposeError> {
        let context = Context::from_serialize(shows)?;
        Ok(Draft { template, subject, from: None, context, parts: Vec::new(), secret: None, unsubscribe: None })
    }

    pub(super) fn from(mut self, name: &str) -> Draft {
        self.from = Some(name.to_owned());
        self
    }

    pub(super) fn shows(mut self, name: &'static str, value: &impl Serialize) -> Draft {
        self.context.insert(name, value);
        self
    }

    pub(super) fn part(mut self, part: Part) -> Draft {
        self.parts.push(part);
        self
    }

    /// The letter comes again; at this address its reader turns it off.
    pub(super) fn repeats(mut self, url: &str) -> Draft {
        self.unsubscribe = Some(url.to_owned());
        self
    }

    /// The link is not here yet: the templates get [`super::SECRET_LINK`] in its place.
    pub(super) fn secret(mut self, purpose: SecretPurpose) -> Draft {
        self.secret = Some(purpose);
        self.context.insert("link", super::SECRET_LINK);
        self
    }
}

fn name_or_address(mailbox: &Mailbox) -> String {
    if mailbox.name().is_empty() { mailbox.address().to_string() } else { mailbox.name().to_owned() }
}

#[derive(Embed)]
#[folder = "templates/mail/"]
struct Files;

#[expect(clippy::expect_used, reason = "the templates are in the binary; a test renders every one")]
static TEMPLATES: LazyLock<Tera> = LazyLock::new(|| {
    let mut tera = Tera::default();
    i18n::tera::register(&mut tera);
    let files = Files::iter().filter(|name| name.ends_with(".html") || name.ends_with(".txt"));
    tera.add_raw_templates(files.map(|name| (format!("mail/{name}"), source(&name))))
        .expect("the templates of the letters parse");
    tera
});

static CSS: LazyLock<String> = LazyLock::new(|| source("mail.css"));

/// Style attributes for the programs that know nothing else; the `@media` rules stay for those that do.
static INLINER: LazyLock<CSSInliner<'static>> =
    LazyLock::new(|| CSSInliner::options().keep_at_rules(true).load_remote_stylesheets(false).build());

fn source(name: &str) -> String {
    Files::get(name).map(|file| String::from_utf8_lossy(&file.data).into_owned()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::email::EmailAddress;

    #[test]
    fn ids_carry_the_name_of_the_site_without_its_port() {
        let envelope = |site: &str| Envelope {
            id: Uuid::nil(),
            to: Mailbox::new("", EmailAddress::parse("eva@nordlys.example").expect("valid")),
            reply_to: None,
            organisation: String::new(),
            site: site.into(),
            at: Timestamp::UNIX_EPOCH,
        };
        assert_eq!(envelope("https://attune.example").host(), "attune.example");
        assert_eq!(envelope("http://127.0.0.1:8080").host(), "127.0.0.1");
        assert_eq!(envelope("http://[::1]:8080/attune").host(), "[::1]");
    }

    #[test]
    fn templates_say_only_words_that_every_catalogue_has() {
        for name in Files::iter() {
            for said in source(&name).split("say(key=\"").skip(1) {
                let key = said.split('"').next().unwrap_or_default();
                for locale in Locale::ALL {
                    assert!(locale.has(key), "{name} says {key}, which {locale} lacks");
                }
            }
        }
    }
}
