# The page before the interview, and what was agreed so that the candidate can take part.
preparation-link = Prepare
preparation-title = Prepare: { $candidate }
preparation-lead = { $day }, { $start }–{ $end }. { $job }, { $round }.
preparation-person = The person you meet
preparation-course = How the time is meant to go
preparation-course-hint = Every candidate of this round is asked the same questions. Ask them in these words.
preparation-welcome = Welcome
preparation-welcome-text = Say who you are, how it will go, and that you will write while you listen.
preparation-end = The candidate's questions
preparation-end-text = Answer them, and say what happens next and by when.
preparation-outline = What every candidate hears about the job
preparation-do = What helps
preparation-never = What you must not ask
preparation-never-hint = { $country ->
    [SE] The rules in Sweden, as we understood them in { $reviewed }; the law itself counts. Whoever asks one candidate and not the other has also asked differently.
    [NO] The rules in Norway, as we understood them in { $reviewed }; the law itself counts. Whoever asks one candidate and not the other has also asked differently.
    [GB] The rules in Great Britain, as we understood them in { $reviewed }; the law itself counts. Whoever asks one candidate and not the other has also asked differently.
    [US] The federal rules of the United States, as we understood them in { $reviewed }; the law itself counts; your state may have more. Whoever asks one candidate and not the other has also asked differently.
   *[other] What the European Union's rules have in common, as we understood them in { $reviewed }; the law itself counts; your country may have more. Whoever asks one candidate and not the other has also asked differently.
}
preparation-rule = { $rule ->
    [forbidden] The question is forbidden
    [places] Forbidden in places
   *[evidence] The answer must not count
}
preparation-not = Not:
preparation-but = Rather:
preparation-never-volunteered = If the candidate brings it up, do not ask on and do not write it down, unless it is about what they need to take part.
preparation-offline = This page opens without network, too, once you have opened the kit on this device.
accommodation-title = Accommodation
accommodation-label = Only the panel and those who run the job read this. It must not count.
accommodation-none = Nothing agreed
accommodation-change = Change
accommodation-lead = What was agreed so that the candidate can take part as well as anybody else.
accommodation-text = What the panel does
accommodation-hint = Write what to do, not why: “Sends the questions the day before”, not a diagnosis. The panel and those who run jobs read it; the hiring manager does not, unless they sit in the panel.
accommodation-kept = What somebody else has saved meanwhile:
accommodation-changed-meanwhile = Somebody else has changed this meanwhile. Look at both, and save again what should stand.
