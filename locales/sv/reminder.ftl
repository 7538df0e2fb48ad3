# Påminnelser med brev: vad organisationen vill och vad jag vill.
reminder-title = Påminnelser
reminder-policy-lead = Högst ett brev om dagen, med allt som väntar på läsaren: dagens intervjuer och bedömningskort att göra klara.
reminder-policy-on = Påminn med brev
reminder-policy-on-hint = Medlemmar kan stänga av det för egen del.
reminder-policy-from = Från
reminder-policy-until = Tyst från
reminder-policy-hours-hint = Efter läsarens egen klocka.
reminder-policy-hours-order = Välj en tid att vara tyst från som är senare än tiden att börja.
reminder-policy-weekends = Även på helger
reminder-policy-weekends-hint = Utan regeln påminns man på måndag om det som skulle in på fredag.
reminder-policy-escalate = Nämn ett försenat bedömningskort för jobbets rekryterare
reminder-policy-escalate-days = { $days ->
    [one] när det är en dag sent
   *[other] när det är { $days } dagar sent
}
reminder-policy-escalate-never = Aldrig
reminder-own-lead = Vad { $organisation } får skriva till dig om av sig självt.
reminder-own-nobody = Din organisation skickar inga påminnelser, så det kommer inga.
reminder-own-on = Påminn mig med brev
reminder-own-hint = Högst ett brev om dagen, och bara när något väntar på dig.
reminder-done-own = Ditt val är sparat.
reminder-done-policy = Reglerna är sparade.
