# What an identity provider is told when its request cannot be taken (SCIM)
scim-filter-unknown = Only attribute eq "value" can be asked for: userName, externalId, emails.value or id of users, displayName, id or members of groups
scim-path-unknown = This is no path of an attribute
scim-operations-needed = Operations must be a list of one to 1,000 objects
scim-text-needed = This must be text
scim-member-unknown = A list of at most 1,000 ids of users of this organisation is expected
scim-group-is-there = This group is there already: it is a role. Link to it instead of making it
scim-group-is-no-role = Groups are the roles of Attune: Admin, Recruiter, Hiring manager, Interviewer and HR. Others cannot be made
scim-group-stays = Groups are the roles of Attune and cannot be removed
scim-group-name-stays = Groups are the roles of Attune and keep their names
