# What only other systems read, as problems of the API.
api-body-unfit = The body does not fit: { $reason }
api-unknown-parameter = There is no such parameter
api-cursor-unknown = Give the value of “next” from the page before
