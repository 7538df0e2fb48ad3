# The outbox and its letters.
letter-title = Letters
letter-lead = Everything that Attune writes to people, and whether it has gone out.
letter-lead-set-aside = { $count ->
    [one] One letter could not be sent and needs you.
   *[other] { $count } letters could not be sent and need you.
}
letter-way-none = No mail server is set up, so letters wait here. They go out as soon as there is one.
letter-way-mailbox = This installation sends no mail; letters go to its mailbox instead.
letter-way-mailbox-link = Open the mailbox
letter-way-folder = This installation sends no mail; letters are written into a folder instead.
letter-tabs = Letters by state
letter-tab = { $state ->
    [set_aside] Set aside
    [waiting] Waiting
    [sent] Sent
   *[cancelled] Cancelled
}
letter-state = { $state ->
    [waiting] Waiting
    [leased] Being sent
    [sent] Sent
    [set_aside] Set aside
   *[cancelled] Cancelled
}
letter-kind = { $kind ->
    [invitation] Invitation
    [password_reset] Password reset
    [account_notice] Account notice
    [interview_scheduled] Interview
    [interview_changed] Changed interview
    [interview_cancelled] Cancelled interview
    [seat_link] Your link to an interview
    [seat_code] Code for an interview
    [paper_entered] Paper scorecard
    [reminder] Reminder
    [debrief_opened] Debrief
    [summary] Summary
   *[other] Letter
}
letter-column-letter = Letter
letter-column-next = Next attempt
letter-column-why = Why
letter-column-actions = Actions
letter-column-settled = { $state ->
    [sent] Sent
   *[cancelled] Cancelled
}
letter-soon = Shortly
letter-empty = { $state ->
    [set_aside] Nothing needs you
    [waiting] Nothing is waiting
    [sent] Nothing has been sent yet
   *[cancelled] Nothing was cancelled
}
letter-empty-detail = { $state ->
    [set_aside] A letter comes here when its address is refused or it was tried too often.
    [waiting] Letters wait here for a moment before they go out, and longer while the mail server is away.
    [sent] Invitations, interviews, reminders and summaries are kept here once they have gone out.
   *[cancelled] A letter that has not gone out yet can be cancelled; then it is kept here.
}
letter-pages = Pages
letter-newest = Newest
letter-older = Older letters →
letter-from = From
letter-to = To
letter-reply-to = Replies to
letter-written = Written
letter-files = Files
letter-kilobytes = { $count } kB
letter-faces = The letter's two faces
letter-face-html = Letter
letter-face-text = Plain text
letter-frame = The letter as it arrives
letter-set-aside-help = Put right what is wrong, then try again. A cancelled letter is never sent.
letter-waiting-help = It goes out in a moment.
letter-leased-help = It is with the mail server right now.
letter-tried = { $count ->
    [0] Not tried yet.
    [one] Tried once.
   *[other] Tried { $count } times.
}
letter-next-attempt = Next attempt:
letter-link-hidden = The link in this letter is for its reader only. It is made when the letter is sent and never shown here.
letter-retry = Try again
letter-send-now = Send now
letter-cancel = Cancel the letter
letter-cancel-confirm = Cancel this letter? { $name } will not get it.
letter-cancel-no = Keep it
letter-being-sent = The letter is being sent right now. Look again in a minute.
letter-already-sent = The letter has already been sent.
letter-already-cancelled = The letter has been cancelled and stays so.
