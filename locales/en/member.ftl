# Members and their roles.
member-tab = Members
member-title = Members
member-lead = Who works in { $organisation }, and what each of them may do.
member-name = Name
member-name-hint = As colleagues know them.
member-email = Email
member-email-taken = Somebody in this organisation already has this address
member-roles = Roles
member-roles-hint = A member may have several. What they may do changes with their next click.
member-role-needed = Choose at least one role
member-role-admin = Admin
member-role-admin-hint = May do everything, and manages members and settings.
member-role-recruiter = Recruiter
member-role-recruiter-hint = Opens jobs, adds candidates, schedules interviews and edits rubrics.
member-role-hiring-manager = Hiring manager
member-role-hiring-manager-hint = Compares the candidates of their own jobs, decides and sends the summary.
member-role-interviewer = Interviewer
member-role-interviewer-hint = Runs interviews with the kit and fills in scorecards.
member-role-hr = HR
member-role-hr-hint = Sees every job, exports records and reads the trail.
member-state = State
member-active = Active
member-invited = Invited
member-disabled = Disabled
member-since = since { $when }
member-added = Added
member-facts = About this member
member-language = Language
member-language-hint = Of the invitation, and of Attune until they choose another.
member-language-browser = As their browser
member-time-zone = Time zone
member-none = No further members
member-none-text = The list ends here.
member-pages = Pages
member-first-page = First page
member-next-page = Next 50 →
member-invite = Invite a member
member-invite-lead = They get a letter with a link, and choose a password of their own.
member-invite-send = Send the invitation
member-invitation = Invitation
member-invitation-text = { $name } has not joined yet. The link in the letter works for seven days; a new letter brings a new one.
member-invitation-again = Send the invitation again
member-roles-save = Save the roles
member-own-jobs-only = Only their own jobs
member-own-jobs-only-hint = They see a job when they are its recruiter or hiring manager, or sit on one of its panels. Admins see every job all the same.
member-done-handed-over = The scorecard is handed over, and everybody concerned gets a letter.
member-disable-title = Disable this member
member-disable-text = Once disabled, { $name } is signed out everywhere and cannot sign in; their API tokens stop working. Interviews, scorecards and notes stay as they are.
member-disable-confirm = Disable { $name }? They are signed out everywhere at once.
member-disable = Disable
member-enable-title = Enable this member
member-enable-text = { $name } can sign in again, with the password and the roles from before. API tokens must be made anew.
member-enable-text-invited = { $name } never joined. Once enabled, send the invitation again.
member-enable = Enable
member-not-yourself = You cannot disable yourself. Ask another admin to do it.
member-last-admin = This is the last admin who can sign in. Make somebody else an admin first; when they have joined, try again.
member-break-glass = This admin may sign in without the identity provider, for the day on which it fails. Choose another one for that in the settings of single sign-on first.
member-done-invited = The invitation is on its way.
member-done-invited-again = The invitation is on its way once more.
member-done-roles = The roles are saved.
member-done-disabled = The member is disabled and signed out everywhere.
member-done-enabled = The member can sign in again.
member-outside-text = { $name } has no role and no password, and reaches only the interviews they hold, by the link to each. Invite the same address to make them a member: what they rated stays theirs.
member-outside-no-roles = Somebody without an account has no roles. Invite the same address to make them a member.
member-factors = Second factor
member-factors-text = { $app ->
    [true] { $passkeys ->
        [0] An authenticator app.
        [one] An authenticator app and one passkey.
       *[other] An authenticator app and { $passkeys } passkeys.
    }
   *[false] { $passkeys ->
        [0] None: the password alone, or your identity provider.
        [one] One passkey.
       *[other] { $passkeys } passkeys.
    }
}
member-factors-lost = Has { $name } lost what they sign in with? Make sure that it is they who ask, best face to face or by phone.
member-factors-remove = Remove app, codes and passkeys
member-factors-confirm = Remove every second factor of { $name }? They are signed out everywhere, and the password alone lets them in again. A password shorter than 15 characters goes too. A letter tells them.
member-factors-none = There is neither an app nor a passkey to remove.
member-factors-yourself = Your own you remove under “Signing in”.
member-done-factors = App, codes and passkeys are removed. A letter tells them.
