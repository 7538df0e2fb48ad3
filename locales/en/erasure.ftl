# Erasing people, and what keeps their records.
record-due = Due for erasure
erasure-due-title = Due for erasure
erasure-due-lead = { $count ->
    [one] One record
   *[other] { $count } records
} ended more than { $months ->
    [one] a month
   *[other] { $months } months
} ago. Nothing is erased until you have looked at the list.
erasure-due-none = No record ended more than { $months ->
    [one] a month
   *[other] { $months } months
} ago. Records count from the decision, or from the closing of a job that ended without one.
erasure-due-kept = { $count ->
    [one] One of them is kept by something
   *[other] { $count } of them are kept by something
}.
erasure-due-more = These are the oldest. The next ones follow when they are erased.
erasure-what = Erasing takes the name, the contact details and every word about a person. Ratings, ticks and outcomes stay as numbers that point at nobody.
erasure-who = Candidate
erasure-ended = Ended
erasure-jobs = Jobs
erasure-scorecards = Scorecards
erasure-erase-chosen = Erase the ticked ones
erasure-done = { $count ->
    [one] One person is erased
   *[other] { $count } people are erased
}.
erasure-nobody = Tick at least one candidate
erasure-unsure = Confirm that you know there is no way back
erasure-sure = I know that this cannot be undone
erasure-link = Erase
erasure-title = Erase { $name }
erasure-lead = For somebody who asks for it. Hand out their record first if they asked for that too: afterwards there is none.
erasure-goes = What goes
erasure-goes-person = Name, address, phone, pronunciation, notes, and what was agreed so that they could take part
erasure-goes-words = { $count ->
    [0] Every reason given for a decision
    [one] Every note and reason in one scorecard, in its debrief and in decisions
   *[other] Every note and reason in { $count } scorecards, in their debriefs and in decisions
}
erasure-goes-letters = Letters about them that are kept here; those that wait are not sent
erasure-stays = What stays
erasure-stays-numbers = Ratings, ticks, outcomes and times, under a number instead of a name: other candidates were compared with them
erasure-stays-trail = The audit trail, which holds no names
erasure-stays-elsewhere = What was sent by mail, taken as a file or written about somebody else stays where it is: look there too
erasure-erase = Erase for good
erasure-keep = Keep
erasure-kept = This record cannot be erased yet.
erasure-kept-hold = Legal hold on { $hold }
erasure-kept-open = { $count ->
    [one] A scorecard is still open: have it submitted, or cancel the interview
   *[other] { $count } scorecards are still open: have them submitted, or cancel the interviews
}
erasure-kept-undecided = A job has no decision on this candidate yet: record one (withdrawn is one), or close the job
erasure-not-due = This record is not due yet.
erasure-label = Erased candidate { $number }
erasure-notice = This person was erased on { $date }. What is left are numbers that point at nobody.
erasure-done-refused = This person was erased: nothing can be written about them any more.
hold-title = Legal hold
hold-link = Legal hold
hold-lead = While a hold is on, nobody of this job is erased, whether they ask for it or their record is due.
hold-on = { $name } laid a hold on { $date }. Nobody of this job is erased until it is lifted.
hold-reason = Why records must be kept
hold-reason-hint = For example the number of a case. Whoever wants to erase a record of this job reads it.
hold-lay = Lay the hold
hold-lift = Lift the hold
hold-already = There is a hold on this job already.
hold-none = There is no hold on this job any more.
subject-record-link = Own record
subject-record-title = What is kept of { $name }
subject-record-lead = Everything that { $organisation } keeps of this person in Attune: what was rated, noted and decided, by whom as a number.
subject-record-marked = { $count ->
    [one] One text below may name somebody else: read it
   *[other] { $count } texts below may name somebody else: read them
} before you hand this out, and black out what is not this person's.
subject-record-unmarked = No text below holds a name of a member or of another candidate of the same jobs. Read it all the same before you hand it out.
subject-record-not-in-it = Interviewers' private notes are in it; what they have not submitted is not. Print this page or save it as PDF; the file is for other programs.
subject-record-names-others = May name somebody else
subject-record-download = Take as a file (JSON)
subject-record-person = The person
subject-record-applied = In this job since { $date }
subject-record-interviewer = Interviewer { $number }
subject-record-amended = Amended on { $date } to
subject-record-debriefed = After the debrief of { $date }
subject-record-next-note = For the next interviewer
subject-record-remark = Said of what was entered from paper
subject-record-debrief = What the debrief came to
subject-record-letters = Letters
subject-record-letters-lead = Sent by Attune, telling of this person or of their interviews: when, what, and to whom.
subject-record-member = Another member
subject-record-not-enough = Not enough evidence
subject-record-scorecard-first = Submit your own scorecard about this person first: until then you must not see what others wrote.
