# Where a member is signed in.
session-tab = Sessions
session-title = Sessions
session-lead = { $others ->
    [0] You are signed in here and nowhere else.
    [one] You are signed in here and in one other place.
   *[other] You are signed in here and in { $others } other places.
}
session-current = This device
session-device = { $browser } on { $system }
session-device-unknown = An unknown device
session-facts = Last used { $seen } · signed in { $since } from { $address }
session-end = End
session-end-others-title = Something you do not recognise?
session-end-others-text = End every other session, then change your password.
session-end-others = End all others
session-end-others-confirm = { $others ->
    [one] End the other session?
   *[other] End { $others } other sessions?
}
session-done-ended = The session has ended.
session-done-others-ended = Every other session has ended.
