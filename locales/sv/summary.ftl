# Sammanställningen som brev.
summary-title = Mejla sammanställningen
summary-members = Till medlemmar
summary-members-hint = Högst { $most } personer sammanlagt får brevet. De ser inte varandra.
summary-member-blind = Har ett bedömningskort att lämna in först
summary-addresses = Fler adresser
summary-addresses-hint = En per rad.
summary-note = Några ord från dig
summary-note-hint = Står ovanför figuren, under ditt namn.
summary-language = Brevets språk
summary-preview = Förhandsgranska brevet
summary-nobody = Välj minst en person
summary-too-many = Högst { $most } personer kan få samma sammanställning
summary-no-address = ”{ $line }” är ingen e-postadress
summary-recipients-blind = { $count ->
    [one] { $names } har ett bedömningskort för jobbet att lämna in och får inte se jämförelsen än
   *[other] { $names } har bedömningskort för jobbet att lämna in och får inte se jämförelsen än
}
summary-preview-title = Förhandsgranskning
summary-preview-lead = { $count ->
    [one] En person får brevet precis som det ser ut här nedanför.
   *[other] { $count } personer får brevet precis som det ser ut här nedanför.
}
summary-subject = Ämne
summary-reply-to = Svar går till
summary-to = Till
summary-from = Från
summary-at = Skickat
summary-change = Ändra
summary-send = { $count ->
    [one] Skicka till en person
   *[other] Skicka till { $count } personer
}
summary-scorecard-first = Du sitter i en panel för det här jobbet och har inte lämnat in ditt bedömningskort. Lämna in det först, så ser du allt och kan skicka sammanställningen.
summary-already-sent = Den här sammanställningen är redan skickad.
summary-comparison-changed = Något i brevet har ändrats sedan du förhandsgranskade det, så inget skickades. Så här lyder det nu.
summary-sent-title = Sammanställningen är skickad
summary-sent-lead = { $count ->
    [one] Brevet till en person är på väg.
   *[other] Breven till { $count } personer är på väg.
}
summary-sent-list = Skickat tidigare
summary-sent-by = { $name } till { $to }
summary-back = Tillbaka till jämförelsen
