# I dag: det som väntar på mig.
today-lead-interviews = { $count ->
    [0] Ingen intervju i dag.
    [one] En intervju i dag.
   *[other] { $count } intervjuer i dag.
}
today-lead-due = { $count ->
    [one] Ett bedömningskort väntar på dig.
   *[other] { $count } bedömningskort väntar på dig.
}
today-lead-decisions = { $count ->
    [one] En kandidat väntar på ditt beslut.
   *[other] { $count } kandidater väntar på ditt beslut.
}
today-lead-debriefs = { $count ->
    [one] En avstämning väntar på dig.
   *[other] { $count } avstämningar väntar på dig.
}
today-debrief = Säg var du står
today-interviews-today = Dagens intervjuer
today-tomorrow = I morgon
today-now = pågår
today-minutes = { $minutes } min
today-medium = { $medium ->
    [in_person] på plats
    [video] via video
    [phone] per telefon
    [text] skriftligt
   *[other] { $medium }
}
today-kit = Öppna intervjuguiden
today-join = Anslut till mötet
today-late-see = Se vem
today-due = Bedömningskort att slutföra
today-due-now = Lämna in
today-late = { $days ->
    [one] En dag sent
   *[other] { $days } dagar sent
}
today-ended = intervjuad { $when }
today-ended-today = intervjuad i dag, till kl. { $time }
today-finish = Slutför det
today-decisions = Beslut
today-decision-candidates = { $count ->
    [one] en kandidat, alla bedömningskort är inne
   *[other] { $count } kandidater, alla bedömningskort är inne
}
today-compare = Jämför och besluta
today-letters = Brev
today-letters-count = { $count ->
    [one] Ett brev kunde inte levereras och har lagts åt sidan.
   *[other] { $count } brev kunde inte levereras och har lagts åt sidan.
}
today-letters-see = Se vad som hände
today-empty = Inget väntar på dig
today-empty-detail = Här visas de närmaste dagarnas intervjuer, bedömningskort att slutföra och beslut att fatta. Njut av lugnet.
today-see-jobs = Se jobben
