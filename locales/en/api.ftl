# What only other systems read, as problems of the API.
api-body-unfit = The body does not fit: { $reason }
api-unknown-parameter = There is no such parameter
api-cursor-unknown = Give the value of “next” from the page before
api-candidate-known = The organisation knows somebody with this address already: candidate { $candidate }. Add an application for them instead.
api-interview-doubts = { $doubts } Send “anyway” to schedule it all the same.
api-scorecard-conflict = Changed since you read it: { $fields }. What you sent is kept beside it; choose in the kit which one holds.
