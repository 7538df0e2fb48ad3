# What the scorecards of a job say together.
comparison-finding-nothing-yet = No scorecards are in yet. The comparison begins with the first one.
comparison-finding-one-candidate = Only { $name } has ratings so far, so there is nobody to compare with.
comparison-finding-too-few = Too few to tell: no candidate has been rated by two people on the same dimension, so a difference between candidates can’t be told from a difference between interviewers. A second interviewer for each would help most.
comparison-finding-apart =
    { $count ->
        [one] { $names } stands apart from the rest.
       *[other] { $names } stand apart from the rest.
    }
comparison-finding-lead =
    { $count ->
        [one] { $names } leads, but not clearly.
       *[other] { $names } lead, but not all of them can be told from those behind.
    }
comparison-finding-tied = On this evidence they can’t be told from each other
comparison-finding-unsettled = Their order is not settled on this evidence
comparison-finding-close = Too close to call: on this evidence { $names } can’t be told from each other
comparison-finding-close-unsettled = Too close to call: on this evidence nobody stands clearly apart
comparison-finding-with-help = { $tie }; { $help }.
comparison-finding-without-help = { $tie }.
comparison-finding-unrated =
    { $count ->
        [one] { $names } has no ratings yet.
       *[other] { $names } have no ratings yet.
    }
comparison-help-interview = one more interview on { $dimension } would help most
comparison-help-gap = it would help most to rate { $names } on { $dimension }
comparison-caution-gap = This could still change: nobody has rated { $gaps }.
comparison-caution-gap-of = { $name } on { $dimension }
comparison-some-of = { $count } of { $all } candidates
comparison-these = these { $count } candidates
comparison-list = { $first } and { $last }
comparison-count-word =
    { $count ->
        [0] none
        [1] one
        [2] two
        [3] three
        [4] four
        [5] five
        [6] six
        [7] seven
        [8] eight
        [9] nine
        [10] ten
        [11] eleven
        [12] twelve
       *[other] { $count }
    }
comparison-subject = { $finding } – { $job }
comparison-subject-nothing-yet = no scorecards yet
comparison-subject-one-candidate = one candidate rated so far
comparison-subject-too-few = too few ratings to tell
comparison-subject-apart =
    { $count ->
        [one] { $few } of { $all } stands apart
       *[other] { $few } of { $all } stand apart
    }
comparison-subject-lead = { $few } of { $all } lead, not clearly
comparison-subject-close = too close to call
comparison-agreement-not-rated = not rated yet
comparison-agreement-one-rater = one rater, nothing to compare
comparison-agreement-nothing-shared = raters covered different dimensions
comparison-agreement-very-good = very good
comparison-agreement-good = good
comparison-agreement-poor = poor
comparison-agreement-split = { $level }, split on { $dimensions }
comparison-missing =
    { $count ->
        [one] { $count } of { $expected } scorecards is missing: { $seats }
       *[other] { $count } of { $expected } scorecards are missing: { $seats }
    }
comparison-missing-more = and { $count } more
comparison-hidden =
    { $count ->
        [one] One scorecard stays closed to you until you have submitted yours.
       *[other] { $count } scorecards stay closed to you until you have submitted yours.
    }

# The figure, its table and the cells by dimension.
comparison-figure-title = Overall rating by candidate, with its uncertainty
comparison-figure-caption = Dot: weighted mean. Thick bar: { $inner } interval, thin: { $outer }. Ticks: each rater’s own mean.
comparison-figure-caption-without-intervals = Dot: weighted mean. Ticks: each rater’s own mean.
comparison-figure-best = best: { $share }
comparison-figure-no-ratings = no ratings yet
comparison-figure-candidate = { $name }: { $mean } from { $lower } to { $upper }
comparison-figure-candidate-without-interval = { $name }: { $mean }
comparison-figure-rater = { $name }: { $mean }
comparison-table-candidate = Candidate
comparison-table-mean = Weighted mean
comparison-table-interval = { $level } interval
comparison-table-ratings = Ratings
comparison-table-range = { $lower }–{ $upper }
comparison-table-from = { $mean } from { $raters ->
        [one] { $raters } interviewer
       *[other] { $raters } interviewers
    }
comparison-cell-not-covered = Nobody has covered this
comparison-cell-not-enough-evidence = Not enough evidence
comparison-cell-rated =
    { $raters ->
        [one] { $mean } from { $raters } interviewer ({ $points })
       *[other] { $mean } from { $raters } interviewers ({ $points })
    }
comparison-cell-split = { $rated }, raters disagree

# The page of a job's comparison.
comparison-title = Shortlist comparison
comparison-candidates =
    { $count ->
        [0] no candidates
        [one] { $count } candidate
       *[other] { $count } candidates
    }
comparison-scorecards-in = { $in } of { $expected } scorecards in
comparison-export = Export
comparison-mail = Email summary
comparison-decide = Record decision
comparison-figure-heading = Overall, with the uncertainty that the panel leaves
comparison-numbers = The same in numbers
comparison-empty-title = No ratings yet
comparison-empty-text = Estimates appear here as soon as the first scorecard is submitted. Two interviewers for each candidate make them tell something.
comparison-nobody-title = No candidates yet
comparison-nobody-text = When candidates have been added to the job and interviewed, they stand side by side here.
comparison-to-the-job = Go to the job
comparison-chosen = You see { $shown } of { $all } candidates.
comparison-everybody = Show everybody
comparison-choose = Compare only the ticked ones
comparison-weights = Weights
comparison-weights-pinned = Pinned before the first interview. Move them to see what the order rests on.
comparison-weights-open = Pinned with the first interview. Move them to see what the order rests on.
comparison-weights-edit = Change the job’s weights
comparison-weights-show = Show
comparison-weights-reset = Pinned weights
comparison-weights-failed = The figure could not be drawn. Try again in a moment.
comparison-weights-zero = At least one weight must be above zero
comparison-what-if = A what-if: the record keeps the pinned weights.
comparison-by-dimension = By dimension
comparison-agreement = Panel agreement
comparison-legend = Each number is the mean of the interviewers’ ratings, which stand below it. A dot marks a disagreement of two points or more. A dash means not covered or not enough evidence; it never counts as low. Choose a cell to read the evidence.
comparison-missing-title = Still missing
comparison-missing-all = All of them
comparison-missing-round = Round
comparison-missing-rater = Interviewer
comparison-dimensions = Dimensions
comparison-evidence-title = { $dimension }: the evidence
comparison-evidence-region = Evidence side by side
comparison-evidence-agreed = No two interviewers are two points or more apart here.
comparison-evidence-split = The panel disagrees about { $names }.
comparison-evidence-split-many = The panel disagrees about { $count } candidates.
comparison-evidence-none = Nothing has been submitted here.
comparison-recommendation = { $recommendation ->
    [strong_no] recommends a clear no
    [no] recommends no
    [yes] recommends yes
   *[strong_yes] recommends a clear yes
}
comparison-tick-against = Against:
comparison-amended = Amended; the figures keep the first rating.
