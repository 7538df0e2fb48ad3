# Det som bara andra system läser, som problem i API:et.
api-body-unfit = Innehållet passar inte: { $reason }
api-unknown-parameter = Det finns ingen sådan parameter
api-cursor-unknown = Ange värdet av ”next” från föregående sida
