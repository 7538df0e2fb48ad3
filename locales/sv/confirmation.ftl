# Att visa en gång till vem man är.
confirmation-title = Är det du?
confirmation-lead = Det här steget frågar en gång till vem du är. Inget av det du gjorde går förlorat: det fortsätter härifrån.
confirmation-button = Bekräfta och fortsätt
