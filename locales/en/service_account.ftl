# Other systems as members.
service-account = Service account
service-account-new = Add a service account
service-account-lead = For another system: it has no password and gets no letters. You make its API tokens, and they do no more than its roles allow.
service-account-name-hint = Which system it is.
service-account-add = Add the account
service-account-no-tokens = No token works. Make one, and give it to the system.
service-account-done-added = The service account is added. Make a token for it now.
