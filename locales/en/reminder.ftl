# Reminders by mail: what the organisation wants, and what I want.
reminder-title = Reminders
reminder-policy-lead = One letter a day at most, with everything that waits for its reader: interviews of the day, scorecards to finish.
reminder-policy-on = Remind by mail
reminder-policy-on-hint = Members can turn it off for themselves.
reminder-policy-from = From
reminder-policy-until = Quiet from
reminder-policy-hours-hint = By the clock of each reader.
reminder-policy-hours-order = Choose an hour to be quiet from that is later than the hour to begin at.
reminder-policy-weekends = Also at weekends
reminder-policy-weekends-hint = Without it, what falls due on a Friday is remembered on Monday.
reminder-policy-escalate = Name a late scorecard to the job's recruiter
reminder-policy-escalate-days = { $days ->
    [one] when it is one day late
   *[other] when it is { $days } days late
}
reminder-policy-escalate-never = Never
reminder-own-lead = What { $organisation } may write to you about on its own.
reminder-own-nobody = Your organisation sends no reminders, so none will come.
reminder-own-on = Remind me by mail
reminder-own-hint = One letter a day at most, and only while something waits for you.
reminder-done-own = Your choice is saved.
reminder-done-policy = The policy is saved.
