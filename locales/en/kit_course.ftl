# The course of an interview in the kit, and what the kit says when something stands in the way of saving.
kit-briefing = Outline of the job
kit-briefing-hint = read it aloud, then tick which of the { $total } facts come back
kit-briefing-steps = How to do it
kit-facts = Facts that came back
kit-facts-legend = Facts that came back right
kit-facts-returned = { $returned } of { $total }: { $facts }
kit-asked = Asked
kit-asked-legend = What was asked
kit-pace = Time here:
kit-pace-of = of about { $minutes } min
kit-minutes-field = Minutes on this dimension
kit-minutes-wrong = Give the minutes as a whole number, for example 7.
kit-insert-time = Time
kit-insert-quote = Quote
kit-label-asked = { $dimension }: asked
kit-label-seconds = { $dimension }: time
kit-later = Come back to it
kit-course-asked = Asked { $questions ->
    [0] { $probes ->
        [one] one probe
       *[other] { $probes } probes
    }
    [one] one question{ $probes ->
        [0] {""}
        [one] {" "}and one probe
       *[other] {" "}and { $probes } probes
    }
   *[other] { $questions } questions{ $probes ->
        [0] {""}
        [one] {" "}and one probe
       *[other] {" "}and { $probes } probes
    }
}.
kit-course-time = Time: { $time }.
kit-key-skip = Skip, come back later
kit-key-asked = Mark what was asked: the question, then probe by probe
kit-key-briefing = Outline of the job
kit-key-time = Put the interview's time into the note
kit-key-quote = Put quotation marks into the note, or around what is selected
kit-key-big = Large type
kit-key-dark = Dark, light, as the system
kit-manner = View
kit-manner-big = Large type
kit-manner-left = Ratings at the left thumb, on a phone
kit-manner-theme = Colours
kit-manner-system = As the system
kit-manner-light = Light
kit-manner-dark = Dark
kit-standing-offline = No connection. Go on as usual: what you write is kept on this device, encrypted, and is sent by itself when the connection is back. Only submitting has to wait.
kit-standing-failed = The server does not take it at the moment. It is tried again by itself; keep this page open.
kit-standing-unkept = This browser keeps nothing on the device. Keep this page open until it is saved, or copy your text.
kit-standing-signin = You are no longer signed in. Your text is kept on this device, encrypted. Sign in again, in the new tab, and it is saved by itself.
kit-standing-sealed = This scorecard was submitted in another tab or on another device, and a submitted scorecard stays as it is. What you wrote here since is kept on this device.
kit-standing-closed = This interview takes no more ratings: it was cancelled, its job was closed, or you are no longer on its panel. What you wrote here since is kept on this device. Whoever runs the job can open it again.
kit-standing-see = See what was not saved
kit-late-title = Written here, and not saved
kit-late-sealed = It came after the scorecard was submitted. Copy what you need: a rating can still be amended on the scorecard, with a reason.
kit-late-closed = It came after the interview or its job was closed. It stays on this device; if the job is opened again, open this kit here and it is saved. You can also copy it.
kit-late-copy = Copy
kit-late-copied = Copied
kit-late-forget = Remove from this device
kit-halo-no-evidence = All { $count } ratings are { $score }, and { $dimensions ->
    [one] one dimension has
   *[other] { $dimensions } dimensions have
} no evidence. Does one impression colour them all? Look at each anchor once more, or choose “Not enough evidence”.
kit-halo-only-against = All { $count } ratings are { $score }, but in { $dimensions ->
    [one] one dimension
   *[other] { $dimensions } dimensions
} you ticked only signs against, and in others only signs for. Look at each anchor once more.
kit-halo-private = Only you see this, and it is kept nowhere.
kit-review-offline = There is no connection, so the ratings cannot be shown together and not be submitted. All that you wrote is kept on this device. You can go on in every dimension, and recommend below.
kit-done-next = What happens next
kit-done-panel = When the whole panel has submitted, the hiring manager compares the candidates for { $job } and calls for a debrief where you differ.
kit-done-amend = If you change your mind, amend a rating on your scorecard, with a reason. Both stay.
kit-waiting = Words that were not sent wait on this device. Open the kit, and they are saved.
kit-waiting-open = Open the kit
