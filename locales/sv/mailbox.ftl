# Brevlådan i en utvecklingsinstallation.
mailbox-title = Brevlåda
mailbox-lead = Varje brev som Attune skulle ha skickat, så som mottagaren skulle se det.
mailbox-notice = Bara för utveckling. Den som sitter vid den här datorn kan öppna sidan utan att logga in och använda länkarna i breven. Logga in för att bara se din organisations brev.
mailbox-notice-own = Bara för utveckling. Det här är din organisations brev; den som sitter vid den här datorn kan öppna dem utan att logga in och använda länkarna i dem.
mailbox-sign-in = Logga in
mailbox-empty = Inga brev än
mailbox-empty-detail = Bjud in en medlem, boka en intervju eller skicka en sammanställning; en stund senare ligger brevet här.
mailbox-at-the-door = Brev till dem som finns här ligger i brevlådan.
