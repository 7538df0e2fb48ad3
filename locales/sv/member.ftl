# Medlemmar och deras roller.
member-tab = Medlemmar
member-title = Medlemmar
member-lead = Vilka som arbetar i { $organisation }, och vad var och en får göra.
member-name = Namn
member-name-hint = Så som kollegorna känner dem.
member-email = E-post
member-email-taken = Någon i organisationen har redan den adressen
member-roles = Roller
member-roles-hint = En medlem kan ha flera. Det de får göra ändras vid nästa klick.
member-role-needed = Välj minst en roll
member-role-admin = Administratör
member-role-admin-hint = Får göra allt, och sköter medlemmar och inställningar.
member-role-recruiter = Rekryterare
member-role-recruiter-hint = Öppnar jobb, lägger till kandidater, bokar intervjuer och redigerar EQ-mallar.
member-role-hiring-manager = Rekryterande chef
member-role-hiring-manager-hint = Jämför kandidaterna till sina egna jobb, beslutar och skickar sammanställningen.
member-role-interviewer = Intervjuare
member-role-interviewer-hint = Håller intervjuer med intervjuguiden och fyller i bedömningskort.
member-role-hr = HR
member-role-hr-hint = Ser alla jobb, tar ut dokumentation och läser loggen.
member-state = Status
member-active = Aktiv
member-invited = Inbjuden
member-disabled = Avstängd
member-since = sedan { $when }
member-added = Tillagd
member-facts = Om medlemmen
member-language = Språk
member-language-hint = I inbjudan, och i Attune tills de väljer ett annat.
member-language-browser = Som i webbläsaren
member-time-zone = Tidszon
member-none = Inga fler medlemmar
member-none-text = Listan slutar här.
member-pages = Sidor
member-first-page = Första sidan
member-next-page = Nästa 50 →
member-invite = Bjud in en medlem
member-invite-lead = De får ett brev med en länk och väljer själva ett lösenord.
member-invite-send = Skicka inbjudan
member-invitation = Inbjudan
member-invitation-text = { $name } har inte gått med än. Länken i brevet fungerar i sju dagar; ett nytt brev ger en ny länk.
member-invitation-again = Skicka inbjudan igen
member-roles-save = Spara rollerna
member-own-jobs-only = Bara egna jobb
member-own-jobs-only-hint = De ser ett jobb när de är dess rekryterare eller rekryterande chef, eller sitter i någon av dess paneler. Administratörer ser alla jobb ändå.
member-done-handed-over = Bedömningskortet är överlämnat, och alla som berörs får ett brev.
member-disable-title = Stäng av medlemmen
member-disable-text = { $name } loggas då ut överallt och kan inte logga in, och API-nycklarna slutar fungera. Intervjuer, bedömningskort och anteckningar blir kvar som de är.
member-disable-confirm = Stänga av { $name }? Personen loggas ut överallt på en gång.
member-disable = Stäng av
member-enable-title = Släpp in medlemmen igen
member-enable-text = { $name } kan logga in igen, med samma lösenord och roller som förut. API-nycklar måste skapas på nytt.
member-enable-text-invited = { $name } gick aldrig med. Skicka inbjudan igen när du har släppt in personen.
member-enable = Släpp in igen
member-not-yourself = Du kan inte stänga av dig själv. Be en annan administratör om det.
member-last-admin = Det här är den sista administratören som kan logga in. Gör först någon annan till administratör; försök igen när den personen har gått med.
member-break-glass = Den här administratören får logga in utan identitetsleverantören, för den dag då den inte fungerar. Välj först någon annan till det i inställningarna för inloggning med organisationen.
member-done-invited = Inbjudan är på väg.
member-done-invited-again = Inbjudan är på väg en gång till.
member-done-roles = Rollerna är sparade.
member-done-disabled = Medlemmen är avstängd och utloggad överallt.
member-done-enabled = Medlemmen kan logga in igen.
member-outside-text = { $name } har ingen roll och inget lösenord, och når bara sina egna intervjuer genom länken till var och en. Bjud in samma adress för att göra personen till medlem: bedömningarna följer med.
member-outside-no-roles = Den som saknar konto har inga roller. Bjud in samma adress för att göra personen till medlem.
member-factors = Andra faktor
member-factors-text = { $app ->
    [true] { $passkeys ->
        [0] En autentiseringsapp.
        [one] En autentiseringsapp och en passnyckel.
       *[other] En autentiseringsapp och { $passkeys } passnycklar.
    }
   *[false] { $passkeys ->
        [0] Ingen: bara lösenordet, eller er identitetsleverantör.
        [one] En passnyckel.
       *[other] { $passkeys } passnycklar.
    }
}
member-factors-lost = Har { $name } blivit av med det som behövs för att logga in? Försäkra dig om att det är rätt person som frågar, helst öga mot öga eller per telefon.
member-factors-remove = Ta bort app, koder och passnycklar
member-factors-confirm = Ta bort varje andra faktor för { $name }? Hen loggas ut överallt och släpps sedan in med bara lösenordet. Ett lösenord som är kortare än 15 tecken försvinner också. Ett brev berättar det.
member-factors-none = Här finns varken app eller passnyckel att ta bort.
member-factors-yourself = Dina egna tar du bort under ”Inloggning”.
member-done-factors = App, koder och passnycklar är borttagna. Ett brev berättar det.
