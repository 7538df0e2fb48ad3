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
