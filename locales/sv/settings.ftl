# Organisationens inställningar.
settings-tab = Organisation
settings-title = Organisation
settings-lead = Det som gäller för alla i { $organisation }. Varje ändring blir en rad i loggen.
settings-name = Namn
settings-name-hint = På varje sida och i varje brev som skickas.
settings-language = Språk
settings-language-hint = I brev till medlemmar som inte har valt något.
settings-time-zone = Tidszon
settings-time-zone-hint = Nya intervjuer bokas i den, och medlemmar som inte har valt någon ser tider i den.
settings-policies = Regler
settings-policies-hint = De gäller genast, även för bedömningskort som håller på att skrivas. Det som är inlämnat blir kvar som det är.
settings-blind = Dolt tills man har lämnat in
settings-blind-hint = Panelens medlemmar ser andras bedömningskort från en intervju först när de har lämnat in sitt eget. Utan regeln vet den som bedömer sist vad de andra tyckte.
settings-evidence = Underlag för varje betyg
settings-evidence-hint = Ett betyg behöver en ikryssad indikator eller en anteckning innan bedömningskortet kan lämnas in.
settings-extremes = Anteckning för 1 och 5
settings-extremes-hint = Det lägsta och det högsta betyget behöver en skriven anteckning, inte bara ett kryss.
settings-done = Inställningarna är sparade.
settings-hints = Anmärkningar på anteckningar
settings-hints-hint = Medan en anteckning skrivs anmärker intervjustödet på egenskaper utan beteende, på sådant som inte får vägas in, hörsägen, jämförelser och ”passar in”. Inget hindras och inget lämnar sidan.
settings-retention = Månader som dokumentationen behålls
settings-retention-hint = Räknat från beslutet. Vanligt är 24 i Sverige (tiden för att väcka talan om diskriminering), 12 i Norge, 12 eller 24 i USA (29 CFR 1602.14, 41 CFR 60-1.12). Sedan står den under Dokumentation, och ingenting försvinner av sig självt.
settings-seat-link-days = Dagar för intervjuare utan konto
settings-seat-link-days-hint = Så många dagar efter en intervju öppnar deras länk intervjuguiden och låter dem göra tillägg. Mellan 1 och 60.
settings-country = Regler om frågor
settings-country-hint = Vilka regler som förberedelsesidan visar för intervjuare: vad de inte får fråga om.
settings-country-name = { $country ->
    [SE] Sverige
    [NO] Norge
    [GB] Storbritannien
    [US] USA
   *[other] Europeiska unionen i allmänhet
}
settings-sign-in = Inloggning
settings-second-factor = Medlemmar måste ha en andra faktor
settings-second-factor-hint = En autentiseringsapp eller en passnyckel. Den som inte har visat någon leds dit med nästa sida och kommer inte åt något annat innan dess. Inloggning via er identitetsleverantör räknas som en; API-nycklar fungerar som förut.
settings-second-factor-yourself = Lägg först till en autentiseringsapp eller en passnyckel för egen del, eller logga in med den du har: annars stänger du ute dig själv.
