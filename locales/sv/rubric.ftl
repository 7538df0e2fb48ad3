# EQ-mallar: listan, en version läst som ett dokument, utkast och vad de ändrar.
rubric-list-lead = Vad varje intervju frågar om, vad man lyssnar efter och hur varje betyg ser ut.
rubric-list-empty = Ingen EQ-mall än
rubric-list-empty-detail = Den inbyggda mallen följer med varje organisation. Fråga er administratör varför den saknas här.
rubric-pages = Sidor
rubric-next-page = Nästa sida
rubric-published-on = Version { $version }, publicerad { $date }
rubric-published = publicerad { $date }
rubric-by = påbörjad av { $name }
rubric-never-published = Inte publicerad än
rubric-open-jobs = { $count ->
    [0] inget öppet jobb använder den
    [one] ett öppet jobb använder den
   *[other] { $count } öppna jobb använder den
}
rubric-dimensions = Dimensioner
rubric-draft = Utkast
rubric-draft-by = Utkast till version { $version }, påbörjat av { $name }
rubric-draft-of = Utkast till version { $version }
rubric-draft-begun-by = utkast, påbörjat av { $name }
rubric-open-draft = Öppna utkastet
rubric-edit-as-draft = Redigera som utkast
rubric-go-to-draft = Fortsätt på utkastet till version { $version }
rubric-is-outdated = Du läser version { $version }. Jobb som är låsta till den behåller den; nya jobb använder en nyare.
rubric-to-newest = Läs version { $version }
rubric-reading-draft = Det här är ett utkast. Inget jobb kan använda det förrän det är publicerat.
rubric-filter = Vad som visas
rubric-language = Språk
rubric-medium = Form
rubric-all-media = Alla former
rubric-medium-in-person = På plats
rubric-medium-video = Video
rubric-medium-phone = Telefon
rubric-medium-text = Skriftligt
rubric-show = Visa
rubric-untranslated = { $count ->
    [one] En text är inte skriven på det här språket än; den står på mallens första språk.
   *[other] { $count } texter är inte skrivna på det här språket än; de står på mallens första språk.
}
rubric-contents = Innehåll
rubric-scale = Så sätter man betyg
rubric-length = Längd
rubric-length-minutes = { $count ->
    [one] En minut för alla dimensioner
   *[other] { $count } minuter för alla dimensioner
}
rubric-share = { $share } av helheten
rubric-questions-behavioural = Frågor om något som har hänt
rubric-questions-situational = Frågor om ett tänkt fall
rubric-listen-for = Lyssna efter
rubric-choice-positive = Talar för
rubric-choice-negative = Talar emot
rubric-choice-behavioural = Om något som har hänt
rubric-choice-situational = Om ett tänkt fall
rubric-anchors = Hur varje betyg ser ut
rubric-anchors-of = Hur varje betyg ser ut: { $dimension }
rubric-versions = Versioner
rubric-versions-lead = En publicerad version ändras aldrig. Ett jobb behåller den version som det öppnades med.
rubric-version = Version { $version }
rubric-pinned-by = Används av
rubric-pinned-by-none = Inget jobb som du kan se använder den
rubric-job-closed = stängt
rubric-download = Ladda ner
rubric-download-version = Ladda ner version { $version } som YAML-fil
rubric-copy-go = Gör en kopia
rubric-copy-title = Gör en egen mall av den här
rubric-copy-lead = Kopian får egna versioner. Den här mallen förblir som den är.
rubric-copy-name = Den nya mallens namn
rubric-copy-button = Kopiera till en ny mall

rubric-copied = Kopian är din att ändra. Den kan användas för jobb när den är publicerad.
rubric-discarded = Utkastet är kasserat.
rubric-draft-saved = Sparat.
rubric-draft-saved-alongside = Sparat. Någon annan sparade också utkastet medan du skrev; bådas ändringar är med.
rubric-published-now = Publicerad. Nya jobb använder den här versionen från och med nu.

rubric-draft-title = Utkast till { $name }
rubric-draft-first-lead = Mallen är ny. Skriv den och publicera den sedan som version 1.
rubric-draft-same-lead = Det här blir version { $version }. Än så länge säger utkastet samma sak som den publicerade versionen.
rubric-draft-changed-lead = { $count ->
    [one] Det här blir version { $version }. På ett ställe skiljer sig utkastet från den publicerade versionen.
   *[other] Det här blir version { $version }. På { $count } ställen skiljer sig utkastet från den publicerade versionen.
}
rubric-review-and-publish = Granska och publicera
rubric-to-do = { $count ->
    [one] En sak att rätta innan den kan publiceras
   *[other] { $count } saker att rätta innan den kan publiceras
}
rubric-see-what = Se vad
rubric-not-yet-publishable = Inte publicerad: något behöver rättas först. Listan nedan säger vad och var.
rubric-draft-moved-on = Inte publicerad: någon sparade utkastet efter att du öppnade jämförelsen. Se vad det ändrar nu och publicera sedan.
rubric-draft-is-the-same = Inte publicerad: utkastet säger precis det som den publicerade versionen säger.
rubric-as-a-whole = Mallen som helhet
rubric-basics = Namn, skala och regler
rubric-section-basics = Vad den heter, hur lång tid den tar, vad 1 till 5 betyder, reglerna för betyg
rubric-guide = Vägledning för intervjuare
rubric-section-guide = Presentationen för varje kandidat; före, under och efter; bedömningsfel
rubric-question-count = { $count ->
    [one] en fråga
   *[other] { $count } frågor
}
rubric-indicator-count = { $count ->
    [one] en indikator
   *[other] { $count } indikatorer
}
rubric-move-up-named = Flytta upp: { $name }
rubric-move-down-named = Flytta ner: { $name }
rubric-remove = Ta bort
rubric-remove-named = Ta bort: { $name }
rubric-keep = Behåll
rubric-remove-dimension-confirm = Ta bort { $name } ur utkastet, med { $questions } frågor och { $indicators } indikatorer? Publicerade versioner behåller den.
rubric-new-dimension = Ny dimension
rubric-new-dimension-hint = Ett ord eller två. Frågor och nivåbeskrivningar skriver du sedan.
rubric-add-dimension = Lägg till dimensionen
rubric-first-language = Första språket: allt annat översätts från det
rubric-fully-translated = Helt översatt
rubric-partly-translated = { $written } av { $total } texter översatta
rubric-remove-language-confirm = Ta bort { $name } ur utkastet, med { $count } översatta texter? Publicerade versioner behåller dem.
rubric-new-language = Lägg till ett språk
rubric-choose-language = Välj ett språk
rubric-add-language = Lägg till språket
rubric-discard-draft = Kassera utkastet
rubric-discard-title = Kassera utkastet?
rubric-discard-all = { $name } har aldrig publicerats: hela mallen försvinner, och ingen kan få den tillbaka.
rubric-discard-changes = { $count ->
    [0] Utkastet till version { $version } försvinner. Det ändrar ingenting än.
    [one] Utkastet till version { $version } försvinner med det enda ställe som det ändrar. Ingen kan få det tillbaka.
   *[other] Utkastet till version { $version } försvinner med de { $count } ställen som det ändrar. Ingen kan få dem tillbaka.
}
rubric-keep-draft = Behåll utkastet

rubric-translating = Från { $from } till { $to }. Det du lämnar tomt läses på { $from }.
rubric-switch-saves = När du byter språk sparas texten först.
rubric-group-names = I ord
rubric-group-scale = Vad betygen heter
rubric-group-rules = Regler för betyg
rubric-group-briefing = Presentationen för varje kandidat
rubric-group-guide = Före, under och efter
rubric-group-errors = Bedömningsfel att känna till
rubric-group-words = I ord
rubric-group-questions = Frågor
rubric-group-indicators = Vad man lyssnar efter
rubric-group-not-evidence = Aldrig underlag
rubric-group-anchors = Hur varje betyg ser ut
rubric-one-per-line = En per rad
rubric-weight-hint = Från 0 till 100, i förhållande till de andra dimensionerna. Lika vikter är bäst om inte en arbetsanalys säger annat.
rubric-add-question = Lägg till en fråga
rubric-add-positive = Lägg till en indikator som talar för
rubric-add-negative = Lägg till en indikator som talar emot
rubric-add-error = Lägg till ett bedömningsfel
rubric-save-draft = Spara utkastet
rubric-save-and-next = Spara och gå vidare till { $name }
rubric-save-and-back = Spara och gå tillbaka
rubric-theirs = Sparat av någon annan:
rubric-mine = Ditt, inte sparat än:
rubric-clash-title = { $count ->
    [one] Någon annan ändrade samma text medan du skrev
   *[other] Någon annan ändrade samma { $count } texter medan du skrev
}
rubric-clash-detail = Båda texterna visas. Inget av ditt är sparat än. Ändra din text så som den ska vara och spara sedan.
rubric-lost-title = Det du skrev har inte längre någon plats
rubric-lost-lead = Någon publicerade, kasserade eller tog bort det medan du skrev. Dina texter står nedan; kopiera det du vill behålla.
rubric-lost-part = Någon tog bort delen medan du skrev. Din text står här; kopiera den om du vill behålla den.

rubric-differences-title = Vad version { $version } ändrar
rubric-differences-lead = { $count ->
    [0] Ingenting skiljer sig från version { $version }.
    [one] Ett ställe skiljer sig från version { $version }.
   *[other] { $count } ställen skiljer sig från version { $version }.
}
rubric-differences-copied = { $count ->
    [0] Ingenting skiljer sig än från ”{ $name }”, som den här kopierades från.
    [one] Ett ställe skiljer sig från ”{ $name }”, som den här kopierades från.
   *[other] { $count } ställen skiljer sig från ”{ $name }”, som den här kopierades från.
}
rubric-differences-first = Ingenting i mallen är publicerat än, så det finns inget att jämföra med.
rubric-difference-added = Fanns inte
rubric-difference-removed = Borttagen
rubric-publish-title = Publicera version { $version }
rubric-publish-lead = En publicerad version ändras aldrig. Nya jobb använder den från och med då.
rubric-publish-jobs = { $count ->
    [one] Ett jobb behåller den version som det öppnades med.
   *[other] { $count } jobb behåller den version som de öppnades med.
}
rubric-publish = Publicera version { $version }
rubric-back-to-draft = Tillbaka till utkastet

# Ställen i en mall, från helhet till del.
rubric-numbered-rating = Betyg { $number }
rubric-numbered-anchor = Nivåbeskrivning { $number }
rubric-numbered-question = Fråga { $number }
rubric-numbered-indicator = Indikator { $number }
rubric-numbered-error = Fel { $number }
rubric-numbered-line = Rad { $number }
rubric-place-unnamed = Utan namn
rubric-place-key = Kortnamn
rubric-place-languages = Språk
rubric-place-dimensions = Dimensioner
rubric-place-name = Namn
rubric-place-text = Förklaring
rubric-place-summary = Sammanfattning
rubric-place-role-family = Var den används
rubric-place-minutes = Minuter för alla dimensioner
rubric-place-not-enough-evidence = För lite underlag
rubric-place-rules = Regler för betyg
rubric-place-briefing = Presentationen för varje kandidat
rubric-place-steps = Steg
rubric-place-facts = Fakta i den
rubric-place-guide = Vägledning för intervjuare
rubric-place-before = Före intervjun
rubric-place-during = Under intervjun
rubric-place-after = Efter intervjun
rubric-place-errors = Bedömningsfel att känna till
rubric-place-headline = Rubrik
rubric-place-definition = Definition
rubric-place-why = Varför det är viktigt
rubric-place-caution = Se upp
rubric-place-weight = Vikt
rubric-place-questions = Frågor
rubric-place-question-text = Fråga
rubric-place-kind = Slag
rubric-place-probes = Följdfrågor
rubric-place-indicators = Indikatorer
rubric-place-indicator-text = Vad man lyssnar efter
rubric-place-sign = För eller emot
rubric-place-media = Former
rubric-place-not-evidence = Aldrig underlag
rubric-place-anchors = Nivåbeskrivningar

# Vad som hindrar att en mall publiceras, eller att en text sparas.
rubric-complaint-anchor-unexpected = Betygen går bara från 1 till 5
rubric-complaint-dimension-missing = Lägg till minst en dimension
rubric-complaint-key-malformed = Använd bara små bokstäver, siffror, - och _
rubric-complaint-key-repeated = Kortnamnet används två gånger
rubric-complaint-language-malformed = Välj ett språk ur listan
rubric-complaint-language-missing = En mall behöver sitt första språk
rubric-complaint-language-repeated = Språket står två gånger i listan
rubric-complaint-medium-missing = Kryssa för minst en form
rubric-complaint-medium-repeated = En form nämns två gånger
rubric-complaint-minutes-out-of-range = Skriv hela minuter från 1 till 480
rubric-complaint-question-missing = Lägg till minst en fråga
rubric-complaint-text-control-character = Ta bort de osynliga styrtecknen
rubric-complaint-text-missing = Skriv den här texten
rubric-complaint-text-too-long = Korta ner: namn till 120 tecken, andra texter till 2000
rubric-complaint-text-unknown-language = Texten är på ett språk som mallen inte har
rubric-complaint-too-many = De är för många; ta bort några
rubric-complaint-weight-too-large = Skriv ett heltal från 0 till 100
rubric-complaint-weights-all-zero = Ge minst en dimension en vikt över 0
