# Ett glömt lösenord.
password-reset-title = Glömt lösenord
password-reset-text = Ange din adress, så kommer ett brev med en länk där du väljer ett nytt lösenord.
password-reset-ask = Skicka brevet
password-reset-back = Tillbaka till inloggningen
password-reset-asked-title = Titta i din inkorg
password-reset-asked-text = Om { $email } hör till en medlem är ett brev på väg. Länken i det fungerar i en timme.
password-reset-asked-none = Kom det inget? Titta i skräpposten och kontrollera adressen. En administratör i din organisation kan se vilken adress du har.
password-reset-choose-title = Välj ett nytt lösenord
password-reset-choose-text = För { $email } i { $organisation }. Efteråt är du inloggad här och utloggad överallt annars.
password-reset-take = Spara lösenordet
password-reset-over-title = Länken fungerar inte längre
password-reset-over-text = Länken fungerar en gång, och i en timme. Be om ett nytt brev om du fortfarande behöver det.
password-reset-over-again = Be om ett nytt brev
