# Jobb: listan, ett jobb på en sida, att öppna, ändra och stänga ett.
job-job = Jobb
job-place = Ort
job-candidate = Kandidat
job-candidates = Kandidater
job-scorecards = Bedömningskort
job-decision = Beslut
job-dimension = Dimension
job-in-of = { $in } av { $all }
job-medium = { $medium ->
    [in_person] På plats
    [video] Video
    [phone] Telefon
    [text] Skriftligt
   *[other] { $medium }
}
job-outcome = { $outcome ->
    [hired] Anställd
    [rejected] Avslag
    [on_hold] Vilande
    [withdrawn] Återtagen ansökan
   *[other] { $outcome }
}
job-rubric-version = { $name }, version { $version }
job-open = Öppna ett jobb
job-done-opened = Jobbet är öppet. Lägg nu till dem som söker.
job-done-changed = Ändringarna är sparade.
job-done-closed = Jobbet är stängt.
job-done-reopened = Jobbet är öppet igen.

job-list-lead = { $open ->
    [0] Inget jobb är öppet.
    [one] Ett jobb är öppet.
   *[other] { $open } jobb är öppna.
} { $closed ->
    [0] Inget är stängt än.
    [one] Ett är stängt.
   *[other] { $closed } är stängda.
}
job-list-tabs = Öppna och stängda jobb
job-list-open = Öppna ({ $count })
job-list-closed = Stängda ({ $count })
job-list-caption-open = Öppna jobb, det nyaste först
job-list-caption-closed = Stängda jobb, det nyaste först
job-list-next = Härnäst
job-list-pages = Listans sidor
job-list-older = Äldre jobb
job-list-first-page = Till de nyaste
job-list-end = Här finns inga fler jobb
job-list-none-open = Inget jobb är öppet
job-list-none-open-detail = Ett jobb samlar sina kandidater, sina omgångar och den EQ-mall som används. Det tar två minuter att öppna ett.
job-list-none-open-others = Ett jobb samlar sina kandidater, sina omgångar och den EQ-mall som används. Era rekryterare öppnar dem.
job-list-none-mine = Du har inga jobb än
job-list-none-mine-detail = Här visas jobb där du är rekryterande chef eller sitter med i en intervju.
job-list-none-closed = Inget jobb är stängt
job-list-none-closed-detail = Ett jobb som är tillsatt eller nedlagt vilar här, med allt som skrevs.
job-list-see-rubric = Titta på EQ-mallen först

job-mark-no-candidate = Ingen kandidat än
job-mark-late = { $count ->
    [one] 1 försenat kort
   *[other] { $count } försenade kort
}
job-mark-due = { $count ->
    [one] 1 kort att lämna in
   *[other] { $count } kort att lämna in
}
job-mark-ready = { $count ->
    [one] Ett beslut väntar
   *[other] { $count } beslut väntar
}
job-mark-interview = Intervju { $when }
job-mark-decided = Alla är avgjorda
job-mark-nothing-planned = Ingen intervju bokad

job-opened-on = öppnat { $date }
job-closed-on = stängt { $date }
job-closed-notice = Jobbet är stängt. Ingen kan läggas till och ingen intervju bokas förrän det öppnas igen.
job-sentence-no-candidate = Ingen kandidat än.
job-sentence-candidates = { $count ->
    [one] En kandidat.
   *[other] { $count } kandidater.
}
job-sentence-scorecards = { $in } av { $all } { $all ->
    [one] bedömningskort är inlämnat.
   *[other] bedömningskort är inlämnade.
}
job-sentence-due = { $count ->
    [one] Ett ska lämnas in nu.
   *[other] { $count } ska lämnas in nu.
}
job-sentence-late = { $count ->
    [one] Ett är försenat.
   *[other] { $count } är försenade.
}
job-sentence-hidden = { $count ->
    [one] Ett till öppnas när du har lämnat in ditt.
   *[other] { $count } till öppnas när du har lämnat in ditt.
}
job-sentence-planned = { $count ->
    [one] En intervju återstår.
   *[other] { $count } intervjuer återstår.
}
job-sentence-ready = { $count ->
    [one] En kandidat väntar på beslut.
   *[other] { $count } kandidater väntar på beslut.
}
job-sentence-nothing-planned = Ingen intervju är bokad än.

job-next-add = Lägg till kandidater
job-next-schedule = Boka en intervju
job-next-score = Slutför ditt bedömningskort
job-next-kit = Öppna intervjuguiden
job-next-compare = Jämför kandidaterna
job-next-decide = Jämför och besluta

job-grid = Kandidater och omgångar
job-grid-pages = Sidor med kandidater
job-grid-next-page = Fler kandidater
job-grid-first-page = Till de första kandidaterna
job-grid-end = Här finns inga fler kandidater
job-round-detail = { $medium }, { $minutes } min
job-cell-not-planned = Inte bokad
job-cell-schedule = Boka
job-cell-cancelled = Inställd
job-cell-in = { $in } av { $all } inne
job-cell-due = { $in } av { $all } inne, ska lämnas in nu
job-cell-late = { $in } av { $all } inne, { $days ->
    [one] en dag sent
   *[other] { $days } dagar sent
}
job-cell-late-name = { $name }, { $days ->
    [one] en dag sent
   *[other] { $days } dagar sent
}
job-cell-hidden = Dolt tills du har lämnat in ditt
job-cell-decision-hidden = Dolt tills du har lämnat in
job-cell-undecided = Öppet

job-empty = Ingen kandidat än
job-empty-detail = Alla som söker får en rad här, med en ruta för varje omgång. Lägg till dem en och en, eller importera alla från en fil.
job-empty-others = Alla som söker får en rad här, med en ruta för varje omgång. { $name } lägger till dem.
job-import = Importera från fil
job-facts = Jobbet
job-plan = Så bedöms det
job-hiring-manager = Rekryterande chef
job-hiring-manager-hint = Den som beslutar.
job-review = Så jämförs kandidaterna
job-anonymised = Utan namn, fram till beslutet
job-anonymised-hint = Den som jämför läser ”Kandidat A” i stället för namn, adress och nummer: i jämförelsen, dess brev, avstämningen, beslutet och på kandidaternas sidor. Intervjuare, rekryterare och HR ser fortfarande namnen. Ligger fast när det första bedömningskortet är inlämnat.
job-anonymised-fixed = Ett bedömningskort är redan inlämnat. Om namn döljs förblir som när det skrevs.
job-yes = Ja
job-no = Nej
job-recruiter = Rekryterare
job-recruiter-hint = Den som driver jobbet.
job-panel = Panel
job-panel-none = Ingen sitter med än
job-rubric = EQ-mall
job-weights = Vikter
job-weights-alike = Alla { $count } dimensioner väger lika.
job-pinned-on = Låst sedan { $date }, då den första intervjun bokades.
job-not-pinned = EQ-mall, vikter och omgångar kan ändras tills den första intervjun bokas.
job-uncovered = { $count ->
    [one] Ingen omgång täcker { $names }. Den dimensionen blir utan betyg.
   *[other] Ingen omgång täcker { $names }. De dimensionerna blir utan betyg.
}
job-uncovered-change = Ändra omgångarna
job-change = Ändra jobbet
job-close = Stäng jobbet
job-reopen = Öppna det igen

job-choose-lead = Utgå från det som ligger närmast. Allt går att ändra på nästa sida.
job-choose-plan = { $rounds ->
    [one] En omgång
   *[other] { $rounds } omgångar
}, sammanlagt { $minutes } minuter
job-choose-use = Utgå från detta
job-choose-earlier = Från ett tidigare jobb

job-form-lead = Två minuter: vad jobbet är, vem som beslutar och vad som frågas.
job-form-lead-change = Allt kan ändras tills den första intervjun bokas.
job-form-lead-pinned = Titel, ort och personer kan fortfarande ändras.
job-open-now = Öppna jobbet
job-title = Titel
job-title-hint = Så som kandidaterna känner till det.
job-choose-person = Välj en person
job-rubric-and-weights = EQ-mall och vikter
job-rubric-hint = Publicerade versioner. En senare version ändrar inte det här jobbet.
job-rubric-show = Visa dess frågor
job-rubric-changed = EQ-mallen är en annan nu. Gå igenom vikter och omgångar innan du sparar.
job-rubric-needed = Publicera en EQ-mall först; ett jobb behöver en.
job-weight = Vikt
job-share = Andel
job-weights-hint = Vilka heltal som helst från 0 till 100; det är andelen som räknas.
job-weights-needed = Ge minst en dimension en vikt över 0
job-rounds-needed = Lägg till minst en omgång
job-rounds-too-many = Nöj dig med { $most } omgångar
job-round-number = Omgång { $number }
job-round-name = Namn
job-round-medium = Form
job-round-minutes = Minuter
job-round-dimensions = Dimensioner som den täcker
job-round-dimensions-needed = Välj minst en dimension
job-round-questions = { $count ->
    [0] Ingen fråga är vald
    [one] En fråga är vald
   *[other] { $count } frågor är valda
}
job-round-questions-hint = Alla kandidater får samma frågor. En dimension utan vald fråga får en om något som har hänt och en om ett tänkt fall.
job-questions-retired = { $count ->
    [one] Det tidigare jobbet hade en fråga ur frågebanken som inte används längre. Den följde inte med:
   *[other] Det tidigare jobbet hade frågor ur frågebanken som inte används längre. De följde inte med:
}
job-question-kind = { $kind ->
    [behavioural] Något som har hänt
   *[situational] Ett tänkt fall
}
job-round-add = Lägg till en omgång
job-round-remove = Ta bort omgången
job-pinned-why = Den första intervjun bokades { $date }. Sedan dess är EQ-mall, vikter och omgångar låsta, så att alla kandidater frågas och vägs lika.
job-pinned-refused = En intervju har bokats sedan du öppnade formuläret. EQ-mall, vikter och omgångar är låsta nu; inget har ändrats.
job-closed-already = Jobbet är redan stängt.
job-open-already = Jobbet är redan öppet.

job-closing-title = Stänga jobbet?
job-closing-lead = Ingen kan läggas till och ingen intervju bokas förrän det öppnas igen.
job-closing-planned = { $count ->
    [one] En bokad intervju ligger kvar i kalendrarna. Ställ in den först om den inte ska bli av.
   *[other] { $count } bokade intervjuer ligger kvar i kalendrarna. Ställ in dem först om de inte ska bli av.
}
job-closing-outstanding = { $count ->
    [one] Ett bedömningskort saknas; det kan fortfarande lämnas in.
   *[other] { $count } bedömningskort saknas; de kan fortfarande lämnas in.
}
job-closing-undecided = { $count ->
    [one] En kandidat har inget beslut än.
   *[other] { $count } kandidater har inget beslut än.
}
job-closing-kept = Bedömningskort, beslut och dokumentation finns kvar som de är.
job-closing-keep = Håll det öppet

job-changed-meanwhile = Någon annan har ändrat jobbet under tiden, så inget sparades. Det du skrev står kvar nedan.
job-versions = De två versionerna
job-versions-lead = Här står det som skiljer sig. Formuläret innehåller det du skrev: ändra som du vill och spara igen.
job-versions-what = Vad
job-versions-kept = Som det är sparat nu
job-versions-typed = Som du skrev
job-weight-of = Vikt för { $dimension }
