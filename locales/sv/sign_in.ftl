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
