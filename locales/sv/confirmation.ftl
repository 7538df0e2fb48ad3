# Att visa en gång till vem man är.
confirmation-title = Är det du?
confirmation-lead = Det här steget frågar en gång till vem du är. Inget av det du gjorde går förlorat: det fortsätter härifrån.
confirmation-button = Bekräfta och fortsätt
confirmation-sign-on-first = 1. Logga in en gång till
confirmation-sign-on = Du loggar in genom din organisation. Gör det en gång till, i en annan flik, och kom tillbaka hit.
confirmation-sign-on-then = 2. Fortsätt här
