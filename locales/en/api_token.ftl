# API tokens.
api-token-tab = API tokens
api-token-title = API tokens
api-token-lead = With a token another system acts as you: it may do what you may do.
api-token-none = You have no tokens. Make one when another system needs to read or write here on your behalf.
api-token-facts = Made { $made } · works until { $expires } ·
api-token-used = last used { $when }
api-token-unused = never used
api-token-new = Make a token
api-token-name = Name
api-token-name-hint = Which system it is for, so that you know it again.
api-token-expiry = Works for
api-token-days = { $days ->
    [365] one year
   *[other] { $days } days
}
api-token-make = Make the token
api-token-made = Your new token
api-token-made-text = Copy it now and keep it safe. It is not shown again.
api-token-copy = Copy
api-token-copied = Copied
api-token-revoke = Revoke
api-token-revoke-confirm = Revoke “{ $name }”? The system that uses it is shut out at once.
api-token-too-many = You have { $most } tokens, and more cannot be kept in sight. Revoke one that is no longer used.
api-token-done-revoked = The token is revoked.
api-token-scopes = What it is for
api-token-scopes-hint = Choose no more than the system needs. It never does more than your roles allow.
api-token-scope-needed = Choose at least one thing that the token is for
api-token-noun = What
api-token-read = Read
api-token-write = Change
api-token-read-noun = Read { $noun }
api-token-write-noun = Change { $noun }
api-token-noun-jobs = Jobs
api-token-noun-candidates = Candidates
api-token-noun-applications = Applications
api-token-noun-interviews = Interviews
api-token-noun-scorecards = Scorecards
api-token-noun-comparisons = Comparisons
api-token-noun-debriefs = Debriefs
api-token-noun-decisions = Decisions
api-token-noun-records = Records
api-token-noun-rubrics = Rubrics
api-token-noun-members = Members
api-token-noun-scim = Users and groups (SCIM)
api-token-is-for = { $kind ->
    [both] Reads { $reads }; changes { $writes }
    [read] Reads { $reads }
   *[write] Changes { $writes }
}
