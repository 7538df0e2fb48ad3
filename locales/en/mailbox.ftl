# The mailbox of a development installation.
mailbox-title = Mailbox
mailbox-lead = Every letter that Attune would have sent, as its reader would see it.
mailbox-notice = For development only. Whoever sits at this computer can open this page without signing in, and use the links in the letters. Sign in to see your organisation's letters alone.
mailbox-notice-own = For development only. These are your organisation's letters; whoever sits at this computer can open them without signing in, and use the links in them.
mailbox-sign-in = Sign in
mailbox-empty = No letters yet
mailbox-empty-detail = Invite a member, schedule an interview or send a summary; the letter is here a moment later.
mailbox-at-the-door = Letters to people here are in the mailbox.
