# Platser som går till någon annan.
handover-title = Det du hade skrivit på annat håll
handover-lead = Intervjuer som någon annan tog över innan du hade lämnat in. Bara du ser det här.
handover-since = överlämnad { $when }
handover-not-enough = otillräckligt underlag
handover-private-note = Privat anteckning
handover-next-note = Till nästa intervjuare
handover-nothing = Du hade inte börjat.
handover-none = Inget här
handover-none-text = När en administratör ger ett av dina öppna bedömningskort till någon annan stannar det du hade skrivit kvar här.
handover-seats = Öppna bedömningskort
handover-seats-text = { $name } har de här kvar att lämna in. Den som tar över ett börjar med ett tomt bedömningskort; det som är skrivet stannar hos { $name }.
handover-begun = påbörjat
handover-to = Vem som tar över bedömningskortet för { $candidate }
handover-choose = Någon annan …
handover-do = Lämna över
handover-submitted = Bedömningskortet har lämnats in under tiden. Det finns inget att lämna över.
handover-not-possible = Välj någon som kan logga in och inte redan sitter i panelen
