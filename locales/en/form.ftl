# Forms everywhere.
form-optional = optional
form-quoted = “{ $text }”
form-put-right = { $count ->
    [one] One thing to put right
   *[other] { $count } things to put right
}
form-required = Fill this in
form-one-line = This must be a single line
form-not-a-choice = Choose one of the options
form-number = Enter a whole number from { $least } to { $most }
form-control-characters = Remove the invisible control characters
form-too-long = Shorten this to at most { $most } characters
form-save = Save
form-cancel = Cancel
password-too-short = Use at least { $least } characters; a few words in a row work well
password-too-common = Choose another password; this one is among the first that somebody would try
password-personal = Choose another password; this one is made of names that belong to you or your organisation
form-email = Enter an address such as name@example.com
password-differs = The two passwords are not the same
password-new = New password
password-hint = At least { $least } characters; a few words in a row work well.
password-again = The same password again
