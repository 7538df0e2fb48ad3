# Candidates: found, added, changed, imported; what their page shows.
candidate-title = Candidates
candidate-lead = Everybody who applies for a job that you can see, the newest first.
candidate-caption = Candidates, newest first
candidate-find = Name or email
candidate-find-button = Find
candidate-find-all = Show all
candidate-not-found = Nobody of that name
candidate-not-found-text = Try a part of the name or of the email.
candidate-none = No candidates yet
candidate-none-text = Candidates come into a job by hand or from a CSV file. They are listed here when they do.
candidate-to-jobs = Go to the jobs
candidate-pages = Pages
candidate-first-page = First page
candidate-next-page = Next page
candidate-name = Name
candidate-name-hint = As the candidate uses it.
candidate-pronunciation = How the name is said
candidate-pronunciation-hint = As the candidate would write it for you, such as “AH-ma-ra”. The panel reads it before they meet.
candidate-email = Email
candidate-phone = Phone
candidate-jobs = Jobs
candidate-note = Note for the panel
candidate-note-hint = What everybody who sees the candidate may read. What was agreed so that they can take part belongs under accommodation, which only the panel reads.
candidate-no-note = None
candidate-none-given = Not given
candidate-added = Added
candidate-facts = Contact and note
candidate-new = Add a candidate
candidate-add = Add the candidate
candidate-from-file = Import from a file
candidate-edit = Change details
candidate-known = { $name } has this email and is already in your organisation. Nothing was added.
candidate-known-link = Add { $name } to this job
candidate-known-look = Look at the candidate
candidate-already-in-job = A candidate with this email is already in this job
candidate-email-taken = Another candidate has this email
candidate-job-closed = This job is closed. Open it again to add candidates.
candidate-done-added = The candidate was added.
candidate-done-linked = The candidate was added to one more job.
candidate-done-changed = The changes were saved.

candidate-in-one-job = Applies for { $job }.
candidate-in-jobs = { $count ->
    [0] In no job at present.
    [one] Applies for one job.
   *[other] Applies for { $count } jobs.
}
candidate-next = Next: { $round } on { $day }, { $time }.
candidate-no-interviews = No interview is scheduled yet.
candidate-hidden = Others' scorecards open when you have submitted yours.
candidate-outcome = { $outcome ->
    [hired] Hired
    [rejected] Rejected
    [on_hold] On hold
   *[withdrawn] Withdrawn
}
candidate-decided = by { $name } on { $date }
candidate-scorecards = { $count ->
    [one] One scorecard
   *[other] { $count } scorecards
}
candidate-scorecards-region = Ratings by dimension and interviewer
candidate-dimension = Dimension
candidate-recommends = Recommends
candidate-recommendation = { $recommendation ->
    [strong_no] Strong no
    [no] No
    [yes] Yes
   *[strong_yes] Strong yes
}
candidate-submitted = Submitted
candidate-scorecard-of = scorecard of { $name }
candidate-not-covered = Not in this round
candidate-not-enough = Not enough evidence
candidate-next-note = { $name } to the next interviewer
candidate-evidence = The evidence, side by side
candidate-evidence-of = Evidence for { $dimension }
candidate-no-evidence = No evidence was written down.
candidate-amended = Amended from { $from } to { $to } on { $date }:

candidate-import = Import candidates
candidate-import-lead = You see every row before anything is kept.
candidate-import-file = CSV file
candidate-import-hint = UTF-8, separated by commas, semicolons or tabs. At most { $rows } rows and { $kilobytes } kB.
candidate-import-look = Look at the rows
candidate-import-columns = What the file needs
candidate-import-columns-text = The first line names the columns. Name is needed (or first name and last name); email, phone and note are read when they are there. Swedish headings work too. Other columns are left alone.
candidate-import-sample-link = Download an example
candidate-import-sample =
    name,email,phone,note
    Amara Okafor,amara.okafor@example.com,+47 400 00 001,Prefers to be called before a video interview
    "Lindqvist, Erik",erik.lindqvist@example.com,,
candidate-import-preview = Look before you import
candidate-import-would = { $count ->
    [0] No new candidate
    [one] One new candidate
   *[other] { $count } new candidates
} would come into the job.
candidate-import-would-link = { $count ->
    [one] So would one whom you already know.
   *[other] So would { $count } whom you already know.
}
candidate-import-would-skip = { $count ->
    [one] One is in it already.
   *[other] { $count } are in it already.
}
candidate-import-would-fail = { $count ->
    [one] One row cannot be read.
   *[other] { $count } rows cannot be read.
}
candidate-import-ignored = { $count ->
    [one] One column is not read:
   *[other] { $count } columns are not read:
} { $names }.
candidate-import-bad-rows = { $count ->
    [one] One row cannot be imported
   *[other] { $count } rows cannot be imported
}
candidate-import-bad-rows-hint = Put them right in the file and choose it again, or leave them out. Each says below what is wrong.
candidate-import-leave-out = { $count ->
    [one] Leave out the bad row
   *[other] Leave out the { $count } bad rows
}
candidate-import-bad-rows-stay = Nothing was imported: leave out the bad rows, or put them right in the file
candidate-import-nothing = There is nobody in this file to add to the job.
candidate-import-confirm = { $count ->
    [one] Import one candidate
   *[other] Import { $count } candidates
}
candidate-import-other = Choose another file
candidate-import-rows = { $count ->
    [one] One row
   *[other] { $count } rows
}
candidate-import-line = Line
candidate-import-what = What happens
candidate-import-new = New
candidate-import-linked = Known, added to this job
candidate-import-linked-to = Is
candidate-import-in-job = Already in this job, skipped
candidate-import-bad = Cannot be imported
candidate-imported = The file is imported
candidate-imported-did = { $count ->
    [0] No new candidate
    [one] One new candidate
   *[other] { $count } new candidates
} came into the job.
candidate-imported-did-link = { $count ->
    [one] So did one whom you already knew.
   *[other] So did { $count } whom you already knew.
}
candidate-imported-skipped = { $count ->
    [one] One was in it already.
   *[other] { $count } were in it already.
}
candidate-imported-left-out = { $count ->
    [one] One row was left out.
   *[other] { $count } rows were left out.
}
candidate-imported-to-job = Go to the job

candidate-file-missing = Choose a file
candidate-file-not-read = The file could not be read. It may be far too large; choose a CSV file.
candidate-file-empty = The file has no rows with candidates
candidate-file-too-large = The file is larger than { $kilobytes } kB. Split it in two.
candidate-file-too-many-rows = The file has { $rows } rows; { $most } can be imported at once. Split it in two.
candidate-file-encoding = The file's letters cannot be told for certain. Save it as “CSV UTF-8” in your spreadsheet program and choose it again.
candidate-file-not-text = This is not a text file. Save it as “CSV UTF-8” in your spreadsheet program and choose that file.
candidate-file-no-name-column = No column is called name. The first line must name the columns.
candidate-file-repeated-column = Two columns mean the same: { $column ->
    [name] name
    [first_name] first name
    [last_name] last name
    [email] email
    [phone] phone
   *[note] note
}. Keep one of them.
candidate-file-open-quote = A quotation mark on line { $line } is never closed, so the rows after it cannot be told apart
candidate-row-name-missing = The name is missing
candidate-row-email = The email is not an address
candidate-row-several-lines = { $column ->
    [name] The name
    [email] The email
   *[phone] The phone number
} goes over several lines; a quotation mark may be missing
candidate-row-control-characters = { $column ->
    [name] The name
    [email] The email
    [phone] The phone number
   *[note] The note
} has invisible control characters
candidate-row-too-long = { $column ->
    [name] The name
    [email] The email
    [phone] The phone number
   *[note] The note
} is longer than { $most } characters
candidate-row-too-many-cells = { $found } cells under { $expected } headings; put text with separators in quotation marks
candidate-row-same-address = The same email as on line { $line }
candidate-row-same-name = The same name as on line { $line }, and no email to tell the two apart
