# What every letter says.
mail-from = { $name } via Attune
mail-hello = Hello { $name },
mail-hello-nobody = Hello,
mail-reply-to = Your reply goes to { $name }.
mail-reply-to-nobody = Replies to this address are not read.
mail-sent-for = Sent for { $organisation } by Attune, which guides structured interviews.
mail-link-expires = The link works once, until { $when }.
mail-link-by-hand = If the button does not work, open this address:

# An invitation to join.
mail-invitation-subject = { $person } invites you to { $organisation } on Attune
mail-invitation-headline = Join { $organisation } on Attune
mail-invitation-text = { $person } has invited you to { $organisation } on Attune, where interviews are prepared, scored and compared. Choose a password and you are in.
mail-invitation-button = Accept the invitation
mail-invitation-unknown = If you did not expect this letter, you can ignore it; nothing happens.

# A forgotten password.
mail-password-reset-subject = Choose a new password for Attune
mail-password-reset-headline = Choose a new password
mail-password-reset-text = Someone, we hope you, asked for a new password for your account on Attune.
mail-password-reset-button = Choose a new password
mail-password-reset-unknown = If it was not you, ignore this letter; your password stays as it is.

# A change of one's own way in.
mail-account-notice-password-changed = Your password on Attune was changed
mail-account-notice-password-changed-text = The password of your account on Attune was changed on { $when }.
mail-account-notice-authenticator-added = An authenticator app was added to your account on Attune
mail-account-notice-authenticator-added-text = Since { $when }, signing in to Attune with your password asks for a code of your authenticator app as well.
mail-account-notice-authenticator-removed = The authenticator app was removed from your account on Attune
mail-account-notice-authenticator-removed-text = Since { $when }, your password alone signs you in to Attune; no code is asked for.
mail-account-notice-recovery-codes-made = New recovery codes were made for your account on Attune
mail-account-notice-recovery-codes-made-text = New recovery codes were made on { $when }. The earlier ones no longer work.
mail-account-notice-recovery-code-used = A recovery code was used to sign in to Attune
mail-account-notice-recovery-code-used-text = Somebody signed in to your account on Attune on { $when } with your password and one of your recovery codes.
mail-account-notice-passkey-added = A passkey was added to your account on Attune
mail-account-notice-passkey-added-text = Since { $when }, a further passkey signs in to your account on Attune.
mail-account-notice-passkey-removed = A passkey was removed from your account on Attune
mail-account-notice-passkey-removed-text = A passkey was removed on { $when }, and no longer signs in to your account on Attune.
mail-account-notice-factors-removed = The ways you sign in to Attune were removed
mail-account-notice-factors-removed-text = On { $when } your authenticator app, your recovery codes and your passkeys were removed for you, and you were signed out everywhere. Your password lets you in; set up a new app or passkey then.
mail-account-notice-api-token-made = An API token was made for your account on Attune
mail-account-notice-api-token-made-text = Since { $when } another system can act as you on Attune, with a token that was made in your account.
mail-account-notice-new-device = You signed in to Attune on a new device
mail-account-notice-new-device-text = Your account on Attune was signed in to on { $when }, for the first time with this browser: { $device }, from the network address { $address }.
mail-account-notice-unknown = If that was you, there is nothing to do. If it was not, choose a new password now and tell your administrator.
mail-account-notice-button = Choose a new password

# Interviews.
mail-interview-scheduled-subject = Interview with { $candidate }, { $day } at { $time }
mail-interview-scheduled-headline = You interview { $candidate }
mail-interview-scheduled-text = You are on the panel that meets { $candidate } for { $job }. The kit guides you through the questions, with a place for what you hear.
mail-interview-changed-subject = Changed: interview with { $candidate }, { $day } at { $time }
mail-interview-changed-headline = Your interview with { $candidate } has changed
mail-interview-changed-text = This is how the interview with { $candidate } for { $job } now stands.
mail-interview-cancelled-subject = Cancelled: interview with { $candidate }, { $day } at { $time }
mail-interview-cancelled-headline = Your interview with { $candidate } is cancelled
mail-interview-cancelled-text = The interview with { $candidate } on { $day } at { $time } will not take place. There is nothing for you to do.
mail-interview-cancelled-calendar = The attached calendar file takes it out of your calendar.
mail-interview-calendar = The attached calendar file keeps your calendar up to date.
mail-interview-when = When
mail-interview-before = Before
mail-interview-candidate = Candidate
mail-interview-job = Job
mail-interview-round = Round
mail-interview-place = Place
mail-interview-panel = Panel
mail-interview-medium =
    { $medium ->
        [in_person] in person
        [video] by video
        [phone] by phone
        [text] in writing
       *[other] { $medium }
    }
mail-interview-preparation = Prepare: questions, time plan, and what not to ask
mail-interview-button = Open the interview kit
mail-calendar-title = Interview: { $candidate } – { $job }
mail-calendar-description = { $round } for { $job }, with { $candidate }. Panel: { $panel }. Interview kit: { $kit }

# What waits for a member, once a day.
mail-reminder-subject = For you today: { $what }
mail-reminder-interviews = { $count ->
    [one] one interview
   *[other] { $count } interviews
}
mail-reminder-scorecards = { $count ->
    [one] one scorecard to finish
   *[other] { $count } scorecards to finish
}
mail-reminder-others = { $count ->
    [one] one late scorecard in your jobs
   *[other] { $count } late scorecards in your jobs
}
mail-reminder-today = Your interviews today
mail-reminder-due = Scorecards to finish
mail-reminder-due-why = They are easiest to write while you remember the conversation.
mail-reminder-blind = Others' scorecards open when you have submitted yours.
mail-reminder-late = { $days ->
    [0] due now
    [one] one day late
   *[other] { $days } days late
}
mail-reminder-interviewed = interviewed { $day }
mail-reminder-late-others = Late in your jobs
mail-reminder-button = Open Today
mail-reminder-off = Change or turn off these reminders
mail-reminder-asked = { $name } asks you for what is still to be written.
mail-reminder-seat-button = Open your interview with { $candidate }
mail-reminder-seat-way = The link is yours alone: please do not pass it on. When you open it, we send a code to this address.
mail-reminder-seat-others = Your other interviews open with the links in their own letters.
mail-reminder-seat-off = You can turn these reminders off on the page behind the link.

# A debrief that was opened.
mail-debrief-opened-subject = Debrief of { $candidate } – { $job }
mail-debrief-opened-headline = The debrief of { $candidate } is open
mail-debrief-opened-text = { $name } has opened the debrief of { $candidate }: all scorecards are in, and you can see the panel’s first ratings and evidence.
mail-debrief-opened-how = Say where you stand now. Your first ratings stay; whoever moves cites what moved them, and whoever stands apart says why they stay.
mail-debrief-opened-button = Go to the debrief

# A comparison, sent by a person.
mail-summary-scorecards = { $in } of { $expected } scorecards in
mail-summary-writes = { $name } writes:
mail-summary-numbers = The same in numbers
mail-summary-dimension = Scale 1–5
mail-summary-overall = Fair score
mail-summary-interval = { $level } interval
mail-summary-plain = Plain mean
mail-summary-best = Probability of being the best
mail-summary-raters = Interviewers
mail-summary-line = Fair score { $mean } ({ $level } interval { $low }–{ $high }) from { $raters ->
        [one] { $raters } interviewer
       *[other] { $raters } interviewers
    }
mail-summary-line-plain = Plain mean { $mean } from { $raters ->
        [one] { $raters } interviewer
       *[other] { $raters } interviewers
    }; too few to say how sure
mail-summary-line-none = No ratings yet
mail-summary-legend = A dash means not covered or not enough evidence; it never counts as low. Where intervals overlap, decimals do not tell candidates apart.
mail-summary-agreement = Panel agreement
mail-summary-button = Open the comparison
mail-summary-confidential = This letter holds assessments of people. Please do not pass it on; the comparison shows it to everyone who may see it.

# Why a letter was not sent.
mail-reason-answer = { $kind ->
        [later] The mail server asks us to try again later ({ $answer }).
        [address] The mail server does not know this address ({ $answer }).
        [mailbox] The reader's mailbox takes no more letters ({ $answer }).
       *[refused] The mail server refuses the letter ({ $answer }).
    }
mail-reason-sign-in = The mail server did not accept our user name and password.
mail-reason-deadline = The mail server did not answer in time.
mail-reason-unreachable = The mail server could not be reached.
mail-reason-dropped = The mail server ended the connection.
mail-reason-tls = The mail server's certificate is not trusted, or it offers no encryption.
mail-reason-protocol = The mail server does not offer what the mail settings ask for.
mail-reason-invalid = The letter cannot be built: its { $part ->
        [message_id] id
        [from] sender
        [to] recipient
        [reply_to] reply address
        [subject] subject
       *[part] attachment
    } cannot be part of a mail.
mail-reason-secret-missing = The letter's link could not be made.
mail-reason-folder = The folder for letters cannot be written to.
mail-seat-link-subject = Your link: interview with { $candidate }, { $day } at { $time }
mail-seat-link-text = Here is a link to the kit for your interview with { $candidate }.
mail-seat-way = You need no account. The link is yours alone: please do not pass it on. When you open it, we send a code to this address. It works until { $days ->
    [one] one day
   *[other] { $days } days
} after the interview.
mail-seat-code-subject = Your code for the interview with { $organisation }
mail-seat-code-headline = Your code
mail-seat-code-text = Enter this code where you opened the link to your interview for { $organisation }.
mail-seat-code-until = It works for { $minutes } minutes. If you did not ask for it, somebody else has your link: tell whoever planned the interview.
mail-paper-entered-subject = Please confirm: your scorecard for { $candidate }
mail-paper-entered-headline = Is your scorecard for { $candidate } right?
mail-paper-entered-text = { $person } has entered the scorecard that you filled in on paper for { $candidate }, { $job }. Please look whether it says what you wrote.
mail-paper-entered-button = Look and confirm
mail-paper-entered-until = Until you have answered, it is marked as not confirmed.
