# Andra system som medlemmar.
service-account = Tjänstekonto
service-account-new = Lägg till ett tjänstekonto
service-account-lead = För ett annat system: det har inget lösenord och får inga brev. Du skapar dess API-nycklar, och de får inte göra mer än rollerna tillåter.
service-account-name-hint = Vilket system det är.
service-account-add = Lägg till kontot
service-account-no-tokens = Ingen nyckel fungerar. Skapa en och ge den till systemet.
service-account-done-added = Tjänstekontot är tillagt. Skapa en nyckel för det nu.
