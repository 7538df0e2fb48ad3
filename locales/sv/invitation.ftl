# Sidan bakom en inbjudan.
invitation-title = Gå med i { $organisation }
invitation-text = Välkommen, { $name }. Du loggar in med { $email } och lösenordet som du väljer här.
invitation-take = Gå med
invitation-over-title = Inbjudan fungerar inte längre
invitation-over-text = En inbjudan fungerar en gång, och i sju dagar. Har du redan gått med loggar du in. Annars ber du den som bjöd in dig att skicka den igen.
invitation-not-open = Medlemmen har redan gått med eller är avstängd. Det finns inget att skicka.
