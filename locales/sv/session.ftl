# Var en medlem är inloggad.
session-tab = Sessioner
session-title = Sessioner
session-lead = { $others ->
    [0] Du är inloggad här och ingen annanstans.
    [one] Du är inloggad här och på ett ställe till.
   *[other] Du är inloggad här och på { $others } ställen till.
}
session-current = Den här enheten
session-device = { $browser } på { $system }
session-device-unknown = En okänd enhet
session-facts = Senast använd { $seen } · inloggad { $since } från { $address }
session-end = Avsluta
session-end-others-title = Något du inte känner igen?
session-end-others-text = Avsluta alla andra sessioner och byt sedan lösenord.
session-end-others = Avsluta alla andra
session-end-others-confirm = { $others ->
    [one] Avsluta den andra sessionen?
   *[other] Avsluta { $others } andra sessioner?
}
session-done-ended = Sessionen är avslutad.
session-done-others-ended = Alla andra sessioner är avslutade.
