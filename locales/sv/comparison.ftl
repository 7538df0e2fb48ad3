# Vad bedömningarna för ett jobb säger tillsammans.
comparison-finding-nothing-yet = Inga bedömningar har kommit in än. Jämförelsen börjar med den första.
comparison-finding-one-candidate = Bara { $name } har fått betyg hittills, så det finns ingen att jämföra med.
comparison-finding-too-few = För få betyg för att avgöra: ingen kandidat har bedömts av två personer, så en skillnad mellan kandidater går inte att skilja från en skillnad mellan intervjuare. En andra intervjuare för var och en skulle hjälpa mest.
comparison-finding-apart =
    { $count ->
        [one] { $names } skiljer sig tydligt från de övriga.
       *[other] { $names } skiljer sig tydligt från de övriga.
    }
comparison-finding-lead =
    { $count ->
        [one] { $names } ligger främst, men inte tydligt.
       *[other] { $names } ligger främst, men alla går inte att skilja från dem som följer.
    }
comparison-finding-tied = På det här underlaget går de inte att skilja från varandra
comparison-finding-unsettled = Deras inbördes ordning går inte att avgöra på det här underlaget
comparison-finding-close = Det är för jämnt för att avgöra: på det här underlaget går { $names } inte att skilja från varandra
comparison-finding-close-unsettled = Det är för jämnt för att avgöra: på det här underlaget skiljer sig ingen tydligt från de övriga
comparison-finding-with-help = { $tie }; { $help }.
comparison-finding-without-help = { $tie }.
comparison-finding-unrated =
    { $count ->
        [one] { $names } har inte fått några betyg än.
       *[other] { $names } har inte fått några betyg än.
    }
comparison-help-interview = en intervju till om { $dimension } skulle hjälpa mest
comparison-help-gap = det skulle hjälpa mest att bedöma { $names } i { $dimension }
comparison-finding-lists =
    { $lists ->
        [2] De här har träffat olika personer och står i skilda listor: { $groups }. En skillnad mellan listorna kan bero på intervjuarna och inte på kandidaterna.
        [3] De här har träffat olika personer och står i skilda listor: { $groups }. En skillnad mellan listorna kan bero på intervjuarna och inte på kandidaterna.
       *[other] Kandidaterna har träffat { $lists } skilda paneler och står i skilda listor. En skillnad mellan listorna kan bero på intervjuarna och inte på kandidaterna.
    }
comparison-help-links =
    { $count ->
        [one] En bedömning till skulle föra dem samman: { $links }.
       *[other] { $count } bedömningar till skulle föra dem samman: { $links }.
    }
comparison-help-link = { $name } av { $rater }
comparison-list-alone = { $name } har träffat andra personer än alla andra, så det finns ingen att jämföra med.
comparison-list-one-rater = En enda intervjuare har bedömt de här, så det som skiljer dem åt går inte att skilja från vad just den personen ser.
comparison-finding-could-change = Det kan fortfarande ändras: svar med för lite underlag skulle avgöra.
comparison-finding-steps = Det beror på hur skalans steg läses.
comparison-pair-clear = { $first } ligger tydligt över { $second }: sannolikhet { $share }, och { $beyond } för mer än { $margin } steg.
comparison-pair-probable = { $first } ligger troligen över { $second }: sannolikhet { $share }, och { $beyond } för mer än { $margin } steg.
comparison-pair-leaning = Det lutar åt { $first } framför { $second }: sannolikhet { $share }, och { $beyond } för mer än { $margin } steg.
comparison-pair-open = { $first } och { $second } går inte att skilja åt på det här underlaget: { $share } för att { $first } ligger över, och { $beyond } för mer än { $margin } steg.
comparison-shortlist =
    { $count ->
        [one] Med en sannolikhet på { $share } eller mer är den bästa { $names }.
       *[other] Med en sannolikhet på { $share } eller mer är den bästa någon av { $names }.
    }
comparison-why-total = Rättvist betyg { $fair }: det enkla medelvärdet är { $plain }, justeringen { $change }.
comparison-why-stricter = { $change } eftersom intervjuarna var strängare än de andra.
comparison-why-milder = { $change } eftersom intervjuarna var mildare än de andra.
comparison-why-chance = { $change } eftersom få betyg rymmer slump: de dras mot de andras.
comparison-caution-evidence =
    { $more ->
        [0] Om varje ”för lite underlag” läses som en 2:a eller en 4:a blir omdömet ett annat om { $pairs }.
       *[other] Om varje ”för lite underlag” läses som en 2:a eller en 4:a blir omdömet ett annat om { $count } par, bland dem { $pairs }.
    }
comparison-caution-steps =
    { $more ->
        [0] Det beror på hur stegen läses: som en ordning i stället för lika långa avstånd blir omdömet ett annat om { $pairs }.
       *[other] Det beror på hur stegen läses: som en ordning i stället för lika långa avstånd blir omdömet ett annat om { $count } par, bland dem { $pairs }.
    }
comparison-caution-prior =
    { $more ->
        [0] Så få betyg lutar sig mot vad modellen antar på förhand; andra antaganden skulle flytta sannolikheten för { $pairs } mer än 5 procentenheter.
       *[other] Så få betyg lutar sig mot vad modellen antar på förhand; andra antaganden skulle flytta sannolikheten för { $count } par mer än 5 procentenheter, bland dem { $pairs }.
    }
comparison-caution-confounded = Några intervjuare har bara bedömt vissa dimensioner, så deras stränghet går inte att skilja från dimensionen.
comparison-caution-hangs =
    { $count ->
        [one] Jämförelsen hänger på { $names }: utan den personens betyg skulle några kandidater inte ha någon intervjuare gemensam med de övriga.
       *[other] Jämförelsen hänger på { $names }: utan någon av dem skulle några kandidater inte ha någon intervjuare gemensam med de övriga.
    }
comparison-caution-unrated = Ingen har bedömt { $names } i { $dimension }; det rättvisa betyget fyller i det från resten, med bredare intervall.
comparison-caution-unrated-by-all = Ingen har bedömts i { $dimension }; den skiljer inte kandidaterna åt.
comparison-caution-not-exact = Beräkningen slutade innan varje sannolikhet var exakt på en procentenhet när.
comparison-reliability =
    { $agreement ->
        [high] En annan panel i samma samtal skulle placera kandidaterna på ungefär samma sätt:
        [some] En annan panel i samma samtal skulle placera några av kandidaterna annorlunda:
       *[low] En annan panel i samma samtal kan mycket väl placera kandidaterna annorlunda:
    } reliabilitet { $value } (intervall på { $level }: { $lower }–{ $upper }) med { $raters } intervjuare var. Med en intervjuare till för alla blir den { $more }.
comparison-reliability-few-candidates = Hur väl en annan panel skulle hålla med går att säga från { $need } bedömda kandidater; nu är de { $have }.
comparison-reliability-few-raters = Hur väl en annan panel skulle hålla med går att säga när kandidaterna har bedömts av två personer.
comparison-reliability-disconnected = Hur väl en annan panel skulle hålla med går inte att säga så länge kandidaterna har träffat olika personer.
comparison-reliability-none = Hur väl en annan panel skulle hålla med går inte att säga än.
comparison-precision = Modell { $model }, frö { $seed }, { $draws } dragningar; varje sannolikhet är exakt på { $error } när.
comparison-precision-not-reached = Modell { $model }, frö { $seed }, { $draws } dragningar; felgränsen nåddes inte, det största felet i en sannolikhet är { $error }.
comparison-order-first = { $leader } behåller försprånget till { $second } under { $order } av rimliga vägningar.
comparison-order-tied = Ordningen mellan { $leader } och { $second } håller under { $order } av rimliga vägningar; toppgruppen förblir överst under { $top }.
comparison-left-out-none = Vilken dimension som än utelämnas är { $leader } kvar som etta.
comparison-left-out = Utan { $dimension } skulle { $leader } vara etta.
comparison-left-out-each = Utelämnas en enda av { $dimensions } blir { $leader } etta.
comparison-flip-far = Det skulle krävas att { $points } procentenheter vikt flyttas för att { $challenger } ska komma jämsides med { $leader }.
comparison-flip = Om { $points } procentenheter vikt flyttas från { $from } till { $to } kommer { $challenger } jämsides med { $leader }.
comparison-flip-none = Ingen vägning för någon jämsides med { $leader }.
comparison-medium =
    { $medium ->
        [in_person] på plats
        [video] på video
        [phone] på telefon
       *[text] i skrift
    }
comparison-difference-group = { $names } ({ $what })
comparison-difference-round =
    { $count ->
        [one] { $names } har inte haft { $round }, som andra har haft.
       *[other] { $names } har inte haft { $round }, som andra har haft.
    }
comparison-difference-media = De har hörts på olika sätt: { $groups }.
comparison-difference-questions = Om { $dimension } har de inte fått samma frågor: { $groups }.
comparison-difference-panels = De har träffat olika paneler: { $groups }.
comparison-difference-panels-many = De har träffat { $count } olika paneler.
comparison-some-of = { $count } av { $all } kandidater
comparison-these = de här { $count } kandidaterna
comparison-list = { $first } och { $last }
comparison-count-word =
    { $count ->
        [0] ingen
        [1] en
        [2] två
        [3] tre
        [4] fyra
        [5] fem
        [6] sex
        [7] sju
        [8] åtta
        [9] nio
        [10] tio
        [11] elva
        [12] tolv
       *[other] { $count }
    }
comparison-subject = { $finding } – { $job }
comparison-subject-nothing-yet = inga bedömningar än
comparison-subject-one-candidate = en kandidat bedömd hittills
comparison-subject-too-few = för få betyg för att avgöra
comparison-subject-apart =
    { $count ->
        [one] { $few } av { $all } skiljer sig tydligt
       *[other] { $few } av { $all } skiljer sig tydligt
    }
comparison-subject-lead =
    { $count ->
        [one] { $few } av { $all } ligger främst, inte tydligt
       *[other] { $few } av { $all } ligger främst, inte tydligt
    }
comparison-subject-lists = olika paneler, { $few } listor
comparison-subject-close = för jämnt för att avgöra
comparison-agreement-not-rated = inte bedömd än
comparison-agreement-one-rater = en bedömare, inget att jämföra
comparison-agreement-nothing-shared = bedömarna täckte olika dimensioner
comparison-agreement-very-good = mycket god
comparison-agreement-good = god
comparison-agreement-poor = svag
comparison-agreement-split = { $level }, oenighet om { $dimensions }
comparison-missing =
    { $count ->
        [one] { $count } av { $expected } bedömningar saknas: { $seats }
       *[other] { $count } av { $expected } bedömningar saknas: { $seats }
    }
comparison-missing-more = och { $count } till
comparison-hidden =
    { $count ->
        [one] En bedömning öppnas för dig när du har lämnat in din egen.
       *[other] { $count } bedömningar öppnas för dig när du har lämnat in din egen.
    }

# Figuren, dess tabell och rutorna per dimension.
comparison-figure-title = Samlat betyg per kandidat, med osäkerhet
comparison-figure-caption = Punkt: rättvist betyg. Tjock linje: intervall på { $inner }, tunn: { $outer }. Streck: enkelt medelvärde.
comparison-figure-caption-without-intervals = Punkt: betygens enkla medelvärde.
comparison-figure-list = Bedömda av { $names }
comparison-figure-plain = Enkelt medelvärde: { $mean }
comparison-figure-best = bäst: { $share }
comparison-figure-no-ratings = inga betyg än
comparison-figure-candidate = { $name }: { $mean }, från { $lower } till { $upper }
comparison-figure-candidate-without-interval = { $name }: { $mean }
comparison-table-candidate = Kandidat
comparison-table-fair = Rättvist betyg
comparison-table-plain = Enkelt medelvärde
comparison-table-adjustment = Justering
comparison-table-best = Bäst
comparison-table-top = Bland de { $count } bästa
comparison-table-rank = Plats ({ $level })
comparison-table-ranks = { $expected } ({ $best }–{ $worst })
comparison-table-interval = Intervall på { $level }
comparison-table-ratings = Betyg
comparison-table-range = { $lower }–{ $upper }
comparison-table-from = { $mean } från { $raters ->
        [one] { $raters } intervjuare
       *[other] { $raters } intervjuare
    }
comparison-cell-not-covered = Ingen har bedömt det här
comparison-cell-not-enough-evidence = För lite underlag
comparison-cell-rated =
    { $raters ->
        [one] { $mean } från { $raters } intervjuare ({ $points })
       *[other] { $mean } från { $raters } intervjuare ({ $points })
    }
comparison-cell-split = { $rated }, bedömarna är oense

# Sidan med ett jobbs jämförelse.
comparison-title = Jämförelse av kandidaterna
comparison-candidates =
    { $count ->
        [0] inga kandidater
        [one] { $count } kandidat
       *[other] { $count } kandidater
    }
comparison-scorecards-in = { $in } av { $expected } bedömningar inne
comparison-export = Exportera
comparison-mail = Mejla sammanställning
comparison-decide = Dokumentera beslut
comparison-figure-heading = Samlat betyg, med den osäkerhet som panelen lämnar
comparison-numbers = Samma sak i siffror
comparison-places = Platser att tillsätta: vilka hör till de så många bästa?
comparison-empty-title = Inga betyg än
comparison-empty-text = Värdena visas här så snart den första bedömningen har lämnats in. De säger mer när två intervjuare har träffat varje kandidat.
comparison-nobody-title = Inga kandidater än
comparison-nobody-text = När kandidater har lagts till i jobbet och intervjuats visas de här sida vid sida.
comparison-to-the-job = Gå till jobbet
comparison-chosen = Du ser { $shown } av { $all } kandidater.
comparison-everybody = Visa alla
comparison-choose = Jämför bara de markerade
comparison-weights = Vikter
comparison-weights-pinned = Låsta före den första intervjun. Flytta på dem och se vad ordningen vilar på.
comparison-weights-open = Låses när den första intervjun bokas. Flytta på dem och se vad ordningen vilar på.
comparison-weights-edit = Ändra jobbets vikter
comparison-weights-show = Visa
comparison-weights-reset = Låsta vikter
comparison-weights-failed = Figuren kunde inte ritas. Försök igen om en stund.
comparison-weights-zero = Minst en vikt måste vara större än noll
comparison-what-if = Ett tankeexperiment: underlaget behåller de låsta vikterna.
comparison-by-dimension = Per dimension
comparison-agreement = Panelens samstämmighet
comparison-legend = Varje tal är medelvärdet av intervjuarnas betyg, som står under det. En prick markerar oenighet på två steg eller mer. Ett streck betyder att dimensionen inte täcktes eller att underlaget inte räcker; det räknas aldrig som lågt. Välj en ruta för att läsa underlaget.
comparison-missing-title = Saknas än
comparison-missing-all = Alla som saknas
comparison-missing-round = Omgång
comparison-missing-rater = Intervjuare
comparison-dimensions = Dimensioner
comparison-evidence-title = { $dimension }: underlaget
comparison-evidence-region = Underlag sida vid sida
comparison-evidence-agreed = Inga två intervjuare skiljer sig åt med två steg eller mer här.
comparison-evidence-split = Panelen är oense om { $names }.
comparison-evidence-split-many = Panelen är oense om { $count } kandidater.
comparison-evidence-none = Inget har lämnats in här.
comparison-recommendation = { $recommendation ->
    [strong_no] rekommenderar ett klart nej
    [no] rekommenderar nej
    [yes] rekommenderar ja
   *[strong_yes] rekommenderar ett klart ja
}
comparison-tick-against = Talar emot:
comparison-amended = Ändrat i efterhand; figurerna behåller det första betyget.
comparison-why-title = Varför just de här siffrorna
comparison-why-plain = Betygens enkla medelvärde är { $plain }; med en enda intervjuare går inget att justera.
comparison-why-check = Med enkel räkning, som kontroll: { $plain }, intervall på { $level }: { $lower }–{ $upper }.
comparison-why-covered = Betygen täcker { $covered } av vikten.
comparison-why-even = Skillnaderna mellan personens dimensioner ryms inom felmarginalen.
comparison-why-strength = Utmärker sig i { $dimensions }.
comparison-why-weakness = Ligger efter i { $dimensions }.
comparison-level = Rättvis nivå { $fair } (intervall på { $level }: { $lower }–{ $upper }), enkelt medelvärde { $mean }.
comparison-level-unrated = Ingen har bedömt det här; av resten skulle man vänta sig { $fair } (intervall på { $level }: { $lower }–{ $upper }).
comparison-first-title = Vem som kommer först när vikterna flyttas
comparison-first-share = Andel av rimliga vägningar
comparison-first-others = Övriga
comparison-computing = Jämför { $candidates } kandidater utifrån { $scorecards } bedömningar.
comparison-computing-short = Beräknar
comparison-computing-text = Betygen har ändrats, så jämförelsen beräknas på nytt. Det tar några sekunder och visas här av sig självt.
comparison-duel-start = Två mot varandra
comparison-duel-choose = Välj två kandidater
comparison-duel-two = Här ställs precis två kandidater mot varandra. Välj dem nedan.
comparison-duel-title = { $first } eller { $second }?
comparison-duel-first = Första
comparison-duel-second = Andra
comparison-duel-above = { $name } över
comparison-duel-beyond = { $name } över med mer än { $margin }
comparison-duel-dimension = Dimension
comparison-duel-lead = Försprång
comparison-duel-legend = Nivåerna är rättvisa: vad intervjuare av genomsnittlig stränghet väntas ge. Under dem står betygen. Sista kolumnen är sannolikheten i den dimensionen för sig.
comparison-differences-title = Inte samma intervju
comparison-differences-lead = Kandidater går bara att jämföra så långt de har fått samma chans. Markeringarna dömer ingen.
comparison-reliability-title = Skulle en annan panel hålla med?
comparison-not-the-future = Det här beskriver intervjubetygen, inte framtida prestationer.
