# Today: what waits for me.
today-lead-interviews = { $count ->
    [0] No interview today.
    [one] One interview today.
   *[other] { $count } interviews today.
}
today-lead-due = { $count ->
    [one] One scorecard waits for you.
   *[other] { $count } scorecards wait for you.
}
today-lead-decisions = { $count ->
    [one] One candidate waits for your decision.
   *[other] { $count } candidates wait for your decision.
}
today-lead-debriefs = { $count ->
    [one] One debrief waits for your word.
   *[other] { $count } debriefs wait for your word.
}
today-debrief = Say where you stand
today-interviews-today = Interviews today
today-tomorrow = Tomorrow
today-now = now
today-minutes = { $minutes } min
today-medium = { $medium ->
    [in_person] in person
    [video] by video
    [phone] by phone
    [text] in writing
   *[other] { $medium }
}
today-kit = Open the kit
today-join = Join the meeting
today-late-see = See who
today-due = Scorecards to finish
today-due-now = Due
today-late = { $days ->
    [one] A day late
   *[other] { $days } days late
}
today-ended = interviewed { $when }
today-ended-today = interviewed today until { $time }
today-finish = Finish it
today-decisions = Decisions
today-decision-candidates = { $count ->
    [one] one candidate, all scorecards are in
   *[other] { $count } candidates, all scorecards are in
}
today-compare = Compare and decide
today-letters = Letters
today-letters-count = { $count ->
    [one] One letter could not be delivered and is set aside.
   *[other] { $count } letters could not be delivered and are set aside.
}
today-letters-see = See what happened
today-empty = Nothing waits for you
today-empty-detail = Your interviews of the coming days, scorecards to finish and decisions to take show here. Enjoy the quiet.
today-see-jobs = Look at the jobs
