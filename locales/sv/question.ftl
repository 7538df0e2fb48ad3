# Frågebanken, och frågorna i en omgång.
question-title = Frågebank
question-lead = Egna frågor, för EQ-mallar och för jobbens omgångar. Vad en fråga säger ändras aldrig; det som inte längre är bra tas ur bruk.
question-new = Lägg till en fråga
question-new-lead = Skriv den på alla språk som ni intervjuar på. Den läses högt, så skriv den som man skulle säga den.
question-about = Vad den frågar om
question-states = Vilka frågor
question-in-use = I bruk
question-retired = Ur bruk
question-find = Ord eller etikett
question-dimension = Dimension
question-kind = Slag
question-any = Alla
question-choose = Välj
question-look = Titta
question-tags = Etiketter
question-tags-hint = Med kommatecken emellan, till exempel: telefon, nattskift
question-text = Fråga
question-text-hint = En fråga, inte två. Lämna tomt på språk som ni inte frågar på.
question-probes = Följdfrågor
question-probes-hint = En per rad, samma på alla språk och i samma ordning. Intervjuarna ställer inga andra.
question-add = Lägg i frågebanken
question-one = Fråga
question-uses = { $rounds ->
    [0] Ännu inte vald i någon omgång.
    [one] Vald i en omgång, { $interviews ->
        [0] ännu inte ställd.
        [one] ställd i en intervju.
       *[other] ställd i { $interviews } intervjuer.
    }
   *[other] Vald i { $rounds } omgångar, { $interviews ->
        [0] ännu inte ställd.
        [one] ställd i en intervju.
       *[other] ställd i { $interviews } intervjuer.
    }
}
question-from = En annan utifrån den här
question-is-retired-mark = Ur bruk
question-is-retired = Frågan är ur bruk. Ta den i bruk igen i frågebanken eller välj en annan.
question-retired-notice = Frågan är ur bruk: den finns kvar där den används men erbjuds inte längre.
question-retire = Ta frågan ur bruk
question-retire-hint = Den finns kvar där den används men erbjuds inte längre. Du kan ta den i bruk igen.
question-offer-again = Ta i bruk igen
question-added-on = Tillagd { $date }.
question-done-added = Frågan finns i frågebanken.
question-done-tagged = Etiketterna är sparade.
question-done-retired = Frågan är ur bruk.
question-done-returned = Frågan är i bruk igen.
question-none = Inga frågor ännu
question-none-text = Lägg till frågor som fungerat bra, med den dimension de frågar om. Mallar och omgångar kan sedan välja dem.
question-none-for = Frågebanken har ännu ingen fråga om { $dimension }
question-none-found = Ingen sådan fråga
question-none-found-text = Prova färre ord eller en annan dimension.
question-text-needed = Skriv frågan på minst ett språk
question-probes-too-many = Högst { $most } följdfrågor
question-probes-differ = Skriv lika många följdfrågor som på det första språket: { $count }
question-tags-too-many = Högst { $most } etiketter på högst { $long } tecken var
question-insert = Ta en ur frågebanken
question-insert-title = { $dimension }: ta en fråga ur frågebanken
question-insert-lead = Den hamnar sist bland dimensionens frågor i utkastet och kan flyttas där. Intervjuer som har börjat påverkas inte.
question-insert-this = Infoga
question-inserted = I utkastet
question-of-library = ur frågebanken
round-questions-link = Välj frågor
round-questions-title = Frågor i { $round }
round-questions-lead = Alla kandidater i omgången får de frågor du kryssar för, och inga andra. Välj tills den första intervjun börjar.
round-questions-lead-frozen = Omgångens första intervju började { $date }. Sedan dess ligger frågorna fast, så att alla kandidater får samma.
round-questions-save = Spara valet
round-questions-done = Valet är sparat. Intervjuguiden ställer de här frågorna.
round-questions-frozen = En intervju i omgången har börjat. Alla kandidater ska få samma frågor, så de kan inte längre ändras.
round-questions-changed-meanwhile = Någon annan har valt andra frågor under tiden. Titta på det du kryssat för och spara det som ska gälla.
round-question-needed = Kryssa för minst en fråga
round-questions-too-many = Kryssa för högst { $most } frågor
