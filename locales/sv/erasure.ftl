# Att radera personer, och vad som håller kvar deras dokumentation.
record-due = Att radera
erasure-due-title = Att radera
erasure-due-lead = { $count ->
    [one] En kandidats dokumentation
   *[other] { $count } kandidaters dokumentation
} avslutades för mer än { $months ->
    [one] en månad
   *[other] { $months } månader
} sedan. Inget raderas förrän du har gått igenom listan.
erasure-due-none = Ingen dokumentation avslutades för mer än { $months ->
    [one] en månad
   *[other] { $months } månader
} sedan. Tiden räknas från beslutet, eller från att ett jobb stängdes utan beslut.
erasure-due-kept = { $count ->
    [one] En av dem hålls kvar
   *[other] { $count } av dem hålls kvar
}.
erasure-due-more = Det här är de äldsta. De nästa följer när dessa är raderade.
erasure-what = Raderingen tar bort namn, kontaktuppgifter och varje ord om en person. Betyg, markeringar och utfall blir kvar som tal som inte pekar på någon.
erasure-who = Kandidat
erasure-ended = Avslutades
erasure-jobs = Jobb
erasure-scorecards = Bedömningskort
erasure-erase-chosen = Radera de markerade
erasure-done = { $count ->
    [one] En person är raderad
   *[other] { $count } personer är raderade
}.
erasure-nobody = Markera minst en kandidat
erasure-unsure = Bekräfta att du vet att det inte går att ångra
erasure-sure = Jag vet att det inte går att ångra
erasure-link = Radera
erasure-title = Radera { $name }
erasure-lead = För den som ber om det. Lämna först ut dokumentationen om personen också har bett om det: efteråt finns det inget.
erasure-goes = Det som försvinner
erasure-goes-person = Namn, adress, telefon, uttal, anteckningar och det som överenskommits för att personen skulle kunna delta
erasure-goes-words = { $count ->
    [0] Alla motiveringar till beslut
    [one] Alla anteckningar och motiveringar i ett bedömningskort, i dess avstämning och i beslut
   *[other] Alla anteckningar och motiveringar i { $count } bedömningskort, i deras avstämningar och i beslut
}
erasure-goes-letters = Brev om personen som finns kvar här; de som väntar skickas inte
erasure-stays = Det som blir kvar
erasure-stays-numbers = Betyg, markeringar, utfall och tider, under ett nummer i stället för ett namn: andra kandidater har jämförts med dem
erasure-stays-trail = Granskningsloggen, som inte innehåller namn
erasure-stays-elsewhere = Det som har skickats med e-post, hämtats som fil eller skrivits om någon annan blir kvar där det är: leta där också
erasure-erase = Radera för gott
erasure-keep = Behåll
erasure-kept = Dokumentationen kan inte raderas än.
erasure-kept-hold = Rättsligt stopp för { $hold }
erasure-kept-open = { $count ->
    [one] Ett bedömningskort är fortfarande öppet: se till att det lämnas in, eller ställ in intervjun
   *[other] { $count } bedömningskort är fortfarande öppna: se till att de lämnas in, eller ställ in intervjuerna
}
erasure-kept-undecided = Ett jobb saknar beslut om kandidaten: fatta ett (återtagen ansökan är ett), eller stäng jobbet
erasure-not-due = Dokumentationen ska inte raderas än.
erasure-label = Raderad kandidat { $number }
erasure-notice = Personen raderades { $date }. Det som finns kvar är tal som inte pekar på någon.
erasure-done-refused = Personen är raderad: ingenting mer kan skrivas om den.
hold-title = Rättsligt stopp
hold-link = Rättsligt stopp
hold-lead = Så länge stoppet gäller raderas ingen i jobbet, varken på egen begäran eller för att tiden har gått ut.
hold-on = { $name } satte ett stopp den { $date }. Ingen i jobbet raderas förrän det hävs.
hold-reason = Varför dokumentationen måste behållas
hold-reason-hint = Till exempel ett ärendenummer. Den som vill radera något i jobbet läser det.
hold-lay = Sätt stopp
hold-lift = Häv stoppet
hold-already = Jobbet har redan ett stopp.
hold-none = Jobbet har inte längre något stopp.
subject-record-link = Egen dokumentation
subject-record-title = Det som finns sparat om { $name }
subject-record-lead = Allt som { $organisation } har sparat om personen i Attune: vad som har bedömts, antecknats och beslutats, och av vem som ett nummer.
subject-record-marked = { $count ->
    [one] En text nedan kan nämna någon annan: läs den
   *[other] { $count } texter nedan kan nämna någon annan: läs dem
} innan du lämnar ut det här, och stryk det som inte är personens.
subject-record-unmarked = Ingen text nedan innehåller namnet på en medlem eller på en annan kandidat i samma jobb. Läs ändå igenom den innan du lämnar ut den.
subject-record-not-in-it = Intervjuarnas privata anteckningar finns med; det de inte har lämnat in finns inte med. Skriv ut sidan eller spara den som PDF; filen är till för andra program.
subject-record-names-others = Kan nämna någon annan
subject-record-download = Hämta som fil (JSON)
subject-record-person = Personen
subject-record-applied = I jobbet sedan { $date }
subject-record-interviewer = Intervjuare { $number }
subject-record-amended = Ändrat { $date } till
subject-record-debriefed = Efter avstämningen { $date }
subject-record-next-note = Till nästa intervjuare
subject-record-remark = Sagt om det som fördes in från papper
subject-record-debrief = Vad avstämningen kom fram till
subject-record-letters = Brev
subject-record-letters-lead = Skickade av Attune, om personen eller intervjuerna: när, vad och till vem.
subject-record-member = En annan medlem
subject-record-not-enough = För lite underlag
subject-record-scorecard-first = Lämna först in ditt eget bedömningskort om personen: till dess får du inte se vad andra skrev.
