# The summary by mail.
summary-title = Email the summary
summary-members = To members
summary-members-hint = At most { $most } people in all get the letter. They do not see one another.
summary-member-blind = Has a scorecard to submit first
summary-addresses = Further addresses
summary-addresses-hint = One on each line.
summary-note = A word from you
summary-note-hint = Stands above the figure, under your name.
summary-language = Language of the letter
summary-preview = Preview the letter
summary-nobody = Choose at least one person
summary-too-many = At most { $most } people can get one summary
summary-no-address = “{ $line }” is not a mail address
summary-recipients-blind = { $count ->
    [one] { $names } has a scorecard of this job to submit and must not see the comparison yet
   *[other] { $names } have scorecards of this job to submit and must not see the comparison yet
}
summary-preview-title = Preview
summary-preview-lead = { $count ->
    [one] One person gets the letter exactly as it stands below.
   *[other] { $count } people get the letter exactly as it stands below.
}
summary-subject = Subject
summary-reply-to = Replies go to
summary-to = To
summary-from = From
summary-at = Sent
summary-change = Change
summary-send = { $count ->
    [one] Send to one person
   *[other] Send to { $count } people
}
summary-scorecard-first = You sit on a panel of this job and have not submitted your scorecard. Submit it first; then you see everything and can send the summary.
summary-already-sent = This summary has already been sent.
summary-comparison-changed = Something in the letter has changed since you previewed it, so nothing was sent. This is how it reads now.
summary-sent-title = Summary sent
summary-sent-lead = { $count ->
    [one] The letter to one person is on its way.
   *[other] The letters to { $count } people are on their way.
}
summary-sent-list = Sent before
summary-sent-by = { $name } to { $to }
summary-back = Back to the comparison
