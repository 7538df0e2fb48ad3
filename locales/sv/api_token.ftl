# API-nycklar.
api-token-tab = API-nycklar
api-token-title = API-nycklar
api-token-lead = Med en nyckel handlar ett annat system som du: det får göra det du får göra.
api-token-none = Du har inga nycklar. Skapa en när ett annat system behöver läsa eller skriva här åt dig.
api-token-facts = Skapad { $made } · fungerar till { $expires } ·
api-token-used = senast använd { $when }
api-token-unused = aldrig använd
api-token-new = Skapa en nyckel
api-token-name = Namn
api-token-name-hint = Vilket system den är till för, så att du känner igen den.
api-token-expiry = Fungerar i
api-token-days = { $days ->
    [365] ett år
   *[other] { $days } dagar
}
api-token-make = Skapa nyckeln
api-token-made = Din nya nyckel
api-token-made-text = Kopiera den nu och förvara den säkert. Den visas inte igen.
api-token-copy = Kopiera
api-token-copied = Kopierad
api-token-revoke = Återkalla
api-token-revoke-confirm = Återkalla ”{ $name }”? Systemet som använder nyckeln stängs ute på en gång.
api-token-too-many = Du har { $most } nycklar, och fler går inte att hålla reda på. Återkalla en som inte längre används.
api-token-done-revoked = Nyckeln är återkallad.
api-token-scopes = Vad den är till för
api-token-scopes-hint = Välj inte mer än systemet behöver. Nyckeln får aldrig göra mer än dina roller tillåter.
api-token-scope-needed = Välj minst en sak som nyckeln är till för
api-token-noun = Vad
api-token-read = Läsa
api-token-write = Ändra
api-token-read-noun = Läsa { $noun }
api-token-write-noun = Ändra { $noun }
api-token-noun-jobs = Jobb
api-token-noun-candidates = Kandidater
api-token-noun-applications = Ansökningar
api-token-noun-interviews = Intervjuer
api-token-noun-scorecards = Bedömningskort
api-token-noun-comparisons = Jämförelser
api-token-noun-debriefs = Avstämningar
api-token-noun-decisions = Beslut
api-token-noun-records = Underlag
api-token-noun-rubrics = EQ-mallar
api-token-noun-members = Medlemmar
api-token-noun-scim = Användare och grupper (SCIM)
api-token-is-for = { $kind ->
    [both] Läser { $reads }; ändrar { $writes }
    [read] Läser { $reads }
   *[write] Ändrar { $writes }
}
