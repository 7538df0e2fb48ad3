# Seats that go to somebody else.
handover-title = What you had written elsewhere
handover-lead = Interviews that somebody else took over before you had submitted. Only you see this.
handover-since = handed over { $when }
handover-not-enough = not enough evidence
handover-private-note = Private note
handover-next-note = For the next interviewer
handover-nothing = You had not begun.
handover-none = Nothing here
handover-none-text = When an admin gives one of your open scorecards to somebody else, what you had written stays here.
handover-seats = Open scorecards
handover-seats-text = { $name } still has these to submit. Whoever takes one over begins with an empty scorecard; what was written stays with { $name }.
handover-begun = begun
handover-to = Who takes over the scorecard for { $candidate }
handover-choose = Somebody else …
handover-do = Hand over
handover-submitted = This scorecard was submitted in the meantime. There is nothing to hand over.
handover-not-possible = Choose somebody who can sign in and is not on this panel already
