# Hur en medlem loggar in.
factor-tab = Inloggning
factor-title = Inloggning
factor-lead-on = Du loggar in med lösenord och en kod.
factor-lead-off = Du loggar in med bara lösenord.
factor-authenticator = Autentiseringsapp
factor-authenticator-text = En app i telefonen visar en kod som byts var trettionde sekund. Då räcker det inte att någon har kommit över ditt lösenord.
factor-authenticator-on = Används sedan { $when }. Lösenordet räcker inte längre för att öppna ditt konto.
factor-authenticator-set-up = Lägg till en app
factor-authenticator-remove = Ta bort appen
factor-authenticator-remove-confirm = Ta bort autentiseringsappen? Då räcker lösenordet för att logga in, och återställningskoderna slutar fungera.
factor-recovery = Återställningskoder
factor-recovery-left = { $left ->
    [0] Ingen är kvar. Skapa nya, för den dag då telefonen är borta.
    [one] En är kvar. Den fungerar en gång, i stället för en kod från appen.
   *[other] { $left } är kvar. Var och en fungerar en gång, i stället för en kod från appen.
}
factor-recovery-renew = Skapa nya koder
factor-recovery-renew-confirm = Skapa nya återställningskoder? De tidigare slutar fungera.
factor-code = Kod
factor-code-wrong = Koden stämmer inte, eller har redan använts. Vänta på nästa och försök igen.
factor-offer-title = Lägg till en autentiseringsapp
factor-offer-scan = 1. Låt appen läsa av det här
factor-offer-scan-text = Vilken autentiseringsapp som helst duger: den i din lösenordshanterare, eller en från telefonens appbutik.
factor-offer-qr = QR-kod med hemligheten till appen. Samma hemlighet står som text nedanför.
factor-offer-type = Eller skriv in den:
factor-offer-enter = 2. Skriv koden som den visar
factor-offer-code-hint = Sex siffror.
factor-offer-take = Slå på
factor-offer-too-old = Det tog mer än en kvart, så nu finns det en ny hemlighet. Låt appen läsa av den.
factor-password-short = Ditt lösenord är kortare än 15 tecken, vilket bara räcker tillsammans med en app. Välj först ett längre lösenord under ”Om mig”.
factor-codes-lead = Förvara dem där du hittar dem utan telefonen. De visas inte igen.
factor-codes-text = För { $email } på Attune. Var och en fungerar en gång, i stället för en kod från appen.
factor-codes-print = Skriv ut
factor-codes-kept = Jag har sparat dem
factor-done-removed = Autentiseringsappen är borttagen.
factor-required = Din organisation kräver en andra faktor av alla medlemmar, och det här är din sista. Lägg till en annan först.
factor-awaited-title = En andra faktor
factor-awaited = { $what ->
    [showing] { $organisation } kräver en andra faktor av alla medlemmar. Visa din, så är du inne.
   *[adding] { $organisation } kräver en andra faktor av alla medlemmar, utöver lösenordet. Lägg till en app eller en passnyckel nu; sedan är allt öppet för dig.
}
factor-awaited-showing = Du loggade in med bara lösenordet. Inget i ditt konto kan ändras innan du har visat din andra faktor också.
factor-awaited-code = Ange en kod
factor-awaited-passkey = Logga in med en passnyckel
