# Hur snart bedömningskorten kommer in och vem man väntar på.
completion-title = Bedömningskort i tid
completion-overview = Alla dina jobb
completion-lead = { $in } av { $all } bedömningskort är inne, { $early } av dem inom ett dygn efter intervjun.
completion-missed = { $count ->
    [one] Ett skrevs aldrig och väntas inte längre.
   *[other] { $count } skrevs aldrig och väntas inte längre.
}
completion-nothing = Ingen intervju är över ännu.
completion-waiting = Väntar på
completion-waiting-nobody = Ni väntar inte på någon.
completion-remind = Påminn
completion-reminded = senast påmind { $day } kl. { $time }
completion-way = { $way ->
    [disabled] Ge det till någon annan
   *[other] Skicka en ny länk
}
completion-disabled = Kontot är stängt, så ingen skulle läsa brevet. Ge bedömningskortet till någon annan på intervjuns sida.
completion-no-link = Intervjuarens länk fungerar inte längre. Skicka en ny på intervjuns sida.
completion-quiet = Det är ingen tid för påminnelser där { $name } är. Påminnelser skickas mellan { $from } och { $until } efter läsarens klocka, de dagar som organisationen har valt.
completion-reminded-already = { $name } har redan fått en påminnelse i dag. Ett brev om dagen räcker.
completion-done-reminded = En påminnelse är på väg.
completion-times = Från intervju till bedömningskort
completion-times-said = Hälften av bedömningskorten kommer in inom { $usual } efter intervjuns slut; det längsta tog { $longest }. Av { $count } bedömningskort.
completion-too-few = { $count ->
    [0] Inget bedömningskort är inne ännu
    [one] Ett bedömningskort är inne
   *[other] { $count } bedömningskort är inne
}: för få för att säga hur lång tid det tar. Från { $enough } visas den vanliga och den längsta tiden här.
completion-times-hint = Räknat från intervjuns planerade slut. Det som lämnas in tidigare räknas som genast. Siffrorna säger ingenting om hur någon bedömdes, eller hur väl någon bedömer.
completion-minutes = { $minutes } min
completion-hours = { $hours } h { $minutes } min
completion-days = { $days ->
    [one] ett dygn
   *[other] { $days } dygn
} { $hours } h
completion-tabs = Vilka jobb
completion-mine = Jobb som jag rekryterar till
completion-all = Alla öppna jobb
completion-by-job = Per jobb
completion-in = Inne
completion-within-a-day = Inom ett dygn
completion-due = Ska in
completion-late = Sena
completion-usual = Vanlig tid
completion-longest = Längsta
completion-too-few-short = för få för att säga
completion-empty = Inga bedömningskort att vänta på ännu
completion-empty-detail = När jobbens intervjuer är över ser du här vilkas bedömningskort som ska in och hur snart de kommer.
