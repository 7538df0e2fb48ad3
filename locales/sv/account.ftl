# Mitt konto.
account-tab = Om mig
account-lead = Du loggar in i { $organisation } som { $email }.
account-profile = Om mig
account-name = Namn
account-name-hint = Så som kollegorna ser det, även i brev till panelen.
account-language = Språk
account-language-browser = Som i webbläsaren
account-time-zone = Tidszon
account-time-zone-hint = Tider på sidor och i brev visas i den.
account-time-zone-organisation = Som organisationen ({ $zone })
account-password = Lösenord
account-password-text = Alla andra sessioner avslutas när du byter det, och ett brev berättar att det har bytts.
account-password-current = Nuvarande lösenord
account-password-wrong = Det är inte ditt nuvarande lösenord
account-password-change = Byt lösenord
account-done-changed = Sparat.
account-done-password = Lösenordet är bytt och alla andra sessioner är avslutade.
