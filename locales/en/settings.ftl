# The organisation's settings.
settings-tab = Organisation
settings-title = Organisation
settings-lead = What holds for everybody in { $organisation }. Every change is a line in the trail.
settings-name = Name
settings-name-hint = On every page, and in every letter that goes out.
settings-language = Language
settings-language-hint = Of letters to members who have chosen none.
settings-time-zone = Time zone
settings-time-zone-hint = New interviews are scheduled in it, and members who have chosen none see times in it.
settings-policies = Policies
settings-policies-hint = They hold at once, also for scorecards that are being written. What is submitted stays as it is.
settings-blind = Blind until submitted
settings-blind-hint = Panel members see others' scorecards of an interview only when they have submitted their own. Without it, those who rate later know what those before them thought.
settings-evidence = Evidence for every rating
settings-evidence-hint = A rating needs a ticked indicator or a note before the scorecard can be submitted.
settings-extremes = A note for 1 and 5
settings-extremes-hint = The lowest and the highest rating need a written note, not only a tick.
settings-done = The settings are saved.
settings-hints = Remarks on notes
settings-hints-hint = While a note is written, the kit remarks on traits without behaviour, on what must not count, on hearsay, comparisons and “fit”. It never blocks, and nothing leaves the page.
settings-retention = Months that records are kept
settings-retention-hint = Counted from the decision. Usual are 24 in Sweden (time to claim discrimination), 12 in Norway, 12 or 24 in the United States (29 CFR 1602.14, 41 CFR 60-1.12). Then they are listed under Records, and nothing goes by itself.
settings-seat-link-days = Days for interviewers without an account
settings-seat-link-days-hint = For so many days after an interview, their link opens the kit and lets them amend. From 1 to 60.
settings-country = Rules about questions
settings-country-hint = Whose rules the preparation page shows to interviewers: what they must not ask.
settings-country-name = { $country ->
    [SE] Sweden
    [NO] Norway
    [GB] Great Britain
    [US] United States
   *[other] European Union in general
}
settings-sign-in = Signing in
settings-second-factor = Members must have a second factor
settings-second-factor-hint = An authenticator app or a passkey. Whoever has shown none is led to it with their next page and reaches nothing else before. Signing in through your identity provider counts as one; API tokens go on working.
settings-second-factor-yourself = Set up an authenticator app or a passkey for yourself first, or sign in with the one that you have: else you would shut yourself out.
