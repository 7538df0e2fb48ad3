# Interviews: scheduled, shown, changed, cancelled.
interview-new = Schedule an interview
interview-new-for = Schedule an interview with { $candidate }
interview-edit = Change the interview
interview-edit-of = { $round } with { $candidate }
interview-with = Interview with { $candidate }
interview-round = Round
interview-medium-label = Medium
interview-medium = { $medium ->
    [in_person] In person
    [video] Video
    [phone] Phone
   *[text] In writing
}
interview-length = { $minutes } min
interview-date = Date
interview-clock = Time
interview-minutes = Minutes
interview-minutes-hint = Leave the minutes empty to take as long as the round plans.
interview-zone = Time zone
interview-place = Place or link
interview-place-hint = A room, an address, a meeting link or a number. The panel reads it in the letter and in the calendar.
interview-no-place = Not given
interview-panel = Panel
interview-panel-plan = So that this candidate can be compared with the others of the job, seat { $names }.
interview-panel-hint = Each gets a letter with a calendar file and a link to the interview kit.
interview-panel-empty = Choose at least one interviewer
interview-panel-large = A panel has at most { $most } interviewers
interview-pins = This is the first interview of the job. From now on its rubric, weights and rounds stay as they are.
interview-schedule = Schedule and write to the panel
interview-save = Save and write to the panel
interview-no-rounds = The job has no rounds yet
interview-no-rounds-text = An interview belongs to a round, which says how it is held and what it covers. Add one to the job first.
interview-when = { $day } { $year }, { $start }–{ $end } ({ $zone }).
interview-when-yours = In your time zone it begins on { $day }, { $time }.
interview-date-wrong = Enter a date such as 2026-11-24
interview-clock-wrong = Enter a time such as 14:30
interview-date-past = The date is in the past
interview-date-far = The date is more than two years away
interview-time-skipped = The clocks in { $zone } skip this time that night. { $instead } exists.
interview-time-twice = The clocks in { $zone } go back that night, and this time comes twice. Choose which.
interview-fold = Which of the two?
interview-fold-earlier = The first, before the clocks go back
interview-fold-later = The second, after the clocks have gone back
interview-doubt-clash = { $member } has another interview on { $day }, { $start }–{ $end }.
interview-doubt-same-round = The candidate already has an interview in this round, on { $day }, { $time }.
interview-anyway = Go ahead all the same
interview-job-closed = This job is closed. Open it again to schedule interviews.
interview-is-cancelled = This interview is cancelled.
interview-changed-meanwhile = Somebody else has changed this interview meanwhile. Open it again and look before you change it.
interview-seat-begun = Somebody whom you took out has already opened the kit; they stay in the panel
interview-facts = The interview
interview-state = State
interview-state-scheduled = Scheduled
interview-state-cancelled = Cancelled
interview-cancelled-because = Cancelled: { $reason }
interview-state-due = Your scorecard is due
interview-state-hidden = Hidden until you submit
interview-state-in = { $count ->
    [one] The scorecard is in
   *[other] All { $count } scorecards are in
}
interview-state-missing = { $submitted } of { $all } scorecards in
interview-you = you
interview-seat-hidden = Hidden until you submit
interview-seat-in = Submitted { $date }
interview-seat-begun-state = Begun
interview-seat-empty = Not begun
interview-kit = Open the kit
interview-own-scorecard = Your scorecard
interview-calendar = Your calendar
interview-calendar-take = Download the calendar file
interview-cancel = Cancel the interview
interview-cancel-question = Cancel this interview?
interview-cancel-lead = { $round }, { $day }, { $time }. { $count ->
    [one] One person gets a letter, and their calendar drops it.
   *[other] { $count } people get a letter, and their calendars drop it.
}
interview-cancel-reason = Reason
interview-cancel-reason-hint = The panel reads it in the letter; it stays with the interview.
interview-cancel-keep = Keep it
interview-cancel-submitted = A scorecard of this interview has been submitted, so it cannot be cancelled.
interview-cancel-blind = You still have a scorecard of this interview to submit, so somebody else has to cancel it.
interview-done-scheduled = Scheduled. The panel gets a letter with a calendar file.
interview-done-changed = Saved. The panel gets a letter with a new calendar file when something has changed.
interview-done-cancelled = Cancelled. The panel gets a letter, and their calendars drop it.
interview-outside = Interviewers without an account
interview-outside-hint = Each gets a letter with a link that opens this interview's kit and nothing else. An address that you know already takes its own seat.
interview-outside-name-label = Name
interview-outside-email-label = Email address
interview-outside-name = Enter the name of { $email }, at most 120 characters
interview-outside-email = Enter an email address for { $name }, such as name@example.com
interview-outside-disabled = { $email } belongs to somebody who was shut out. Choose somebody else, or enable them first.
interview-proposals = Times that suit the panel
interview-proposals-hint = Choose the panel and the time zone first. Proposed are times from 9 to 17 on everybody's clock at which nobody in the panel has another interview in Attune.
interview-propose = Propose times
interview-proposal = { $day }, { $start }–{ $end }
interview-proposal-elsewhere = { $time } in { $place }
interview-proposal-take = Take this time
interview-proposals-none = In the next two weeks no time suits everybody. Choose another panel or another length, or agree on a time outside of working hours.
