# Rubrics: the list, a version read like a document, drafts and what they change.
rubric-list-lead = What every interview asks, what to listen for, and what each rating looks like.
rubric-list-empty = No rubric yet
rubric-list-empty-detail = The built-in rubric comes with every organisation. Ask your admin why it is missing here.
rubric-pages = Pages
rubric-next-page = Next page
rubric-published-on = Version { $version }, published { $date }
rubric-published = published { $date }
rubric-by = begun by { $name }
rubric-never-published = Not published yet
rubric-open-jobs = { $count ->
    [0] no open job uses it
    [one] one open job uses it
   *[other] { $count } open jobs use it
}
rubric-dimensions = Dimensions
rubric-draft = Draft
rubric-draft-by = Draft of version { $version }, begun by { $name }
rubric-draft-of = Draft of version { $version }
rubric-draft-begun-by = draft, begun by { $name }
rubric-open-draft = Open the draft
rubric-edit-as-draft = Edit as draft
rubric-go-to-draft = Continue the draft of version { $version }
rubric-is-outdated = You are reading version { $version }. Jobs that pin it keep it; new jobs use a newer one.
rubric-to-newest = Read version { $version }
rubric-reading-draft = This is a draft. No job can use it until it is published.
rubric-filter = What to show
rubric-language = Language
rubric-medium = Medium
rubric-all-media = All media
rubric-medium-in-person = In person
rubric-medium-video = Video
rubric-medium-phone = Phone
rubric-medium-text = In writing
rubric-show = Show
rubric-untranslated = { $count ->
    [one] One text is not written in this language yet; it stands in the rubric’s first language.
   *[other] { $count } texts are not written in this language yet; they stand in the rubric’s first language.
}
rubric-contents = Contents
rubric-scale = How to rate
rubric-length = Length
rubric-length-minutes = { $count ->
    [one] One minute for all dimensions
   *[other] { $count } minutes for all dimensions
}
rubric-share = { $share } of the whole
rubric-questions-behavioural = Questions about what happened
rubric-questions-situational = Questions about a case to imagine
rubric-listen-for = Listen for
rubric-choice-positive = Speaks for
rubric-choice-negative = Speaks against
rubric-choice-behavioural = About something that happened
rubric-choice-situational = About a case to imagine
rubric-anchors = What each rating looks like
rubric-anchors-of = What each rating looks like: { $dimension }
rubric-versions = Versions
rubric-versions-lead = A published version never changes. A job keeps the version that it was opened with.
rubric-version = Version { $version }
rubric-pinned-by = Used by
rubric-pinned-by-none = No job that you can see uses it
rubric-job-closed = closed
rubric-download = Download
rubric-download-version = Download version { $version } as a YAML file
rubric-copy-go = Make a copy
rubric-copy-title = Make a rubric of your own from this one
rubric-copy-lead = The copy has versions of its own. This rubric stays as it is.
rubric-copy-name = Name of the new rubric
rubric-copy-button = Copy as a new rubric

rubric-copied = The copy is yours to change. It can be used for jobs once it is published.
rubric-discarded = The draft is discarded.
rubric-draft-saved = Saved.
rubric-draft-saved-alongside = Saved. Somebody else saved this draft too while you were writing; both changes are in it.
rubric-published-now = Published. New jobs use this version from now on.

rubric-draft-title = Draft of { $name }
rubric-draft-first-lead = This rubric is new. Write it, then publish it as version 1.
rubric-draft-same-lead = This will be version { $version }. So far it says what the published version says.
rubric-draft-changed-lead = { $count ->
    [one] This will be version { $version }. One place differs from the published version.
   *[other] This will be version { $version }. { $count } places differ from the published version.
}
rubric-review-and-publish = Review and publish
rubric-to-do = { $count ->
    [one] One thing to put right before it can be published
   *[other] { $count } things to put right before it can be published
}
rubric-see-what = See what
rubric-not-yet-publishable = Not published: there is something to put right first. The list below says what and where.
rubric-draft-moved-on = Not published: somebody saved the draft after you opened the comparison. Look at what it changes now, then publish.
rubric-draft-is-the-same = Not published: the draft says exactly what the published version says.
rubric-as-a-whole = The rubric as a whole
rubric-basics = Name, scale and rules
rubric-section-basics = What it is called, how long it takes, what 1 to 5 mean, the rules of rating
rubric-guide = Guide for interviewers
rubric-section-guide = The outline for every candidate; before, during and after; rating errors
rubric-question-count = { $count ->
    [one] one question
   *[other] { $count } questions
}
rubric-indicator-count = { $count ->
    [one] one indicator
   *[other] { $count } indicators
}
rubric-move-up-named = Move up: { $name }
rubric-move-down-named = Move down: { $name }
rubric-remove = Remove
rubric-remove-named = Remove: { $name }
rubric-keep = Keep
rubric-remove-dimension-confirm = Remove { $name } from the draft, with { $questions } questions and { $indicators } indicators? Published versions keep it.
rubric-new-dimension = New dimension
rubric-new-dimension-hint = One word or two. You write its questions and anchors next.
rubric-add-dimension = Add the dimension
rubric-first-language = First language: everything else is translated from it
rubric-fully-translated = Fully translated
rubric-partly-translated = { $written } of { $total } texts translated
rubric-remove-language-confirm = Remove { $name } from the draft, with { $count } translated texts? Published versions keep it.
rubric-new-language = Add a language
rubric-choose-language = Choose a language
rubric-add-language = Add the language
rubric-discard-draft = Discard the draft
rubric-discard-title = Discard the draft?
rubric-discard-all = { $name } was never published: the whole rubric goes, and nobody can bring it back.
rubric-discard-changes = { $count ->
    [0] The draft of version { $version } goes. It changes nothing yet.
    [one] The draft of version { $version } goes with the one place that it changes. Nobody can bring it back.
   *[other] The draft of version { $version } goes with the { $count } places that it changes. Nobody can bring them back.
}
rubric-keep-draft = Keep the draft

rubric-translating = From { $from } into { $to }. What you leave empty is read in { $from }.
rubric-switch-saves = Switching the language saves first.
rubric-group-names = In words
rubric-group-scale = What the ratings are called
rubric-group-rules = Rules of rating
rubric-group-briefing = The outline for every candidate
rubric-group-guide = Before, during and after
rubric-group-errors = Rating errors to know
rubric-group-words = In words
rubric-group-questions = Questions
rubric-group-indicators = What to listen for
rubric-group-not-evidence = Never evidence
rubric-group-anchors = What each rating looks like
rubric-one-per-line = One per line
rubric-weight-hint = From 0 to 100, relative to the other dimensions. Equal weights are best unless a job analysis says otherwise.
rubric-add-question = Add a question
rubric-add-positive = Add an indicator that speaks for
rubric-add-negative = Add an indicator that speaks against
rubric-add-error = Add a rating error
rubric-save-draft = Save the draft
rubric-save-and-next = Save and go on to { $name }
rubric-save-and-back = Save and go back
rubric-theirs = Saved by somebody else:
rubric-mine = Yours, not saved yet:
rubric-clash-title = { $count ->
    [one] Somebody else changed the same text while you were writing
   *[other] Somebody else changed the same { $count } texts while you were writing
}
rubric-clash-detail = Both texts are shown. Nothing of yours is saved yet. Change yours as it should be, then save.
rubric-lost-title = What you typed has no place any more
rubric-lost-lead = Somebody published, discarded or removed it while you were writing. Your texts are below; copy what you want to keep.
rubric-lost-part = Somebody removed the part while you were writing. Your text is here; copy it if you want to keep it.

rubric-differences-title = What version { $version } changes
rubric-differences-lead = { $count ->
    [0] Nothing differs from version { $version }.
    [one] One place differs from version { $version }.
   *[other] { $count } places differ from version { $version }.
}
rubric-differences-copied = { $count ->
    [0] Nothing differs yet from “{ $name }”, from which this was copied.
    [one] One place differs from “{ $name }”, from which this was copied.
   *[other] { $count } places differ from “{ $name }”, from which this was copied.
}
rubric-differences-first = Nothing of this rubric is published yet, so there is nothing to compare with.
rubric-difference-added = Not there
rubric-difference-removed = Removed
rubric-publish-title = Publish version { $version }
rubric-publish-lead = A published version never changes. New jobs use it from then on.
rubric-publish-jobs = { $count ->
    [one] One job keeps the version that it was opened with.
   *[other] { $count } jobs keep the version that they were opened with.
}
rubric-publish = Publish version { $version }
rubric-back-to-draft = Back to the draft

# Places of a rubric, from the whole to the part.
rubric-numbered-rating = Rating { $number }
rubric-numbered-anchor = Anchor { $number }
rubric-numbered-question = Question { $number }
rubric-numbered-indicator = Indicator { $number }
rubric-numbered-error = Error { $number }
rubric-numbered-line = Line { $number }
rubric-place-unnamed = Without a name
rubric-place-key = Short name
rubric-place-languages = Languages
rubric-place-dimensions = Dimensions
rubric-place-name = Name
rubric-place-text = Explanation
rubric-place-summary = Summary
rubric-place-role-family = Where it is used
rubric-place-minutes = Minutes for all dimensions
rubric-place-not-enough-evidence = Not enough evidence
rubric-place-rules = Rules of rating
rubric-place-briefing = The outline for every candidate
rubric-place-steps = Steps
rubric-place-facts = Facts in it
rubric-place-guide = Guide for interviewers
rubric-place-before = Before the interview
rubric-place-during = During the interview
rubric-place-after = After the interview
rubric-place-errors = Rating errors to know
rubric-place-headline = Headline
rubric-place-definition = Definition
rubric-place-why = Why it matters
rubric-place-caution = Beware
rubric-place-weight = Weight
rubric-place-questions = Questions
rubric-place-question-text = Question
rubric-place-kind = Kind
rubric-place-probes = Follow-up questions
rubric-place-indicators = Indicators
rubric-place-indicator-text = What to listen for
rubric-place-sign = For or against
rubric-place-media = Media
rubric-place-not-evidence = Never evidence
rubric-place-anchors = Anchors

# What keeps a rubric from being published, or a text from being saved.
rubric-complaint-anchor-unexpected = There are ratings from 1 to 5 only
rubric-complaint-dimension-missing = Add at least one dimension
rubric-complaint-key-malformed = Use small letters, digits, - and _ only
rubric-complaint-key-repeated = This short name is used twice
rubric-complaint-language-malformed = Choose a language from the list
rubric-complaint-language-missing = A rubric needs its first language
rubric-complaint-language-repeated = This language is listed twice
rubric-complaint-medium-missing = Tick at least one medium
rubric-complaint-medium-repeated = A medium is named twice
rubric-complaint-minutes-out-of-range = Enter whole minutes from 1 to 480
rubric-complaint-question-missing = Add at least one question
rubric-complaint-text-control-character = Remove the invisible control characters
rubric-complaint-text-missing = Write this text
rubric-complaint-text-too-long = Shorten this: names to 120 characters, other texts to 2000
rubric-complaint-text-unknown-language = This text is in a language that the rubric does not list
rubric-complaint-too-many = There are too many of these; remove some
rubric-complaint-weight-too-large = Enter a whole number from 0 to 100
rubric-complaint-weights-all-zero = Give at least one dimension a weight above 0
