# Dokumentationen och hur den tas ut.
record-title = Dokumentation
record-lead = { $scorecards ->
    [one] Ett inlämnat bedömningskort
   *[other] { $scorecards } inlämnade bedömningskort
} i { $jobs ->
    [one] ett jobb
   *[other] { $jobs } jobb
}.
record-lead-none = Inget bedömningskort har lämnats in än.
record-export = Ta ut en fil
record-which = Vilken dokumentation
record-all-jobs = Alla jobb
record-form = Vad en rad är
record-long = En rad per betyg
record-long-hint = Med anteckningar och bockar; för analys och för att kunna försvara ett beslut.
record-wide = En rad per bedömningskort
record-wide-hint = En kolumn per dimension; lätt att läsa i ett kalkylark.
record-comparison = En rad per kandidat i ett jobb
record-comparison-hint = Jämförelsen: rättvist betyg med intervall, enkelt medelvärde, sannolikheter.
record-comparison-job = Välj ett jobb: en jämförelse gäller ett jobb
record-promise = Det som inte bedömts är en tom cell, aldrig 0. Att du tog ut filen skrivs i granskningsloggen.
record-download = Ladda ner CSV
record-by-job = Per jobb
record-job = Jobb
record-scorecards = Inlämnade bedömningskort
record-empty = Inget att ta ut än
record-empty-detail = Dokumentationen visas här när intervjuare har lämnat in sina bedömningskort.
record-taken = Vem tog ut vad
record-taken-none = Ingen har tagit ut någon fil än.
record-trail = Hela granskningsloggen
