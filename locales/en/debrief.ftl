# Debriefs: a panel discusses one candidate, and what that changed.
debrief-title = Debrief: { $name }
debrief-list = Debriefs
debrief-open = Open the debrief
debrief-another = Debrief what has come in since
debrief-look = See the debrief
debrief-new-lead = { $count ->
    [one] One scorecard is in.
   *[other] All { $count } scorecards are in. The panel can now see each other’s ratings and discuss them.
}
debrief-new-first-stay = First ratings stay as they are, and the comparison goes on resting on them.
debrief-new-cite = Each interviewer may add a second rating, and cites the evidence that moved them.
debrief-new-minority = Whoever stands apart and stays says why. That goes into the minority report.
debrief-new-letter = Each interviewer of the panel gets a letter with a link.
debrief-still-missing = Still missing
debrief-scorecards-missing = { $count ->
    [one] One scorecard is still missing. A debrief can begin when every interviewer has rated alone.
   *[other] { $count } scorecards are still missing. A debrief can begin when every interviewer has rated alone.
}
debrief-too-few = A debrief needs two interviewers who have submitted a scorecard of this candidate.
debrief-already-open = A debrief of this candidate is open.
debrief-nothing-new = These scorecards have been debriefed. Another debrief can begin when new ones are in.
debrief-job-closed = The job is closed, so its ratings stay as they are.
debrief-is-closed = This debrief is closed and sealed.

debrief-answered = { $answered } of { $raters } interviewers have said where they stand now.
debrief-moved = { $count ->
    [0] Nobody changed a rating.
    [one] One rating moved.
   *[other] { $count } ratings moved.
}
debrief-mean-went = The weighted mean went from { $from } to { $to }.
debrief-mean-stayed = The weighted mean stayed at { $mean }.
debrief-apart = { $count ->
    [0] Nobody who stood apart stayed there.
    [one] { $names } stood apart and stayed.
   *[other] { $names } stood apart and stayed.
}
debrief-raters-moved = { $count ->
    [0] None of { $raters } interviewers moved.
    [one] One of { $raters } interviewers moved.
   *[other] { $count } of { $raters } interviewers moved.
}
debrief-mean-and-spread = Mean { $from } → { $to }, spread { $before } → { $after }.
debrief-others = { $count ->
    [one] The other interviewer was at { $mean }.
   *[other] The { $count } others were at { $mean } on average.
}

debrief-own = Where do you stand now?
debrief-own-said = You have answered { $said } of { $all } dimensions.
debrief-own-owed = You stand apart, so say why you stay, or what moves you:
debrief-own-go = Go through them
debrief-stay-all = I stay with all my ratings
debrief-stay-rest = I stay with the rest
debrief-reasons-owed = { $count ->
    [one] In one dimension you stand two points or more from the others. Say there why you stay, or what moves you.
   *[other] In { $count } dimensions you stand two points or more from the others. Say there why you stay, or what moves you.
}
debrief-discussed = What was discussed
debrief-by-dimension = First and second ratings
debrief-mean-before = Mean before
debrief-mean-after = Mean after
debrief-stood-apart = stood apart
debrief-stays = stays
debrief-then = , then
debrief-legend = The first rating stands first, as it was sealed. An outline marks who stood two points or more from the mean of the others. A dash means not enough evidence; it never counts as low.
debrief-waiting = Not heard yet: { $names }
debrief-before-and-after = Before and after
debrief-overall = Weighted mean
debrief-figure-caption = Thick line: moved. Thin line: stayed. Square ends: stood apart and stayed. Broken line: the mean.
debrief-first-analysed = The comparison rests on the first ratings: only they were given independently. Second ratings stand beside them, and nothing but their mean and spread is computed.
debrief-figure-before = Before
debrief-figure-after = After
debrief-figure-mean = Mean
debrief-figure-spread = Spread
debrief-figure-line = { $name }: from { $from } to { $to }
debrief-rater = Interviewer
debrief-opened-by = Opened by { $name }

debrief-minority = Minority report
debrief-minority-none = Nobody who stood two points or more from the others stayed there.
debrief-who-moved = Who moved
debrief-moved-none = Nobody so far.
debrief-no-reason = Gave no reason.
debrief-cites = Cites
debrief-cites-note = { $name } noted: “{ $text }”
debrief-cites-tick = { $name } ticked: { $text }
debrief-own-note = Own note: “{ $text }”
debrief-says-moved = after the discussion
debrief-says-stays = stays

debrief-evidence = The panel’s first ratings and evidence
debrief-word = Your second rating
debrief-other-card = Your rating in { $round }
debrief-you-stand-apart = You stand apart here. If you stay, say why; it goes into the minority report in your words.
debrief-rating = Where do you stand now?
debrief-i-stay = I stay
debrief-reason = Reason
debrief-reason-hint = What moved you, or why you stay. Needed when you move, and when you stand apart.
debrief-cite = Evidence that moved you
debrief-cite-hint = Tick at least one, or add your own below. Not needed when you stay.
debrief-note = Evidence of your own
debrief-note-hint = Something said or done that no scorecard holds.
debrief-keep = Keep it
debrief-back = Back to the debrief
debrief-standing = Meanwhile this was kept, in another tab or on another device. Keep yours to put it in its place.
debrief-late = What you wrote was not saved. Copy it if you need it:
debrief-reason-missing = Say what moved you
debrief-reason-to-stay-missing = You stand two points or more from the others; say why you stay
debrief-evidence-missing = Tick the evidence that moved you, or write your own
debrief-evidence-unknown = Cite only what the panel wrote in this dimension
debrief-rating-changed = Your second rating was changed elsewhere since this page was shown. Nothing is lost: both stand below.

debrief-close = Close the debrief
debrief-close-title = Close the debrief: { $name }
debrief-close-waiting = Not heard yet: { $names }. Whoever says nothing stays with their first ratings.
debrief-close-silent = These stood apart and have not said why they stay:
debrief-close-seals = Closing seals the debrief: second ratings, reasons and this summary can no longer be changed. A decision can be taken with or without it.
debrief-summary = Summary of the discussion
debrief-summary-hint = A few sentences: what was talked about, what it turned on. The candidate may ask to read it.
debrief-summary-missing = Sum up what was discussed
debrief-changed-meanwhile = Somebody said something since you opened this page. Read what stands below, then close.
debrief-done-opened = The debrief is open. The panel has been told.
debrief-done-rated = Kept. The first rating stays beside it.
debrief-done-stayed = Kept: you stay.
debrief-done-closed = The debrief is closed and sealed.

debrief-open-since = open since { $date }
debrief-closed-on = closed { $date }
debrief-comparison-title = Weighted mean before and after the debrief
debrief-comparison-sentence = { $debriefs ->
    [0] No debrief is closed yet.
    [one] One candidate was debriefed; { $count ->
        [0] no rating moved
        [one] one rating moved
       *[other] { $count } ratings moved
    }.
   *[other] { $debriefs } candidates were debriefed; { $count ->
        [0] no rating moved
        [one] one rating moved
       *[other] { $count } ratings moved
    }.
}
debrief-letter = { $name } was debriefed by the panel: { $count ->
    [0] no rating moved.
    [one] one rating moved.
   *[other] { $count } ratings moved.
}
debrief-letter-minority = { $name } stood apart on { $dimensions } and stayed.
debrief-around = Previous and next dimension
