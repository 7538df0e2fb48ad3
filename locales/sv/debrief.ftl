# Avstämningar: en panel diskuterar en kandidat, och vad det ändrade.
debrief-title = Avstämning: { $name }
debrief-list = Avstämningar
debrief-open = Öppna avstämningen
debrief-another = Stäm av det som har kommit in sedan dess
debrief-look = Se avstämningen
debrief-new-lead = { $count ->
    [one] Ett bedömningskort är inne.
   *[other] Alla { $count } bedömningskort är inne. Nu kan panelen se varandras betyg och diskutera dem.
}
debrief-new-first-stay = De första betygen står kvar som de är, och jämförelsen bygger fortfarande på dem.
debrief-new-cite = Varje intervjuare får lägga till ett andra betyg och hänvisar då till det underlag som vägde över.
debrief-new-minority = Den som avviker och står fast säger varför. Det blir minoritetens ord i avstämningen.
debrief-new-letter = Varje intervjuare i panelen får ett brev med en länk.
debrief-still-missing = Saknas fortfarande
debrief-scorecards-missing = { $count ->
    [one] Ett bedömningskort saknas fortfarande. Avstämningen kan börja när varje intervjuare har bedömt på egen hand.
   *[other] { $count } bedömningskort saknas fortfarande. Avstämningen kan börja när varje intervjuare har bedömt på egen hand.
}
debrief-too-few = En avstämning kräver två intervjuare som har lämnat in bedömningskort för kandidaten.
debrief-already-open = En avstämning av kandidaten är redan öppen.
debrief-nothing-new = De här bedömningskorten är redan avstämda. En ny avstämning kan börja när nya har kommit in.
debrief-job-closed = Tjänsten är stängd, så betygen står kvar som de är.
debrief-is-closed = Avstämningen är avslutad och förseglad.

debrief-answered = { $answered } av { $raters } intervjuare har sagt var de står nu.
debrief-moved = { $count ->
    [0] Ingen ändrade något betyg.
    [one] Ett betyg ändrades.
   *[other] { $count } betyg ändrades.
}
debrief-mean-went = Det viktade medelvärdet gick från { $from } till { $to }.
debrief-mean-stayed = Det viktade medelvärdet låg kvar på { $mean }.
debrief-apart = { $count ->
    [0] Ingen som avvek stod fast.
    [one] { $names } avvek och stod fast.
   *[other] { $names } avvek och stod fast.
}
debrief-raters-moved = { $count ->
    [0] Ingen av { $raters } intervjuare ändrade sig.
    [one] En av { $raters } intervjuare ändrade sig.
   *[other] { $count } av { $raters } intervjuare ändrade sig.
}
debrief-mean-and-spread = Medelvärde { $from } → { $to }, spridning { $before } → { $after }.
debrief-others = { $count ->
    [one] Den andra intervjuaren gav { $mean }.
   *[other] De { $count } andra låg i snitt på { $mean }.
}

debrief-own = Var står du nu?
debrief-own-said = Du har svarat på { $said } av { $all } dimensioner.
debrief-own-owed = Du avviker, så säg varför du står fast, eller vad som får dig att ändra dig:
debrief-own-go = Gå igenom dem
debrief-stay-all = Jag står fast vid alla mina betyg
debrief-stay-rest = Jag står fast vid resten
debrief-reasons-owed = { $count ->
    [one] I en dimension ligger du två steg eller mer från de andra. Säg där varför du står fast, eller vad som får dig att ändra dig.
   *[other] I { $count } dimensioner ligger du två steg eller mer från de andra. Säg där varför du står fast, eller vad som får dig att ändra dig.
}
debrief-discussed = Vad som diskuterades
debrief-by-dimension = Första och andra betyg
debrief-mean-before = Medel före
debrief-mean-after = Medel efter
debrief-stood-apart = avvek
debrief-stays = står fast
debrief-then = , sedan
debrief-legend = Det första betyget står först, så som det förseglades. En ram visar vem som låg två steg eller mer från de andras medelvärde. Ett streck betyder otillräckligt underlag; det räknas aldrig som lågt.
debrief-waiting = Har inte svarat än: { $names }
debrief-before-and-after = Före och efter
debrief-overall = Viktat medelvärde
debrief-figure-caption = Tjock linje: ändrade sig. Tunn linje: stod fast. Fyrkantiga ändar: avvek och stod fast. Bruten linje: medelvärdet.
debrief-first-analysed = Jämförelsen bygger på de första betygen: bara de gavs oberoende av varandra. De andra betygen står bredvid, och av dem räknas bara medelvärde och spridning ut.
debrief-figure-before = Före
debrief-figure-after = Efter
debrief-figure-mean = Medel
debrief-figure-spread = Spridning
debrief-figure-line = { $name }: från { $from } till { $to }
debrief-rater = Intervjuare
debrief-opened-by = Öppnad av { $name }

debrief-minority = Minoritetens ord
debrief-minority-none = Ingen som låg två steg eller mer från de andra stod fast.
debrief-who-moved = Vem som ändrade sig
debrief-moved-none = Ingen hittills.
debrief-no-reason = Gav inget skäl.
debrief-cites = Hänvisar till
debrief-cites-note = { $name } antecknade: ”{ $text }”
debrief-cites-tick = { $name } kryssade för: { $text }
debrief-own-note = Egen anteckning: ”{ $text }”
debrief-says-moved = efter diskussionen
debrief-says-stays = står fast

debrief-evidence = Panelens första betyg och underlag
debrief-word = Ditt andra betyg
debrief-other-card = Ditt betyg i { $round }
debrief-you-stand-apart = Du avviker här. Om du står fast, säg varför; det står kvar med dina ord som minoritetens ord.
debrief-rating = Var står du nu?
debrief-i-stay = Jag står fast
debrief-reason = Skäl
debrief-reason-hint = Vad som fick dig att ändra dig, eller varför du står fast. Behövs när du ändrar dig och när du avviker.
debrief-cite = Underlag som vägde över
debrief-cite-hint = Kryssa för minst ett, eller skriv ett eget nedan. Behövs inte när du står fast.
debrief-note = Eget underlag
debrief-note-hint = Något som sades eller gjordes och som inte står på något bedömningskort.
debrief-keep = Spara
debrief-back = Tillbaka till avstämningen
debrief-standing = Under tiden sparades detta, i en annan flik eller på en annan enhet. Spara ditt om det ska gälla i stället.
debrief-late = Det du skrev sparades inte. Kopiera det om du behöver det:
debrief-reason-missing = Säg vad som fick dig att ändra dig
debrief-reason-to-stay-missing = Du ligger två steg eller mer från de andra; säg varför du står fast
debrief-evidence-missing = Kryssa för det underlag som vägde över, eller skriv ett eget
debrief-evidence-unknown = Hänvisa bara till det som panelen skrev i den här dimensionen
debrief-rating-changed = Ditt andra betyg har ändrats på annat håll sedan sidan visades. Inget är förlorat: båda står nedan.

debrief-close = Avsluta avstämningen
debrief-close-title = Avsluta avstämningen: { $name }
debrief-close-waiting = Har inte svarat än: { $names }. Den som inget säger står fast vid sina första betyg.
debrief-close-silent = De här avvek och har inte sagt varför de står fast:
debrief-close-seals = När avstämningen avslutas förseglas den: andra betyg, skäl och sammanfattning kan inte längre ändras. Ett beslut kan fattas med eller utan den.
debrief-summary = Sammanfattning av diskussionen
debrief-summary-hint = Några meningar: vad ni talade om och vad det hängde på. Kandidaten kan begära att få läsa den.
debrief-summary-missing = Sammanfatta vad som diskuterades
debrief-changed-meanwhile = Någon har sagt något sedan du öppnade sidan. Läs det som står nedan och avsluta sedan.
debrief-done-opened = Avstämningen är öppen. Panelen har fått veta det.
debrief-done-rated = Sparat. Det första betyget står kvar bredvid.
debrief-done-stayed = Sparat: du står fast.
debrief-done-closed = Avstämningen är avslutad och förseglad.

debrief-open-since = öppen sedan { $date }
debrief-closed-on = avslutad { $date }
debrief-comparison-title = Viktat medelvärde före och efter avstämningen
debrief-comparison-sentence = { $debriefs ->
    [0] Ingen avstämning är avslutad än.
    [one] En kandidat är avstämd; { $count ->
        [0] inget betyg ändrades
        [one] ett betyg ändrades
       *[other] { $count } betyg ändrades
    }.
   *[other] { $debriefs } kandidater är avstämda; { $count ->
        [0] inget betyg ändrades
        [one] ett betyg ändrades
       *[other] { $count } betyg ändrades
    }.
}
debrief-letter = Panelen har stämt av { $name }: { $count ->
    [0] inget betyg ändrades.
    [one] ett betyg ändrades.
   *[other] { $count } betyg ändrades.
}
debrief-letter-minority = { $name } avvek i { $dimensions } och stod fast.
debrief-around = Föregående och nästa dimension
