# The page behind an invitation.
invitation-title = Join { $organisation }
invitation-text = Welcome, { $name }. You sign in with { $email } and the password that you choose here.
invitation-take = Join
invitation-over-title = This invitation no longer works
invitation-over-text = An invitation works once, and for seven days. If you have joined already, sign in. Otherwise ask the person who invited you to send it again.
invitation-not-open = This member has already joined, or is disabled. There is nothing to send.
