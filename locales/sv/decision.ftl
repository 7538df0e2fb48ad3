# Beslut.
decision-title = Beslut: { $name }
decision-list = Beslut
decision-choose-title = Dokumentera ett beslut
decision-choose-lead = Vem gäller det?
decision-decide = Besluta
decision-change = Besluta på nytt
decision-outcome = { $outcome ->
    [hired] Anställd
    [rejected] Avslag
    [on_hold] Vilande
   *[withdrawn] Återtagen ansökan
}
decision-outcome-legend = Utfall
decision-reason = Skäl
decision-reason-hint = Med dina egna ord och med stöd i underlaget. Kandidaten kan begära att få läsa det.
decision-reason-missing = Ange skälet; ett beslut utan skäl går inte att försvara
decision-pins = Beslutet låser jämförelsen som den ser ut nu, med { $in } av { $expected } bedömningskort. Senare ändringar påverkar den inte.
decision-record = Dokumentera beslutet
decision-missing-warning = Du kan besluta nu; det kommer att framgå vad som saknades.
decision-history = Beslut hittills
decision-holds = gäller nu
decision-scorecard-first = Du sitter i en panel för det här jobbet och har inte lämnat in ditt bedömningskort. Lämna in det först, så ser du allt och kan besluta.
decision-comparison-changed = Jämförelsen har ändrats sedan du öppnade sidan: ett bedömningskort, en ändring eller en intervju har tillkommit. Läs slutsatsen igen och dokumentera sedan beslutet.
decision-pinned = Jämförelsen som den stod
decision-inputs-digest = Betygens kontrollsumma
decision-figures-digest = Siffrornas kontrollsumma
decision-computed = Beräknad av
decision-recompute = Beräkna den igen och jämför
decision-recomputed = { $result ->
    [same] Beräknad igen från de låsta betygen och vikterna: varje siffra är densamma.
    [other_model] { $same ->
        [yes] Modellen har ändrats sedan beslutet; vid en ny beräkning är varje siffra ändå densamma.
       *[no] Modellen har ändrats sedan beslutet och ger andra siffror. De låsta gäller.
    }
    [not_kept] Beslutet togs innan besluten sparade vad jämförelsen gjordes av, så den kan inte beräknas igen.
   *[other] Vid en ny beräkning är siffrorna inte desamma fast modellen är det. Berätta det för den som driver Attune.
}
