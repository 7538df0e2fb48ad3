# Det som bara andra system läser, som problem i API:et.
api-body-unfit = Innehållet passar inte: { $reason }
api-unknown-parameter = Det finns ingen sådan parameter
api-cursor-unknown = Ange värdet av ”next” från föregående sida
api-candidate-known = Organisationen känner redan någon med den här adressen: kandidat { $candidate }. Lägg i stället till en ansökan.
api-interview-doubts = { $doubts } Skicka ”anyway” för att boka ändå.
api-scorecard-conflict = Ändrat sedan du läste det: { $fields }. Det du skickade finns kvar bredvid; välj i intervjuguiden vad som gäller.
