# Det som står i varje brev.
mail-from = { $name } via Attune
mail-hello = Hej { $name },
mail-hello-nobody = Hej,
mail-reply-to = Ditt svar går till { $name }.
mail-reply-to-nobody = Svar till den här adressen läses inte.
mail-sent-for = Skickat för { $organisation } av Attune, som leder strukturerade intervjuer.
mail-link-expires = Länken fungerar en gång, fram till { $when }.
mail-link-by-hand = Om knappen inte fungerar, öppna den här adressen:

# En inbjudan.
mail-invitation-subject = { $person } bjuder in dig till { $organisation } på Attune
mail-invitation-headline = Välkommen till { $organisation } på Attune
mail-invitation-text = { $person } har bjudit in dig till { $organisation } på Attune, där intervjuer förbereds, bedöms och jämförs. Välj ett lösenord så är du igång.
mail-invitation-button = Tacka ja till inbjudan
mail-invitation-unknown = Om du inte väntade dig det här brevet kan du bortse från det; då händer ingenting.

# Ett glömt lösenord.
mail-password-reset-subject = Välj ett nytt lösenord till Attune
mail-password-reset-headline = Välj ett nytt lösenord
mail-password-reset-text = Någon, förhoppningsvis du, har bett om ett nytt lösenord till ditt konto på Attune.
mail-password-reset-button = Välj ett nytt lösenord
mail-password-reset-unknown = Om det inte var du kan du bortse från brevet; lösenordet är oförändrat.

# En ändring av det egna sättet att komma in.
mail-account-notice-password-changed = Ditt lösenord till Attune har ändrats
mail-account-notice-password-changed-text = Lösenordet till ditt konto på Attune ändrades { $when }.
mail-account-notice-authenticator-added = En autentiseringsapp har lagts till för ditt konto på Attune
mail-account-notice-authenticator-added-text = Sedan { $when } krävs också en kod från din autentiseringsapp när du loggar in på Attune med lösenord.
mail-account-notice-authenticator-removed = Autentiseringsappen har tagits bort från ditt konto på Attune
mail-account-notice-authenticator-removed-text = Sedan { $when } räcker ditt lösenord för att logga in på Attune; ingen kod krävs.
mail-account-notice-recovery-codes-made = Nya återställningskoder har skapats för ditt konto på Attune
mail-account-notice-recovery-codes-made-text = Nya återställningskoder skapades { $when }. De tidigare fungerar inte längre.
mail-account-notice-recovery-code-used = En återställningskod har använts för att logga in på Attune
mail-account-notice-recovery-code-used-text = Någon loggade in på ditt konto på Attune { $when } med ditt lösenord och en av dina återställningskoder.
mail-account-notice-passkey-added = En passnyckel har lagts till för ditt konto på Attune
mail-account-notice-passkey-added-text = Sedan { $when } kan ytterligare en passnyckel logga in på ditt konto på Attune.
mail-account-notice-passkey-removed = En passnyckel har tagits bort från ditt konto på Attune
mail-account-notice-passkey-removed-text = En passnyckel togs bort { $when } och loggar inte längre in på ditt konto på Attune.
mail-account-notice-factors-removed = Dina sätt att logga in på Attune har tagits bort
mail-account-notice-factors-removed-text = { $when } togs din autentiseringsapp, dina återställningskoder och dina passnycklar bort åt dig, och du loggades ut överallt. Lösenordet släpper in dig; lägg sedan till en ny app eller passnyckel.
mail-account-notice-api-token-made = En API-nyckel har skapats för ditt konto på Attune
mail-account-notice-api-token-made-text = Sedan { $when } kan ett annat system handla som du på Attune, med en nyckel som skapades på ditt konto.
mail-account-notice-new-device = Du har loggat in på Attune på en ny enhet
mail-account-notice-new-device-text = Någon loggade in på ditt konto på Attune { $when }, för första gången med den här webbläsaren: { $device }, från nätverksadressen { $address }.
mail-account-notice-unknown = Om det var du behöver du inte göra något. Om det inte var du, välj ett nytt lösenord nu och säg till er administratör.
mail-account-notice-button = Välj ett nytt lösenord

# Intervjuer.
mail-interview-scheduled-subject = Intervju med { $candidate }, { $day } kl. { $time }
mail-interview-scheduled-headline = Du ska intervjua { $candidate }
mail-interview-scheduled-text = Du sitter i panelen som träffar { $candidate } för { $job }. Intervjuguiden leder dig genom frågorna och har plats för det du hör.
mail-interview-changed-subject = Ändrad: intervju med { $candidate }, { $day } kl. { $time }
mail-interview-changed-headline = Din intervju med { $candidate } har ändrats
mail-interview-changed-text = Så här ser intervjun med { $candidate } för { $job } ut nu.
mail-interview-cancelled-subject = Inställd: intervju med { $candidate }, { $day } kl. { $time }
mail-interview-cancelled-headline = Din intervju med { $candidate } är inställd
mail-interview-cancelled-text = Intervjun med { $candidate } { $day } kl. { $time } blir inte av. Du behöver inte göra något.
mail-interview-cancelled-calendar = Den bifogade kalenderfilen tar bort den ur din kalender.
mail-interview-calendar = Den bifogade kalenderfilen håller din kalender uppdaterad.
mail-interview-when = När
mail-interview-before = Tidigare
mail-interview-candidate = Kandidat
mail-interview-job = Jobb
mail-interview-round = Omgång
mail-interview-place = Plats
mail-interview-panel = Panel
mail-interview-medium =
    { $medium ->
        [in_person] på plats
        [video] via video
        [phone] per telefon
        [text] skriftligt
       *[other] { $medium }
    }
mail-interview-preparation = Förbered dig: frågor, tidsplan och vad du inte får fråga om
mail-interview-button = Öppna intervjuguiden
mail-calendar-title = Intervju: { $candidate } – { $job }
mail-calendar-description = { $round } för { $job }, med { $candidate }. Panel: { $panel }. Intervjuguide: { $kit }

# Det som väntar på en medlem, en gång om dagen.
mail-reminder-subject = För dig i dag: { $what }
mail-reminder-interviews = { $count ->
    [one] en intervju
   *[other] { $count } intervjuer
}
mail-reminder-scorecards = { $count ->
    [one] ett bedömningskort att slutföra
   *[other] { $count } bedömningskort att slutföra
}
mail-reminder-others = { $count ->
    [one] ett försenat bedömningskort i dina jobb
   *[other] { $count } försenade bedömningskort i dina jobb
}
mail-reminder-today = Dina intervjuer i dag
mail-reminder-due = Bedömningskort att slutföra
mail-reminder-due-why = De är lättast att skriva medan du minns samtalet.
mail-reminder-blind = De andras bedömningskort öppnas när du har lämnat in ditt.
mail-reminder-late = { $days ->
    [0] ska in nu
    [one] en dag sent
   *[other] { $days } dagar sent
}
mail-reminder-interviewed = intervjuad { $day }
mail-reminder-late-others = Försenat i dina jobb
mail-reminder-button = Öppna I dag
mail-reminder-off = Ändra eller stäng av påminnelserna
mail-reminder-asked = { $name } ber dig om det som återstår att skriva.
mail-reminder-seat-button = Öppna din intervju med { $candidate }
mail-reminder-seat-way = Länken är bara din, så skicka den inte vidare. När du öppnar den skickar vi en kod till den här adressen.
mail-reminder-seat-others = Dina andra intervjuer öppnas med länkarna i sina egna brev.
mail-reminder-seat-off = På sidan bakom länken kan du stänga av påminnelserna.

# En avstämning som har öppnats.
mail-debrief-opened-subject = Avstämning av { $candidate } – { $job }
mail-debrief-opened-headline = Avstämningen av { $candidate } är öppen
mail-debrief-opened-text = { $name } har öppnat avstämningen av { $candidate }: alla bedömningskort är inne, och du kan se panelens första betyg och underlag.
mail-debrief-opened-how = Säg var du står nu. Dina första betyg står kvar; den som ändrar sig hänvisar till det som vägde över, och den som avviker säger varför.
mail-debrief-opened-button = Gå till avstämningen

# En jämförelse som någon skickar.
mail-summary-scorecards = { $in } av { $expected } bedömningskort inne
mail-summary-writes = { $name } skriver:
mail-summary-numbers = Samma sak i siffror
mail-summary-dimension = Skala 1–5
mail-summary-overall = Rättvist betyg
mail-summary-interval = Intervall ({ $level })
mail-summary-plain = Enkelt medelvärde
mail-summary-best = Sannolikhet att vara bäst
mail-summary-raters = Intervjuare
mail-summary-line = Rättvist betyg { $mean } (intervall på { $level }: { $low }–{ $high }) från { $raters ->
        [one] { $raters } intervjuare
       *[other] { $raters } intervjuare
    }
mail-summary-line-plain = Enkelt medelvärde { $mean } från { $raters ->
        [one] { $raters } intervjuare
       *[other] { $raters } intervjuare
    }; för få för att säga hur säkert
mail-summary-line-none = Inga betyg än
mail-summary-legend = Ett streck betyder att dimensionen inte täcktes eller att underlaget inte räcker; det räknas aldrig som lågt. Där intervallen överlappar skiljer decimalerna inte kandidaterna åt.
mail-summary-agreement = Panelens samstämmighet
mail-summary-button = Öppna jämförelsen
mail-summary-confidential = Brevet innehåller bedömningar av personer. Skicka det inte vidare; jämförelsen visar det för alla som får se det.

# Varför ett brev inte skickades.
mail-reason-answer = { $kind ->
        [later] Mejlservern ber oss försöka igen senare ({ $answer }).
        [address] Mejlservern känner inte till adressen ({ $answer }).
        [mailbox] Mottagarens brevlåda tar inte emot fler brev ({ $answer }).
       *[refused] Mejlservern avvisar brevet ({ $answer }).
    }
mail-reason-sign-in = Mejlservern godtog inte vårt användarnamn och lösenord.
mail-reason-deadline = Mejlservern svarade inte i tid.
mail-reason-unreachable = Mejlservern gick inte att nå.
mail-reason-dropped = Mejlservern avslutade förbindelsen.
mail-reason-tls = Mejlserverns certifikat är inte betrott, eller så erbjuder den ingen kryptering.
mail-reason-protocol = Mejlservern erbjuder inte det som mejlinställningarna kräver.
mail-reason-invalid = Brevet går inte att bygga: { $part ->
        [message_id] dess id
        [from] avsändaren
        [to] mottagaren
        [reply_to] svarsadressen
        [subject] ärendet
       *[part] en bilaga
    } kan inte vara del av ett mejl.
mail-reason-secret-missing = Brevets länk gick inte att skapa.
mail-reason-folder = Det går inte att skriva i mappen för brev.
mail-seat-link-subject = Din länk: intervju med { $candidate }, { $day } kl. { $time }
mail-seat-link-text = Här är en länk till intervjuguiden för din intervju med { $candidate }.
mail-seat-way = Du behöver inget konto. Länken är bara din, så skicka den inte vidare. När du öppnar den skickar vi en kod till den här adressen. Den fungerar till och med { $days ->
    [one] en dag
   *[other] { $days } dagar
} efter intervjun.
mail-seat-code-subject = Din kod till intervjun för { $organisation }
mail-seat-code-headline = Din kod
mail-seat-code-text = Skriv koden där du öppnade länken till din intervju för { $organisation }.
mail-seat-code-until = Den gäller i { $minutes } minuter. Om du inte har bett om den har någon annan din länk: säg till den som planerade intervjun.
mail-paper-entered-subject = Bekräfta: ditt bedömningskort för { $candidate }
mail-paper-entered-headline = Stämmer ditt bedömningskort för { $candidate }?
mail-paper-entered-text = { $person } har skrivit in bedömningskortet som du fyllde i på papper för { $candidate }, { $job }. Titta gärna om det säger det du skrev.
mail-paper-entered-button = Titta och bekräfta
mail-paper-entered-until = Tills du har svarat är det märkt som obekräftat.
