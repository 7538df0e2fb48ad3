# Formulär överallt.
form-optional = valfritt
form-quoted = ”{ $text }”
form-put-right = { $count ->
    [one] En sak att rätta
   *[other] { $count } saker att rätta
}
form-required = Fyll i det här
form-one-line = Det här måste stå på en rad
form-not-a-choice = Välj ett av alternativen
form-number = Skriv ett heltal från { $least } till { $most }
form-control-characters = Ta bort de osynliga styrtecknen
form-too-long = Korta ner till högst { $most } tecken
form-save = Spara
form-cancel = Avbryt
password-too-short = Använd minst { $least } tecken; några ord i rad fungerar bra
password-too-common = Välj ett annat lösenord; det här hör till de första som någon skulle prova
password-personal = Välj ett annat lösenord; det här är gjort av namn som hör till dig eller din organisation
form-email = Skriv en adress som namn@exempel.se
password-differs = De två lösenorden är inte likadana
password-new = Nytt lösenord
password-hint = Minst { $least } tecken; några ord i rad fungerar bra.
password-again = Samma lösenord igen
