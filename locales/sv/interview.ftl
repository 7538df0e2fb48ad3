# Intervjuer: boka, visa, ändra, ställa in.
interview-new = Boka en intervju
interview-new-for = Boka en intervju med { $candidate }
interview-edit = Ändra intervjun
interview-edit-of = { $round } med { $candidate }
interview-with = Intervju med { $candidate }
interview-round = Omgång
interview-medium-label = Form
interview-medium = { $medium ->
    [in_person] På plats
    [video] Video
    [phone] Telefon
   *[text] Skriftligt
}
interview-length = { $minutes } min
interview-date = Datum
interview-clock = Tid
interview-minutes = Minuter
interview-minutes-hint = Lämna minuterna tomma så gäller omgångens längd.
interview-zone = Tidszon
interview-place = Plats eller länk
interview-place-hint = Ett rum, en adress, en möteslänk eller ett nummer. Panelen läser det i brevet och i kalendern.
interview-no-place = Saknas
interview-panel = Panel
interview-panel-plan = För att kandidaten ska kunna jämföras med de andra till tjänsten, välj { $names }.
interview-panel-hint = Alla får ett brev med en kalenderfil och en länk till intervjuguiden.
interview-panel-empty = Välj minst en intervjuare
interview-panel-large = En panel har högst { $most } intervjuare
interview-pins = Det här är jobbets första intervju. Från och med nu ligger EQ-mall, vikter och omgångar fast.
interview-schedule = Boka och skriv till panelen
interview-save = Spara och skriv till panelen
interview-no-rounds = Jobbet har inga omgångar än
interview-no-rounds-text = En intervju hör till en omgång, som säger hur den hålls och vad den täcker. Lägg till en i jobbet först.
interview-when = Tid: { $day } { $year } kl. { $start }–{ $end } ({ $zone }).
interview-when-yours = I din tidszon börjar den { $day } kl. { $time }.
interview-date-wrong = Skriv ett datum som 2026-11-24
interview-clock-wrong = Skriv en tid som 14:30
interview-date-past = Datumet har passerat
interview-date-far = Datumet är mer än två år bort
interview-time-skipped = Klockorna i { $zone } hoppar över den tiden den natten. { $instead } finns.
interview-time-twice = Klockorna i { $zone } ställs tillbaka den natten, så tiden kommer två gånger. Välj vilken.
interview-fold = Vilken av de två?
interview-fold-earlier = Den första, innan klockan ställs tillbaka
interview-fold-later = Den andra, efter att klockan har ställts tillbaka
interview-doubt-clash = { $member } har en annan intervju { $day } kl. { $start }–{ $end }.
interview-doubt-same-round = Kandidaten har redan en intervju i den här omgången, { $day } kl. { $time }.
interview-anyway = Fortsätt ändå
interview-job-closed = Jobbet är stängt. Öppna det igen för att boka intervjuer.
interview-is-cancelled = Intervjun är inställd.
interview-changed-meanwhile = Någon annan har ändrat intervjun under tiden. Öppna den igen och titta innan du ändrar.
interview-seat-begun = Någon som du tog bort har redan öppnat intervjuguiden och blir kvar i panelen
interview-facts = Intervjun
interview-state = Läge
interview-state-scheduled = Bokad
interview-state-cancelled = Inställd
interview-cancelled-because = Inställd: { $reason }
interview-state-due = Ditt bedömningskort väntar
interview-state-hidden = Dolt tills du har lämnat in ditt
interview-state-in = { $count ->
    [one] Bedömningskortet är inne
   *[other] Alla { $count } bedömningskort är inne
}
interview-state-missing = { $submitted } av { $all } bedömningskort inne
interview-you = du
interview-seat-hidden = Dolt tills du har lämnat in ditt
interview-seat-in = Inlämnat { $date }
interview-seat-begun-state = Påbörjat
interview-seat-empty = Inte påbörjat
interview-kit = Öppna intervjuguiden
interview-own-scorecard = Ditt bedömningskort
interview-calendar = Din kalender
interview-calendar-take = Ladda ner kalenderfilen
interview-cancel = Ställ in intervjun
interview-cancel-question = Ställa in intervjun?
interview-cancel-lead = { $round }, { $day } kl. { $time }. { $count ->
    [one] En person får ett brev, och intervjun försvinner ur kalendern.
   *[other] { $count } personer får ett brev, och intervjun försvinner ur deras kalendrar.
}
interview-cancel-reason = Anledning
interview-cancel-reason-hint = Panelen läser den i brevet, och den står kvar vid intervjun.
interview-cancel-keep = Behåll den
interview-cancel-submitted = Ett bedömningskort från intervjun är inlämnat, så den går inte att ställa in.
interview-cancel-blind = Du har själv ett bedömningskort kvar att lämna in från intervjun, så någon annan måste ställa in den.
interview-done-scheduled = Bokad. Panelen får ett brev med en kalenderfil.
interview-done-changed = Sparad. Panelen får ett brev med en ny kalenderfil om något har ändrats.
interview-done-cancelled = Inställd. Panelen får ett brev, och intervjun försvinner ur deras kalendrar.
interview-outside = Intervjuare utan konto
interview-outside-hint = Alla får ett brev med en länk som öppnar intervjuguiden för den här intervjun och inget annat. En adress som redan finns hos er får sin egen plats.
interview-outside-name-label = Namn
interview-outside-email-label = E-postadress
interview-outside-name = Skriv namnet på { $email }, högst 120 tecken
interview-outside-email = Skriv en e-postadress till { $name }, till exempel namn@example.com
interview-outside-disabled = { $email } tillhör någon som är avstängd. Välj någon annan, eller släpp in personen först.
interview-proposals = Tider som passar panelen
interview-proposals-hint = Välj först panel och tidszon. Förslagen ligger mellan 9 och 17 på allas klockor, när ingen i panelen har en annan intervju i Attune.
interview-propose = Föreslå tider
interview-proposal = { $day } kl. { $start }–{ $end }
interview-proposal-elsewhere = kl. { $time } i { $place }
interview-proposal-take = Ta den här tiden
interview-proposals-none = Ingen tid passar alla de närmaste två veckorna. Välj en annan panel eller en annan längd, eller kom överens om en tid utanför arbetstid.
