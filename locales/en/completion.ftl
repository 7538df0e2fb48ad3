# How soon scorecards come in, and who is waited for.
completion-title = Scorecards in time
completion-overview = All your jobs
completion-lead = { $in } of { $all } { $all ->
    [one] scorecard is
   *[other] scorecards are
} in, { $early } of them within a day of the interview.
completion-missed = { $count ->
    [one] One was not written and is no longer waited for.
   *[other] { $count } were not written and are no longer waited for.
}
completion-nothing = No interview is over yet.
completion-waiting = Waited for
completion-waiting-nobody = Nobody is waited for.
completion-remind = Remind
completion-reminded = reminded last on { $day } at { $time }
completion-way = { $way ->
    [disabled] Give it to somebody else
   *[other] Send a new link
}
completion-disabled = This account is closed, so no letter would be read. Give the scorecard to somebody else on the page of the interview.
completion-no-link = The link of this interviewer does not work any more. Send a new one on the page of the interview.
completion-quiet = It is no time for a reminder where { $name } is. Reminders go out from { $from } to { $until } by the reader's clock, on the days that your organisation has chosen.
completion-reminded-already = { $name } has been reminded today. One letter a day is enough.
completion-done-reminded = A reminder is on its way.
completion-times = From the interview to the scorecard
completion-times-said = Half of the scorecards come in within { $usual } of the end of the interview; the longest took { $longest }. From { $count } scorecards.
completion-too-few = { $count ->
    [0] No scorecard is in yet
    [one] One scorecard is in
   *[other] { $count } scorecards are in
}: too few to say how long it takes. From { $enough } on, the usual and the longest time show here.
completion-times-hint = Counted from the planned end of the interview. What was submitted earlier counts as at once. It says nothing about how anybody was rated, or how well somebody rates.
completion-minutes = { $minutes } min
completion-hours = { $hours } h { $minutes } min
completion-days = { $days ->
    [one] one day
   *[other] { $days } days
} { $hours } h
completion-tabs = Which jobs
completion-mine = Jobs that I recruit for
completion-all = All open jobs
completion-by-job = By job
completion-in = In
completion-within-a-day = Within a day
completion-due = Due
completion-late = Late
completion-usual = Usual time
completion-longest = Longest
completion-too-few-short = too few to tell
completion-empty = No scorecard to wait for yet
completion-empty-detail = When interviews of these jobs are over, you see here whose scorecards are due and how soon they come in.
