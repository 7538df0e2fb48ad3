# Vad bedömningarna för ett jobb säger tillsammans.
comparison-finding-nothing-yet = Inga bedömningar har kommit in än. Jämförelsen börjar med den första.
comparison-finding-one-candidate = Bara { $name } har fått betyg hittills, så det finns ingen att jämföra med.
comparison-finding-too-few = För få betyg för att avgöra: ingen kandidat har bedömts av två personer i samma dimension, så en skillnad mellan kandidater går inte att skilja från en skillnad mellan intervjuare. En andra intervjuare för var och en skulle hjälpa mest.
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
comparison-caution-gap = Det kan fortfarande ändras: ingen har bedömt { $gaps }.
comparison-caution-gap-of = { $name } i { $dimension }
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
comparison-subject-lead = { $few } av { $all } ligger främst, inte tydligt
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
comparison-figure-caption = Punkt: viktat medelvärde. Tjock linje: intervall på { $inner }, tunn: { $outer }. Streck: varje bedömares eget medelvärde.
comparison-figure-caption-without-intervals = Punkt: viktat medelvärde. Streck: varje bedömares eget medelvärde.
comparison-figure-best = bäst: { $share }
comparison-figure-no-ratings = inga betyg än
comparison-figure-candidate = { $name }: { $mean }, från { $lower } till { $upper }
comparison-figure-candidate-without-interval = { $name }: { $mean }
comparison-figure-rater = { $name }: { $mean }
comparison-table-candidate = Kandidat
comparison-table-mean = Viktat medelvärde
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
