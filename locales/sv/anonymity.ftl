# Anonymiserad granskning: beteckningar i stället för namn.
anonymity-label = Kandidat { $letters }
anonymity-notice = Namnen är dolda fram till beslutet. Det som någon skrivit kan ändå avslöja vem det är: kandidatens eget namn är övertäckt, men inte en skola, en tidigare arbetsgivare eller ett smeknamn.
anonymity-job-notice = Kandidaterna till det här jobbet jämförs utan namn fram till beslutet. Intervjuare, rekryterare och HR ser namnen; den som bara jämför eller beslutar ser beteckningar. Det som någon skrivit kan ändå avslöja vem det är: kandidatens eget namn är övertäckt, men inte en skola, en tidigare arbetsgivare eller ett smeknamn.
