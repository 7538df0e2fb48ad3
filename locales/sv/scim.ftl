# Vad en identitetsleverantör får veta när dess begäran inte kan tas emot (SCIM)
scim-filter-unknown = Det går bara att fråga efter attribut eq "värde": userName, externalId, emails.value eller id för användare, displayName, id eller members för grupper
scim-path-unknown = Det här är ingen sökväg till ett attribut
scim-operations-needed = Operations måste vara en lista med ett till 1 000 objekt
scim-text-needed = Det här måste vara text
scim-member-unknown = En lista med högst 1 000 id:n för användare i den här organisationen väntas
scim-group-is-there = Gruppen finns redan: den är en roll. Länka till den i stället för att skapa den
scim-group-is-no-role = Grupperna är rollerna i Attune: Admin, Recruiter, Hiring manager, Interviewer och HR. Andra kan inte skapas
scim-group-stays = Grupperna är rollerna i Attune och kan inte tas bort
scim-group-name-stays = Grupperna är rollerna i Attune och behåller sina namn
