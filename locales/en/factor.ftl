# How a member signs in.
factor-tab = Signing in
factor-title = Signing in
factor-lead-on = You sign in with your password and a code.
factor-lead-off = You sign in with your password alone.
factor-authenticator = Authenticator app
factor-authenticator-text = An app on your phone shows a code that changes every 30 seconds. With it, a password that somebody has got hold of is not enough.
factor-authenticator-on = In use since { $when }. The password alone no longer opens your account.
factor-authenticator-set-up = Set up an app
factor-authenticator-remove = Remove the app
factor-authenticator-remove-confirm = Remove the authenticator app? Your password alone signs you in then, and the recovery codes stop working.
factor-recovery = Recovery codes
factor-recovery-left = { $left ->
    [0] None is left. Make new ones, for the day on which the phone is lost.
    [one] One is left. Each works once, in place of a code of the app.
   *[other] { $left } are left. Each works once, in place of a code of the app.
}
factor-recovery-renew = Make new codes
factor-recovery-renew-confirm = Make new recovery codes? The earlier ones stop working.
factor-code = Code
factor-code-wrong = This code is not right, or was used already. Wait for the next one and try again.
factor-offer-title = Set up an authenticator app
factor-offer-scan = 1. Let the app read this
factor-offer-scan-text = Any authenticator app will do: the one of your password manager, or one from your phone's shop.
factor-offer-qr = QR code with the secret for the app. The same secret stands below as text.
factor-offer-type = Or type it:
factor-offer-enter = 2. Enter the code that it shows
factor-offer-code-hint = Six digits.
factor-offer-take = Turn it on
factor-offer-too-old = This took longer than a quarter of an hour, so there is a new secret now. Let the app read it.
factor-password-short = Your password is shorter than 15 characters, which is enough only beside an app. Choose a longer password first, under “About me”.
factor-codes-lead = Keep these where you find them without your phone. They are not shown again.
factor-codes-text = For { $email } on Attune. Each works once, in place of a code of the app.
factor-codes-print = Print
factor-codes-kept = I have kept them
factor-done-removed = The authenticator app is removed.
factor-required = Your organisation asks every member for a second factor, and this is your last one. Set another one up first.
factor-awaited-title = A second factor
factor-awaited = { $what ->
    [showing] { $organisation } asks every member for a second factor. Show yours, and you are in.
   *[adding] { $organisation } asks every member for a second factor beside the password. Set up an app or a passkey now; then everything is open to you.
}
factor-awaited-showing = You signed in with your password alone. Nothing of your account can be changed before you have shown your second factor too.
factor-awaited-code = Enter a code
factor-awaited-passkey = Sign in with a passkey
