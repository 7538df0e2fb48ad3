# My account.
account-tab = About me
account-lead = You sign in to { $organisation } as { $email }.
account-profile = About me
account-name = Name
account-name-hint = As your colleagues see it, also in letters to the panel.
account-language = Language
account-language-browser = As my browser
account-time-zone = Time zone
account-time-zone-hint = Times on pages and in letters are shown in it.
account-time-zone-organisation = As the organisation ({ $zone })
account-password = Password
account-password-text = Every other session ends when you change it, and a letter tells you that it was changed.
account-password-current = Current password
account-password-wrong = This is not your current password
account-password-change = Change the password
account-done-changed = Saved.
account-done-password = The password is changed, and every other session has ended.
