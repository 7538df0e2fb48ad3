# Decisions.
decision-title = Decision: { $name }
decision-list = Decisions
decision-choose-title = Record a decision
decision-choose-lead = About whom?
decision-decide = Decide
decision-change = Decide anew
decision-outcome = { $outcome ->
    [hired] Hired
    [rejected] Rejected
    [on_hold] On hold
   *[withdrawn] Withdrawn
}
decision-outcome-legend = Outcome
decision-reason = Reason
decision-reason-hint = In your own words, resting on the evidence. The candidate may ask to read it.
decision-reason-missing = Give the reason; a decision without one cannot be defended
decision-pins = The decision pins the comparison as it stands now, with { $in } of { $expected } scorecards. Later amendments do not change it.
decision-record = Record the decision
decision-missing-warning = You can decide now; the record will say what was missing.
decision-history = Decisions so far
decision-holds = holds now
decision-scorecard-first = You sit on a panel of this job and have not submitted your scorecard. Submit it first; then you see everything and can decide.
decision-comparison-changed = The comparison has changed since you opened this page: a scorecard, an amendment or an interview has come in. Read the finding again, then record your decision.
decision-pinned = The comparison as it stood
decision-inputs-digest = Digest of the ratings
decision-figures-digest = Digest of the numbers
decision-computed = Computed by
decision-recompute = Compute it again and compare
decision-recomputed = { $result ->
    [same] Computed again from the pinned ratings and weights: every number is the same.
    [other_model] { $same ->
        [yes] The model has changed since this decision; computed again, every number is the same all the same.
       *[no] The model has changed since this decision, so that it gives other numbers. The pinned ones hold.
    }
    [not_kept] This decision was recorded before decisions kept what their comparison was made from, so it cannot be computed again.
   *[other] Computed again, the numbers are not the same although the model is. Tell whoever runs Attune.
}
