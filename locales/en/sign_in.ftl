# Signing in.
sign-in-title = Sign in
sign-in-email = Email
sign-in-password = Password
sign-in-button = Sign in
sign-in-forgotten = Forgotten the password?
sign-in-which = Which organisation?
sign-in-wrong = That address and password do not belong together.
sign-in-wait = Too many tries. Wait { $seconds ->
    [one] one second
   *[other] { $seconds } seconds
} and try again.
sign-in-code-title = One more step
sign-in-code-text = The password of { $email } is right. Now the code of your authenticator app.
sign-in-code-hint = The six digits that your app shows, or one of your recovery codes.
sign-in-code-back = Back to the beginning
