# The question library, and the questions of a round.
question-title = Question library
question-lead = Questions of your own, for rubrics and for the rounds of jobs. What a question says never changes; what is no longer good is retired.
question-new = Add a question
question-new-lead = Write it in every language in which you interview. It is read aloud, so write it as one would say it.
question-about = What it asks about
question-states = Which questions
question-in-use = In use
question-retired = Retired
question-find = Words or tag
question-dimension = Dimension
question-kind = Kind
question-any = Any
question-choose = Choose
question-look = Look
question-tags = Tags
question-tags-hint = With commas between, such as: phone, night shift
question-text = Question
question-text-hint = One question, not two. Leave it empty in a language in which you do not ask.
question-probes = Follow-up questions
question-probes-hint = One a line, the same ones in every language and in the same order. Interviewers ask no others.
question-add = Add to the library
question-one = Question
question-uses = { $rounds ->
    [0] Not chosen in any round yet.
    [one] Chosen in one round, { $interviews ->
        [0] not asked yet.
        [one] asked in one interview.
       *[other] asked in { $interviews } interviews.
    }
   *[other] Chosen in { $rounds } rounds, { $interviews ->
        [0] not asked yet.
        [one] asked in one interview.
       *[other] asked in { $interviews } interviews.
    }
}
question-from = Another one from this
question-is-retired-mark = Retired
question-is-retired = This question is retired. Offer it again in the library, or take another.
question-retired-notice = This question is retired: it stays where it is used, and is offered no more.
question-retire = Retire the question
question-retire-hint = It stays where it is used, and is offered no more. You can offer it again.
question-offer-again = Offer it again
question-added-on = Added on { $date }.
question-done-added = The question is in the library.
question-done-tagged = The tags are saved.
question-done-retired = The question is retired.
question-done-returned = The question is offered again.
question-none = No questions yet
question-none-text = Add the questions that worked well, with the dimension that they ask about. Rubrics and rounds can then choose them.
question-none-for = The library has no question on { $dimension } yet
question-none-found = No question like this
question-none-found-text = Try fewer words, or another dimension.
question-text-needed = Write the question in at least one language
question-probes-too-many = At most { $most } follow-up questions
question-probes-differ = Write as many follow-up questions as in the first language: { $count }
question-tags-too-many = At most { $most } tags of at most { $long } characters each
question-insert = Take one from the library
question-insert-title = { $dimension }: take a question from the library
question-insert-lead = It comes to the end of the dimension's questions in the draft, where it can be moved. Interviews that have begun are not touched.
question-insert-this = Insert
question-inserted = In the draft
question-of-library = from the library
round-questions-link = Choose questions
round-questions-title = Questions of { $round }
round-questions-lead = Every candidate of this round is asked the ones that you tick, and no others. Choose until the first interview begins.
round-questions-lead-frozen = The first interview of this round began on { $date }. Since then the questions stay as they are, so that every candidate gets the same.
round-questions-save = Save the choice
round-questions-done = The choice is saved. The kit asks these questions.
round-questions-frozen = An interview of this round has begun. Every candidate gets the same questions, so they cannot be changed any more.
round-questions-changed-meanwhile = Somebody else has chosen other questions meanwhile. Look at what you ticked, and save again what should stand.
round-question-needed = Tick at least one question
round-questions-too-many = Tick at most { $most } questions
