# Kandidater: söka, lägga till, ändra, importera; vad deras sida visar.
candidate-title = Kandidater
candidate-lead = Alla som söker ett jobb som du kan se, de senaste först.
candidate-caption = Kandidater, de senaste först
candidate-find = Namn eller e-post
candidate-find-button = Sök
candidate-find-all = Visa alla
candidate-not-found = Ingen med det namnet
candidate-not-found-text = Prova en del av namnet eller e-postadressen.
candidate-none = Inga kandidater än
candidate-none-text = Kandidater läggs till i ett jobb för hand eller från en CSV-fil. Då visas de här.
candidate-to-jobs = Gå till jobben
candidate-pages = Sidor
candidate-first-page = Första sidan
candidate-next-page = Nästa sida
candidate-name = Namn
candidate-name-hint = Så som kandidaten använder det.
candidate-pronunciation = Så uttalas namnet
candidate-pronunciation-hint = Så som kandidaten själv skulle skriva det, till exempel ”AH-ma-ra”. Panelen läser det före mötet.
candidate-email = E-post
candidate-phone = Telefon
candidate-jobs = Jobb
candidate-note = Anteckning till panelen
candidate-note-hint = Det som alla som ser kandidaten får läsa. Det som avtalats för att kandidaten ska kunna delta hör hemma under anpassning, som bara panelen läser.
candidate-no-note = Ingen
candidate-none-given = Saknas
candidate-added = Tillagd
candidate-facts = Kontakt och anteckning
candidate-new = Lägg till en kandidat
candidate-add = Lägg till kandidaten
candidate-from-file = Importera från fil
candidate-edit = Ändra uppgifter
candidate-known = { $name } har den här e-postadressen och finns redan i organisationen. Inget har lagts till.
candidate-known-link = Lägg till { $name } i det här jobbet
candidate-known-look = Titta på kandidaten
candidate-already-in-job = En kandidat med den här e-postadressen finns redan i jobbet
candidate-email-taken = En annan kandidat har den här e-postadressen
candidate-job-closed = Jobbet är stängt. Öppna det igen för att lägga till kandidater.
candidate-done-added = Kandidaten är tillagd.
candidate-done-linked = Kandidaten är tillagd i ytterligare ett jobb.
candidate-done-changed = Ändringarna är sparade.

candidate-in-one-job = Söker { $job }.
candidate-in-jobs = { $count ->
    [0] Söker inget jobb just nu.
    [one] Söker ett jobb.
   *[other] Söker { $count } jobb.
}
candidate-next = Härnäst: { $round } { $day } kl. { $time }.
candidate-no-interviews = Ingen intervju är bokad än.
candidate-hidden = De andras bedömningskort öppnas när du har lämnat in ditt.
candidate-outcome = { $outcome ->
    [hired] Anställd
    [rejected] Avslag
    [on_hold] Vilande
   *[withdrawn] Återtagen ansökan
}
candidate-decided = av { $name } den { $date }
candidate-scorecards = { $count ->
    [one] Ett bedömningskort
   *[other] { $count } bedömningskort
}
candidate-scorecards-region = Betyg per dimension och intervjuare
candidate-dimension = Dimension
candidate-recommends = Rekommenderar
candidate-recommendation = { $recommendation ->
    [strong_no] Klart nej
    [no] Nej
    [yes] Ja
   *[strong_yes] Klart ja
}
candidate-submitted = Inlämnat
candidate-scorecard-of = bedömningskort från { $name }
candidate-not-covered = Ingår inte i omgången
candidate-not-enough = För lite underlag
candidate-next-note = { $name } till nästa intervjuare
candidate-evidence = Underlaget, sida vid sida
candidate-evidence-of = Underlag för { $dimension }
candidate-no-evidence = Inget underlag har skrivits ner.
candidate-amended = Ändrat från { $from } till { $to } den { $date }:

candidate-import = Importera kandidater
candidate-import-lead = Du ser varje rad innan något sparas.
candidate-import-file = CSV-fil
candidate-import-hint = UTF-8, med komma, semikolon eller tabb emellan. Högst { $rows } rader och { $kilobytes } kB.
candidate-import-look = Titta på raderna
candidate-import-columns = Vad filen behöver
candidate-import-columns-text = Första raden namnger kolumnerna. Namn behövs (eller förnamn och efternamn); e-post, telefon och anteckning läses när de finns. Engelska rubriker fungerar också. Övriga kolumner läses inte.
candidate-import-sample-link = Ladda ner ett exempel
candidate-import-sample =
    namn;e-post;telefon;anteckning
    Amara Okafor;amara.okafor@example.com;+46 70 000 00 01;Vill gärna bli uppringd före en videointervju
    "Lindqvist; Erik";erik.lindqvist@example.com;;
candidate-import-preview = Titta innan du importerar
candidate-import-would = { $count ->
    [0] Ingen ny kandidat
    [one] En ny kandidat
   *[other] { $count } nya kandidater
} skulle läggas till i jobbet.
candidate-import-would-link = { $count ->
    [one] Det skulle också en som ni redan känner.
   *[other] Det skulle också { $count } som ni redan känner.
}
candidate-import-would-skip = { $count ->
    [one] En finns redan där.
   *[other] { $count } finns redan där.
}
candidate-import-would-fail = { $count ->
    [one] En rad går inte att läsa.
   *[other] { $count } rader går inte att läsa.
}
candidate-import-ignored = { $count ->
    [one] En kolumn läses inte:
   *[other] { $count } kolumner läses inte:
} { $names }.
candidate-import-bad-rows = { $count ->
    [one] En rad går inte att importera
   *[other] { $count } rader går inte att importera
}
candidate-import-bad-rows-hint = Rätta dem i filen och välj den igen, eller hoppa över dem. Nedan står vad som är fel på varje rad.
candidate-import-leave-out = { $count ->
    [one] Hoppa över den felaktiga raden
   *[other] Hoppa över de { $count } felaktiga raderna
}
candidate-import-bad-rows-stay = Inget har importerats: hoppa över de felaktiga raderna eller rätta dem i filen
candidate-import-nothing = Det finns ingen i filen att lägga till i jobbet.
candidate-import-confirm = { $count ->
    [one] Importera en kandidat
   *[other] Importera { $count } kandidater
}
candidate-import-other = Välj en annan fil
candidate-import-rows = { $count ->
    [one] En rad
   *[other] { $count } rader
}
candidate-import-line = Rad
candidate-import-what = Vad som händer
candidate-import-new = Ny
candidate-import-linked = Finns redan, läggs till i jobbet
candidate-import-linked-to = Är
candidate-import-in-job = Finns redan i jobbet, hoppas över
candidate-import-bad = Går inte att importera
candidate-imported = Filen är importerad
candidate-imported-did = { $count ->
    [0] Ingen ny kandidat
    [one] En ny kandidat
   *[other] { $count } nya kandidater
} lades till i jobbet.
candidate-imported-did-link = { $count ->
    [one] Det gjorde också en som ni redan kände.
   *[other] Det gjorde också { $count } som ni redan kände.
}
candidate-imported-skipped = { $count ->
    [one] En fanns redan där.
   *[other] { $count } fanns redan där.
}
candidate-imported-left-out = { $count ->
    [one] En rad hoppades över.
   *[other] { $count } rader hoppades över.
}
candidate-imported-to-job = Gå till jobbet

candidate-file-missing = Välj en fil
candidate-file-not-read = Filen gick inte att läsa. Den kan vara alldeles för stor; välj en CSV-fil.
candidate-file-empty = Filen har inga rader med kandidater
candidate-file-too-large = Filen är större än { $kilobytes } kB. Dela den i två.
candidate-file-too-many-rows = Filen har { $rows } rader; { $most } går att importera på en gång. Dela den i två.
candidate-file-encoding = Filens teckenkodning går inte att avgöra säkert. Spara den som ”CSV UTF-8” i kalkylprogrammet och välj den igen.
candidate-file-not-text = Det här är ingen textfil. Spara den som ”CSV UTF-8” i kalkylprogrammet och välj den filen.
candidate-file-no-name-column = Ingen kolumn heter namn. Första raden måste namnge kolumnerna.
candidate-file-repeated-column = Två kolumner betyder samma sak: { $column ->
    [name] namn
    [first_name] förnamn
    [last_name] efternamn
    [email] e-post
    [phone] telefon
   *[note] anteckning
}. Behåll en av dem.
candidate-file-open-quote = Ett citattecken på rad { $line } avslutas aldrig, så raderna efter det går inte att skilja åt
candidate-row-name-missing = Namnet saknas
candidate-row-email = Det här är ingen e-postadress
candidate-row-several-lines = { $column ->
    [name] Namnet
    [email] E-posten
   *[phone] Telefonnumret
} går över flera rader; ett citattecken kan saknas
candidate-row-control-characters = { $column ->
    [name] Namnet
    [email] E-posten
    [phone] Telefonnumret
   *[note] Anteckningen
} har osynliga styrtecken
candidate-row-too-long = { $column ->
    [name] Namnet
    [email] E-posten
    [phone] Telefonnumret
   *[note] Anteckningen
} är längre än { $most } tecken
candidate-row-too-many-cells = { $found } celler under { $expected } rubriker; sätt text med skiljetecken inom citattecken
candidate-row-same-address = Samma e-post som på rad { $line }
candidate-row-same-name = Samma namn som på rad { $line }, och ingen e-post som skiljer dem åt
