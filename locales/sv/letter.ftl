# Utkorgen och dess brev.
letter-title = Brev
letter-lead = Allt som Attune skriver till folk, och om det har gått i väg.
letter-lead-set-aside = { $count ->
    [one] Ett brev gick inte att skicka och behöver dig.
   *[other] { $count } brev gick inte att skicka och behöver dig.
}
letter-way-none = Ingen mejlserver är inställd, så breven väntar här. De går i väg så snart det finns en.
letter-way-mailbox = Den här installationen skickar inga mejl; breven hamnar i brevlådan i stället.
letter-way-mailbox-link = Öppna brevlådan
letter-way-folder = Den här installationen skickar inga mejl; breven skrivs till en mapp i stället.
letter-tabs = Brev efter läge
letter-tab = { $state ->
    [set_aside] Lagda åt sidan
    [waiting] Väntar
    [sent] Skickade
   *[cancelled] Stoppade
}
letter-state = { $state ->
    [waiting] Väntar
    [leased] Skickas
    [sent] Skickat
    [set_aside] Lagt åt sidan
   *[cancelled] Stoppat
}
letter-kind = { $kind ->
    [invitation] Inbjudan
    [password_reset] Nytt lösenord
    [account_notice] Meddelande om kontot
    [interview_scheduled] Intervju
    [interview_changed] Ändrad intervju
    [interview_cancelled] Inställd intervju
    [seat_link] Länk till en intervju
    [seat_code] Kod till en intervju
    [paper_entered] Bedömningskort på papper
    [reminder] Påminnelse
    [debrief_opened] Avstämning
    [summary] Sammanställning
   *[other] Brev
}
letter-column-letter = Brev
letter-column-next = Nästa försök
letter-column-why = Varför
letter-column-actions = Åtgärder
letter-column-settled = { $state ->
    [sent] Skickat
   *[cancelled] Stoppat
}
letter-soon = Strax
letter-empty = { $state ->
    [set_aside] Inget behöver dig
    [waiting] Inget väntar
    [sent] Inget har skickats än
   *[cancelled] Inget har stoppats
}
letter-empty-detail = { $state ->
    [set_aside] Hit kommer ett brev när adressen avvisas eller när det har försökts för många gånger.
    [waiting] Här väntar brev en stund innan de går i väg, och längre medan mejlservern inte svarar.
    [sent] Inbjudningar, intervjuer, påminnelser och sammanställningar finns kvar här när de har gått i väg.
   *[cancelled] Ett brev som inte har gått i väg kan stoppas; då finns det kvar här.
}
letter-pages = Sidor
letter-newest = Senaste
letter-older = Äldre brev →
letter-from = Från
letter-to = Till
letter-reply-to = Svar till
letter-written = Skrivet
letter-files = Filer
letter-kilobytes = { $count } kB
letter-faces = Brevets två former
letter-face-html = Brev
letter-face-text = Ren text
letter-frame = Brevet så som det kommer fram
letter-set-aside-help = Rätta till det som är fel och försök sedan igen. Ett stoppat brev skickas aldrig.
letter-waiting-help = Det går i väg strax.
letter-leased-help = Det är hos mejlservern just nu.
letter-tried = { $count ->
    [0] Inga försök än.
    [one] Ett försök.
   *[other] { $count } försök.
}
letter-next-attempt = Nästa försök:
letter-link-hidden = Länken i det här brevet är bara för mottagaren. Den skapas när brevet skickas och visas aldrig här.
letter-retry = Försök igen
letter-send-now = Skicka nu
letter-cancel = Stoppa brevet
letter-cancel-confirm = Stoppa brevet? { $name } får det inte.
letter-cancel-no = Behåll det
letter-being-sent = Brevet skickas just nu. Titta igen om en minut.
letter-already-sent = Brevet har redan skickats.
letter-already-cancelled = Brevet är stoppat och förblir det.
