# Intervjuns gång i intervjustödet, och vad det säger när något hindrar att det sparas.
kit-briefing = Beskrivning av jobbet
kit-briefing-hint = läs upp den och bocka sedan av vilka av de { $total } uppgifterna som kommer tillbaka
kit-briefing-steps = Så gör du
kit-facts = Uppgifter som kom tillbaka
kit-facts-legend = Uppgifter som återgavs rätt
kit-facts-returned = { $returned } av { $total }: { $facts }
kit-asked = Ställd
kit-asked-legend = Vad som frågades
kit-pace = Tid här:
kit-pace-of = av ungefär { $minutes } min
kit-minutes-field = Minuter på den här dimensionen
kit-minutes-wrong = Ange minuterna som ett heltal, till exempel 7.
kit-insert-time = Tid
kit-insert-quote = Citat
kit-label-asked = { $dimension }: frågat
kit-label-seconds = { $dimension }: tid
kit-later = Återkom hit
kit-course-asked = { $questions ->
    [0] { $probes ->
        [one] En följdfråga ställd
       *[other] { $probes } följdfrågor ställda
    }
    [one] En fråga{ $probes ->
        [0] {" "}ställd
        [one] {" "}och en följdfråga ställda
       *[other] {" "}och { $probes } följdfrågor ställda
    }
   *[other] { $questions } frågor{ $probes ->
        [0] {" "}ställda
        [one] {" "}och en följdfråga ställda
       *[other] {" "}och { $probes } följdfrågor ställda
    }
}.
kit-course-time = Tid: { $time }.
kit-key-skip = Hoppa över, återkom senare
kit-key-asked = Markera vad som frågades: frågan, sedan följdfråga för följdfråga
kit-key-briefing = Beskrivning av jobbet
kit-key-time = Sätt in intervjuns tid i anteckningen
kit-key-quote = Sätt in citattecken i anteckningen, eller kring det markerade
kit-key-big = Stor text
kit-key-dark = Mörkt, ljust, som systemet
kit-manner = Visning
kit-manner-big = Stor text
kit-manner-left = Betygen vid vänster tumme, i telefonen
kit-manner-theme = Färger
kit-manner-system = Som systemet
kit-manner-light = Ljust
kit-manner-dark = Mörkt
kit-standing-offline = Ingen anslutning. Fortsätt som vanligt: det du skriver sparas krypterat på den här enheten och skickas av sig självt när anslutningen är tillbaka. Bara inlämningen måste vänta.
kit-standing-failed = Servern tar inte emot just nu. Det prövas igen av sig självt; håll sidan öppen.
kit-standing-unkept = Den här webbläsaren sparar inget på enheten. Håll sidan öppen tills det är sparat, eller kopiera din text.
kit-standing-signin = Du är inte längre inloggad. Din text finns kvar krypterad på den här enheten. Logga in igen, i den nya fliken, så sparas den av sig själv.
kit-standing-sealed = Bedömningskortet har lämnats in i en annan flik eller på en annan enhet, och ett inlämnat bedömningskort ändras inte. Det du har skrivit här sedan dess finns kvar på den här enheten.
kit-standing-closed = Intervjun tar inte emot fler betyg: den är inställd, jobbet har stängts, eller så sitter du inte längre i panelen. Det du har skrivit här sedan dess finns kvar på den här enheten. Den som driver jobbet kan öppna det igen.
kit-standing-see = Se vad som inte sparades
kit-late-title = Skrivet här, och inte sparat
kit-late-sealed = Det kom efter att bedömningskortet hade lämnats in. Kopiera det du behöver: ett betyg kan fortfarande ändras på bedömningskortet, med ett skäl.
kit-late-closed = Det kom efter att intervjun eller jobbet hade stängts. Det finns kvar på den här enheten; om jobbet öppnas igen, öppna intervjustödet här så sparas det. Du kan också kopiera det.
kit-late-copy = Kopiera
kit-late-copied = Kopierat
kit-late-forget = Ta bort från den här enheten
kit-halo-no-evidence = Alla { $count } betyg är { $score }, och { $dimensions ->
    [one] en dimension saknar
   *[other] { $dimensions } dimensioner saknar
} underlag. Färgar ett enda intryck alla betyg? Läs varje nivåbeskrivning en gång till, eller välj ”För lite underlag”.
kit-halo-only-against = Alla { $count } betyg är { $score }, men i { $dimensions ->
    [one] en dimension
   *[other] { $dimensions } dimensioner
} har du bara bockat för det som talar emot, och i andra bara det som talar för. Läs varje nivåbeskrivning en gång till.
kit-halo-private = Bara du ser det här, och det sparas ingenstans.
kit-review-offline = Det finns ingen anslutning, så betygen kan inte visas tillsammans och inte lämnas in. Allt du har skrivit finns kvar på den här enheten. Du kan fortsätta i varje dimension och rekommendera nedan.
kit-done-next = Vad som händer nu
kit-done-panel = När hela panelen har lämnat in jämför den rekryterande chefen kandidaterna för { $job } och kallar till en genomgång där ni skiljer er åt.
kit-done-amend = Om du ändrar dig kan du ändra ett betyg på ditt bedömningskort, med ett skäl. Båda finns kvar.
kit-waiting = Ord som inte har skickats väntar på den här enheten. Öppna intervjustödet, så sparas de.
kit-waiting-open = Öppna intervjustödet
