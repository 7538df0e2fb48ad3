# Sidan före intervjun, och det som avtalats för att kandidaten ska kunna delta.
preparation-link = Förbered
preparation-title = Förbered: { $candidate }
preparation-lead = { $day }, { $start }–{ $end }. { $job }, { $round }.
preparation-person = Den du ska träffa
preparation-course = Så är tiden tänkt
preparation-course-hint = Alla kandidater i omgången får samma frågor. Ställ dem med de här orden.
preparation-welcome = Välkomnande
preparation-welcome-text = Berätta vem du är, hur det går till och att du skriver medan du lyssnar.
preparation-end = Kandidatens frågor
preparation-end-text = Svara på dem, och säg vad som händer härnäst och när.
preparation-outline = Vad alla kandidater får höra om jobbet
preparation-do = Det som hjälper
preparation-never = Det du inte får fråga om
preparation-never-hint = { $country ->
    [SE] Reglerna i Sverige, så som vi förstod dem { $reviewed }; lagen själv gäller. Den som frågar en kandidat men inte en annan har dessutom frågat olika.
    [NO] Reglerna i Norge, så som vi förstod dem { $reviewed }; lagen själv gäller. Den som frågar en kandidat men inte en annan har dessutom frågat olika.
    [GB] Reglerna i Storbritannien, så som vi förstod dem { $reviewed }; lagen själv gäller. Den som frågar en kandidat men inte en annan har dessutom frågat olika.
    [US] USA:s federala regler, så som vi förstod dem { $reviewed }; lagen själv gäller; din delstat kan ha fler. Den som frågar en kandidat men inte en annan har dessutom frågat olika.
   *[other] Det som EU:s regler har gemensamt, så som vi förstod det { $reviewed }; lagen själv gäller; ditt land kan ha fler. Den som frågar en kandidat men inte en annan har dessutom frågat olika.
}
preparation-rule = { $rule ->
    [forbidden] Frågan är förbjuden
    [places] Förbjuden på vissa håll
   *[evidence] Svaret får inte vägas in
}
preparation-not = Inte:
preparation-but = Hellre:
preparation-never-volunteered = Om kandidaten själv tar upp det, fråga inte vidare och skriv inte ner det, utom när det gäller vad som behövs för att delta.
preparation-offline = Sidan öppnas också utan nät när du väl har öppnat intervjuguiden på den här enheten.
accommodation-title = Anpassning
accommodation-label = Bara panelen och de som sköter jobbet läser detta. Det får inte vägas in.
accommodation-none = Inget avtalat
accommodation-change = Ändra
accommodation-lead = Vad som avtalats för att kandidaten ska kunna delta på lika villkor.
accommodation-text = Vad panelen gör
accommodation-hint = Skriv vad som ska göras, inte varför: ”Skickar frågorna dagen före”, inte en diagnos. Panelen och de som sköter jobb läser det; den anställande chefen gör det inte, om hon eller han inte sitter i panelen.
accommodation-kept = Vad någon annan har sparat under tiden:
accommodation-changed-meanwhile = Någon annan har ändrat detta under tiden. Titta på båda och spara det som ska gälla.
