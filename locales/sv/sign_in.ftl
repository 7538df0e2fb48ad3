# Inloggning.
sign-in-title = Logga in
sign-in-email = E-post
sign-in-password = Lösenord
sign-in-button = Logga in
sign-in-forgotten = Glömt lösenordet?
sign-in-which = Vilken organisation?
sign-in-wrong = Adressen och lösenordet hör inte ihop.
sign-in-wait = För många försök. Vänta { $seconds ->
    [one] en sekund
   *[other] { $seconds } sekunder
} och försök igen.
sign-in-code-title = Ett steg till
sign-in-code-text = Lösenordet för { $email } stämmer. Nu behövs koden från din autentiseringsapp.
sign-in-code-hint = De sex siffrorna som appen visar, eller en av dina återställningskoder.
sign-in-code-back = Tillbaka till början
