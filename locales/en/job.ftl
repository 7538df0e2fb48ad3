# Jobs: the list, a job on one page, opening, changing and closing one.
job-job = Job
job-place = Place
job-candidate = Candidate
job-candidates = Candidates
job-scorecards = Scorecards
job-decision = Decision
job-dimension = Dimension
job-in-of = { $in } of { $all }
job-medium = { $medium ->
    [in_person] In person
    [video] Video
    [phone] Phone
    [text] In writing
   *[other] { $medium }
}
job-outcome = { $outcome ->
    [hired] Hired
    [rejected] Rejected
    [on_hold] On hold
    [withdrawn] Withdrawn
   *[other] { $outcome }
}
job-rubric-version = { $name }, version { $version }
job-open = Open a job
job-done-opened = The job is open. Next, add the people who apply.
job-done-changed = The changes are saved.
job-done-closed = The job is closed.
job-done-reopened = The job is open again.

job-list-lead = { $open ->
    [0] No job is open.
    [one] One job is open.
   *[other] { $open } jobs are open.
} { $closed ->
    [0] None is closed yet.
    [one] One is closed.
   *[other] { $closed } are closed.
}
job-list-tabs = Open and closed jobs
job-list-open = Open ({ $count })
job-list-closed = Closed ({ $count })
job-list-caption-open = Open jobs, newest first
job-list-caption-closed = Closed jobs, newest first
job-list-next = Next
job-list-pages = Pages of the list
job-list-older = Older jobs
job-list-first-page = Back to the newest
job-list-end = No more jobs here
job-list-none-open = No job is open
job-list-none-open-detail = A job holds its candidates, its rounds and the rubric they are asked by. Opening one takes two minutes.
job-list-none-open-others = A job holds its candidates, its rounds and the rubric they are asked by. Your recruiters open them.
job-list-none-mine = No job is yours yet
job-list-none-mine-detail = Jobs show here when you are their hiring manager or have a seat in one of their interviews.
job-list-none-closed = No job is closed
job-list-none-closed-detail = A job that has been filled or given up rests here with everything that was written.
job-list-see-rubric = Look at the rubric first

job-mark-no-candidate = No candidate yet
job-mark-late = { $count } late
job-mark-due = { $count } due
job-mark-ready = { $count ->
    [one] A decision waits
   *[other] { $count } decisions wait
}
job-mark-interview = Interview { $when }
job-mark-decided = All decided
job-mark-nothing-planned = No interview scheduled

job-opened-on = opened { $date }
job-closed-on = closed { $date }
job-closed-notice = This job is closed. Nobody can be added and no interview scheduled until it is opened again.
job-sentence-no-candidate = No candidate yet.
job-sentence-candidates = { $count ->
    [one] One candidate.
   *[other] { $count } candidates.
}
job-sentence-scorecards = { $in } of { $all } { $all ->
    [one] scorecard is in.
   *[other] scorecards are in.
}
job-sentence-due = { $count ->
    [one] One is due.
   *[other] { $count } are due.
}
job-sentence-late = { $count ->
    [one] One is late.
   *[other] { $count } are late.
}
job-sentence-hidden = { $count ->
    [one] One more opens when you have submitted yours.
   *[other] { $count } more open when you have submitted yours.
}
job-sentence-planned = { $count ->
    [one] One interview is to come.
   *[other] { $count } interviews are to come.
}
job-sentence-ready = { $count ->
    [one] One candidate waits for a decision.
   *[other] { $count } candidates wait for a decision.
}
job-sentence-nothing-planned = No interview is scheduled yet.

job-next-add = Add candidates
job-next-schedule = Schedule an interview
job-next-score = Finish your scorecard
job-next-kit = Open the kit
job-next-compare = Compare candidates
job-next-decide = Compare and decide

job-grid = Candidates and rounds
job-grid-pages = Pages of candidates
job-grid-next-page = More candidates
job-grid-first-page = Back to the first candidates
job-grid-end = No more candidates here
job-round-detail = { $medium }, { $minutes } min
job-cell-not-planned = Not scheduled
job-cell-schedule = Schedule it
job-cell-cancelled = Cancelled
job-cell-in = { $in } of { $all } in
job-cell-due = { $in } of { $all } in, due
job-cell-late = { $in } of { $all } in, { $days ->
    [one] a day late
   *[other] { $days } days late
}
job-cell-late-name = { $name }, { $days ->
    [one] a day late
   *[other] { $days } days late
}
job-cell-hidden = Hidden until you submit yours
job-cell-decision-hidden = Hidden until you submit
job-cell-undecided = Open

job-empty = No candidate yet
job-empty-detail = Everybody who applies gets a line here, with a cell for each round. Add them one by one, or bring them all from a file.
job-empty-others = Everybody who applies gets a line here, with a cell for each round. { $name } adds them.
job-import = Import from a file
job-facts = This job
job-plan = How it is judged
job-hiring-manager = Hiring manager
job-hiring-manager-hint = Who decides.
job-review = How candidates are compared
job-anonymised = Without names, until the decision
job-anonymised-hint = Whoever compares reads “Candidate A” instead of name, address and number: in the comparison, its letters, the debrief, the decision and on candidates' pages. Interviewers, recruiters and HR still see names. Fixed once the first scorecard is submitted.
job-anonymised-fixed = A scorecard is submitted already. Whether names are hidden stays as it was when it was written.
job-yes = Yes
job-no = No
job-recruiter = Recruiter
job-recruiter-hint = Who runs the job.
job-panel = Panel
job-panel-none = Nobody has a seat yet
job-rubric = Rubric
job-weights = Weights
job-weights-alike = All { $count } dimensions count the same.
job-pinned-on = Fixed on { $date }, when the first interview was scheduled.
job-not-pinned = Rubric, weights and rounds can change until the first interview is scheduled.
job-uncovered = { $count ->
    [one] No round covers { $names }. It will stay without a rating.
   *[other] No round covers { $names }. They will stay without ratings.
}
job-uncovered-change = Change the rounds
job-change = Change the job
job-close = Close the job
job-reopen = Open it again

job-choose-lead = Start from what comes closest. Everything can be changed on the next page.
job-choose-plan = { $rounds ->
    [one] One round
   *[other] { $rounds } rounds
}, { $minutes } minutes in all
job-choose-use = Start from this
job-choose-earlier = From a job you have had

job-form-lead = Two minutes: what the job is, who decides, what is asked.
job-form-lead-change = Everything can change until the first interview is scheduled.
job-form-lead-pinned = Title, place and people can still change.
job-open-now = Open the job
job-title = Title
job-title-hint = As the candidates know it.
job-choose-person = Choose a person
job-rubric-and-weights = Rubric and weights
job-rubric-hint = Published versions. A later version does not change this job.
job-rubric-show = Show its questions
job-rubric-changed = The rubric is another one now. Look through weights and rounds before you save.
job-rubric-needed = Publish a rubric first; a job needs one.
job-weight = Weight
job-share = Share
job-weights-hint = Any whole numbers from 0 to 100; what counts is their share.
job-weights-needed = Give at least one dimension a weight above 0
job-rounds-needed = Add at least one round
job-rounds-too-many = Keep it to { $most } rounds
job-round-number = Round { $number }
job-round-name = Name
job-round-medium = Medium
job-round-minutes = Minutes
job-round-dimensions = Dimensions it covers
job-round-dimensions-needed = Choose at least one dimension
job-round-questions = { $count ->
    [0] No question is chosen
    [one] One question is chosen
   *[other] { $count } questions are chosen
}
job-round-questions-hint = Every candidate gets the same ones. A dimension with none chosen gets one about something that happened and one about a case to imagine.
job-questions-retired = { $count ->
    [one] The earlier job asked a question of the library that is retired. It was not taken along:
   *[other] The earlier job asked questions of the library that are retired. They were not taken along:
}
job-question-kind = { $kind ->
    [behavioural] Something that happened
   *[situational] A case to imagine
}
job-round-add = Add a round
job-round-remove = Remove the round
job-pinned-why = The first interview was scheduled on { $date }. Since then rubric, weights and rounds are fixed, so that every candidate is asked and weighed alike.
job-pinned-refused = An interview has been scheduled since you opened this form. Rubric, weights and rounds are fixed now; nothing was changed.
job-closed-already = This job is closed already.
job-open-already = This job is open already.

job-closing-title = Close this job?
job-closing-lead = Nobody can be added and no interview scheduled until it is opened again.
job-closing-planned = { $count ->
    [one] One scheduled interview stays in the calendars. Cancel it first if it should not take place.
   *[other] { $count } scheduled interviews stay in the calendars. Cancel them first if they should not take place.
}
job-closing-outstanding = { $count ->
    [one] One scorecard is missing; it can still be submitted.
   *[other] { $count } scorecards are missing; they can still be submitted.
}
job-closing-undecided = { $count ->
    [one] One candidate has no decision yet.
   *[other] { $count } candidates have no decision yet.
}
job-closing-kept = Scorecards, decisions and records stay as they are.
job-closing-keep = Keep it open

job-changed-meanwhile = Somebody else has changed this job meanwhile, so nothing was saved. What you typed is below.
job-versions = The two versions
job-versions-lead = What differs is listed here. The form holds what you typed: change it as you like and save again.
job-versions-what = What
job-versions-kept = As it is kept now
job-versions-typed = As you typed it
job-weight-of = Weight of { $dimension }
