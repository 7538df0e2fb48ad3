# What the scorecards of a job say together.
comparison-finding-nothing-yet = No scorecards are in yet. The comparison begins with the first one.
comparison-finding-one-candidate = Only { $name } has ratings so far, so there is nobody to compare with.
comparison-finding-too-few = Too few to tell: no candidate has been rated by two people, so a difference between candidates can’t be told from a difference between interviewers. A second interviewer for each would help most.
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
comparison-finding-lists =
    { $lists ->
        [2] These were seen by different people and stand in separate lists: { $groups }. A difference between the lists may be the interviewers, not the candidates.
        [3] These were seen by different people and stand in separate lists: { $groups }. A difference between the lists may be the interviewers, not the candidates.
       *[other] The candidates were seen by { $lists } separate panels and stand in separate lists. A difference between the lists may be the interviewers, not the candidates.
    }
comparison-help-links =
    { $count ->
        [one] One more rating would join them: { $links }.
       *[other] { $count } more ratings would join them: { $links }.
    }
comparison-help-link = { $name } by { $rater }
comparison-list-alone = { $name } was seen by other people than everybody else, so there is nobody to compare with.
comparison-list-one-rater = One interviewer rated these, so what tells them apart can’t be told from what that person sees.
comparison-finding-could-change = This could still change: answers without enough evidence would decide.
comparison-finding-steps = It depends on how the steps of the scale are read.
comparison-pair-clear = { $first } is clearly above { $second }: { $share } probable, and { $beyond } by more than { $margin } points.
comparison-pair-probable = { $first } is probably above { $second }: { $share } probable, and { $beyond } by more than { $margin } points.
comparison-pair-leaning = It leans towards { $first } over { $second }: { $share } probable, and { $beyond } by more than { $margin } points.
comparison-pair-open = { $first } and { $second } can’t be told apart on this evidence: { $share } that { $first } is above, and { $beyond } by more than { $margin } points.
comparison-shortlist =
    { $count ->
        [one] With a probability of { $share } or more the best is { $names }.
       *[other] With a probability of { $share } or more the best is one of { $names }.
    }
comparison-why-total = Fair score { $fair }: the plain mean is { $plain }, the adjustment { $change }.
comparison-why-stricter = { $change } because the interviewers met were stricter than the others.
comparison-why-milder = { $change } because the interviewers met were milder than the others.
comparison-why-chance = { $change } because few ratings carry chance: they are drawn towards the others’.
comparison-caution-evidence =
    { $more ->
        [0] With every “not enough evidence” read as a 2 or a 4, the word for these would be another: { $pairs }.
       *[other] With every “not enough evidence” read as a 2 or a 4, the word for { $count } pairs would be another, among them { $pairs }.
    }
comparison-caution-steps =
    { $more ->
        [0] It depends on how steps are read: taken as an order instead of as equal distances, the word for these would be another: { $pairs }.
       *[other] It depends on how steps are read: taken as an order instead of as equal distances, the word for { $count } pairs would be another, among them { $pairs }.
    }
comparison-caution-prior =
    { $more ->
        [0] So few ratings lean on what the model assumes beforehand; other assumptions would move the probability for { $pairs } by more than 5 percentage points.
       *[other] So few ratings lean on what the model assumes beforehand; other assumptions would move the probability for { $count } pairs by more than 5 percentage points, among them { $pairs }.
    }
comparison-caution-confounded = Some interviewers rated only some dimensions, so that their strictness can’t be told from the dimension.
comparison-caution-hangs =
    { $count ->
        [one] The comparison hangs on { $names }: without this person’s ratings some candidates would have no interviewer in common with the rest.
       *[other] The comparison hangs on { $names }: without any one of them some candidates would have no interviewer in common with the rest.
    }
comparison-caution-unrated = Nobody has rated { $names } on { $dimension }; the fair score fills it in from the rest, with a wider interval.
comparison-caution-unrated-by-all = Nobody has been rated on { $dimension }; it does not tell the candidates apart.
comparison-caution-not-exact = The computation stopped before every probability was exact to one percentage point.
comparison-reliability =
    { $agreement ->
        [high] Another panel in the same conversations would put the candidates in much the same places:
        [some] Another panel in the same conversations would put some of the candidates in other places:
       *[low] Another panel in the same conversations might well put the candidates in other places:
    } reliability { $value } ({ $level } interval { $lower }–{ $upper }) with { $raters } interviewers each. One more interviewer for everybody would make it { $more }.
comparison-reliability-few-candidates = How far another panel would agree can be said from { $need } rated candidates on; there are { $have }.
comparison-reliability-few-raters = How far another panel would agree can be said once candidates have been rated by two people.
comparison-reliability-disconnected = How far another panel would agree can’t be said while the candidates were seen by different people.
comparison-reliability-none = How far another panel would agree can’t be said yet.
comparison-precision = Model { $model }, seed { $seed }, { $draws } draws; every probability is exact to { $error }.
comparison-precision-not-reached = Model { $model }, seed { $seed }, { $draws } draws; the error limit was not reached, the largest error of a probability is { $error }.
comparison-order-first = { $leader } stays ahead of { $second } under { $order } of sensible weightings.
comparison-order-tied = The order of { $leader } and { $second } holds under { $order } of sensible weightings; the top group stays on top under { $top }.
comparison-left-out-none = Leaving out any one dimension keeps { $leader } first.
comparison-left-out = Without { $dimension } { $leader } would be first.
comparison-left-out-each = Leaving out any one of { $dimensions } would make { $leader } first.
comparison-flip-far = It would take moving { $points } percentage points of weight to bring { $challenger } level with { $leader }.
comparison-flip = Moving { $points } percentage points of weight from { $from } to { $to } would bring { $challenger } level with { $leader }.
comparison-flip-none = No weighting brings anybody level with { $leader }.
comparison-medium =
    { $medium ->
        [in_person] in person
        [video] by video
        [phone] by phone
       *[text] in writing
    }
comparison-difference-group = { $names } ({ $what })
comparison-difference-round =
    { $count ->
        [one] { $names } has not had { $round }, which others have had.
       *[other] { $names } have not had { $round }, which others have had.
    }
comparison-difference-media = They were heard through different media: { $groups }.
comparison-difference-questions = On { $dimension } they were not asked the same questions: { $groups }.
comparison-difference-panels = They met different panels: { $groups }.
comparison-difference-panels-many = They met { $count } different panels.
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
comparison-subject-lead =
    { $count ->
        [one] { $few } of { $all } leads, not clearly
       *[other] { $few } of { $all } lead, not clearly
    }
comparison-subject-lists = seen by different people, { $few } lists
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
comparison-figure-caption = Dot: fair score. Thick bar: { $inner } interval, thin: { $outer }. Tick: plain mean.
comparison-figure-caption-without-intervals = Dot: plain mean of the ratings.
comparison-figure-list = Seen by { $names }
comparison-figure-plain = Plain mean: { $mean }
comparison-figure-best = best: { $share }
comparison-figure-no-ratings = no ratings yet
comparison-figure-candidate = { $name }: { $mean } from { $lower } to { $upper }
comparison-figure-candidate-without-interval = { $name }: { $mean }
comparison-table-candidate = Candidate
comparison-table-fair = Fair score
comparison-table-plain = Plain mean
comparison-table-adjustment = Adjustment
comparison-table-best = Best
comparison-table-top = Among the best { $count }
comparison-table-rank = Rank ({ $level })
comparison-table-ranks = { $expected } ({ $best }–{ $worst })
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
comparison-places = Places to fill: who is among the best so many?
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
comparison-why-title = Why these numbers
comparison-why-plain = The plain mean of the ratings is { $plain }; with one interviewer nothing can be adjusted.
comparison-why-check = By plain arithmetic, for a check: { $plain }, { $level } interval { $lower }–{ $upper }.
comparison-why-covered = The ratings cover { $covered } of the weight.
comparison-why-even = The differences between this person’s dimensions are within error.
comparison-why-strength = Stands out by { $dimensions }.
comparison-why-weakness = Lags in { $dimensions }.
comparison-level = Fair level { $fair } ({ $level } interval { $lower }–{ $upper }), plain mean { $mean }.
comparison-level-unrated = Nobody rated this; from the rest one would expect { $fair } ({ $level } interval { $lower }–{ $upper }).
comparison-first-title = Who comes first when the weights move
comparison-first-share = Share of sensible weightings
comparison-first-others = Others
comparison-computing = Comparing { $candidates } candidates on { $scorecards } scorecards.
comparison-computing-short = Computing
comparison-computing-text = The ratings have changed, so the comparison is being computed anew. It takes a few seconds and appears here by itself.
comparison-duel-start = Duel of two
comparison-duel-choose = Choose two candidates
comparison-duel-two = A duel takes exactly two candidates. Choose them below.
comparison-duel-title = { $first } or { $second }?
comparison-duel-first = First
comparison-duel-second = Second
comparison-duel-above = { $name } above
comparison-duel-beyond = { $name } above by more than { $margin }
comparison-duel-dimension = Dimension
comparison-duel-lead = Lead
comparison-duel-legend = Levels are fair: what interviewers of average severity would be expected to give. Below each stand the ratings. The last column is the probability on that dimension alone.
comparison-differences-title = Not the same interview
comparison-differences-lead = Candidates can only be compared as far as they got the same chance. These marks judge nothing.
comparison-reliability-title = Would another panel agree?
comparison-not-the-future = This describes the interview ratings, not future performance.
