# Showing once more who one is.
confirmation-title = Is it you?
confirmation-lead = This step asks once more who you are. Nothing of what you did is lost: it goes on from here.
confirmation-button = Confirm and go on
