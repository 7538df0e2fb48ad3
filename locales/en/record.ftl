# Records and their export.
record-title = Records
record-lead = { $scorecards ->
    [one] One submitted scorecard
   *[other] { $scorecards } submitted scorecards
} in { $jobs ->
    [one] one job
   *[other] { $jobs } jobs
}.
record-lead-none = No scorecard has been submitted yet.
record-export = Take a file
record-which = Which records
record-all-jobs = All jobs
record-form = What a row is
record-long = One row per rating
record-long-hint = With evidence notes and ticks; for analysis and for defending a decision.
record-wide = One row per scorecard
record-wide-hint = A column per dimension; easy to read in a spreadsheet.
record-comparison = One row per candidate of a job
record-comparison-hint = The comparison: fair score with its intervals, plain mean, probabilities.
record-comparison-job = Choose a job: a comparison is of one job
record-promise = What was not assessed is an empty cell, never 0. That you took the file is written into the audit trail.
record-download = Download CSV
record-by-job = By job
record-job = Job
record-scorecards = Submitted scorecards
record-empty = Nothing to export yet
record-empty-detail = Records appear here when interviewers submit their scorecards.
record-taken = Who took what
record-taken-none = Nobody has taken a file yet.
record-trail = The whole audit trail
