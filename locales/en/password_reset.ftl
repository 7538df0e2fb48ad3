# A forgotten password.
password-reset-title = Forgotten password
password-reset-text = Give your address, and a letter comes with a link to choose a new password.
password-reset-ask = Send the letter
password-reset-back = Back to sign-in
password-reset-asked-title = Look in your mailbox
password-reset-asked-text = If { $email } belongs to a member, a letter is on its way. Its link works for an hour.
password-reset-asked-none = Nothing came? Look among the unwanted mail, and check the address. An admin of your organisation can see which address you have.
password-reset-choose-title = Choose a new password
password-reset-choose-text = For { $email } in { $organisation }. You are signed in here afterwards, and signed out everywhere else.
password-reset-take = Save the password
password-reset-over-title = This link no longer works
password-reset-over-text = The link works once, and for an hour. Ask for a new letter if you still need one.
password-reset-over-again = Ask for a new letter
