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
