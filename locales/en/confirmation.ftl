# Showing once more who one is.
confirmation-title = Is it you?
confirmation-lead = This step asks once more who you are. Nothing of what you did is lost: it goes on from here.
confirmation-button = Confirm and go on
confirmation-sign-on-first = 1. Sign in once more
confirmation-sign-on = You sign in through your organisation. Do it once more, in another tab, and come back to this one.
confirmation-sign-on-then = 2. Go on here
