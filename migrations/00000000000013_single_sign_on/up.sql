-- Single sign-on: an organisation's own identity provider (OpenID Connect) says who its members are.

CREATE TABLE sign_on_providers (
  org_id uuid PRIMARY KEY REFERENCES organisations (id) ON DELETE CASCADE,
  issuer text NOT NULL CHECK (char_length(issuer) BETWEEN 1 AND 400),
  client_id text NOT NULL CHECK (char_length(client_id) BETWEEN 1 AND 400),
  sealed_secret bytea NOT NULL,
  enforced boolean NOT NULL DEFAULT false,
  break_glass_member_id uuid,
  changed_at timestamptz NOT NULL,
  FOREIGN KEY (org_id, break_glass_member_id) REFERENCES members (org_id, id),
  CHECK (NOT enforced OR break_glass_member_id IS NOT NULL)
);
COMMENT ON TABLE sign_on_providers IS 'The identity provider of an organisation, where it has one.';
COMMENT ON COLUMN sign_on_providers.org_id IS 'The organisation.';
COMMENT ON COLUMN sign_on_providers.issuer IS 'The provider''s issuer, an https address exactly as the provider gives it.';
COMMENT ON COLUMN sign_on_providers.client_id IS 'How the provider calls us.';
COMMENT ON COLUMN sign_on_providers.sealed_secret IS 'By which the provider knows us, encrypted with a key derived from ATTUNE_SECRET_KEY.';
COMMENT ON COLUMN sign_on_providers.enforced IS 'Members sign in through the provider only, but for one admin.';
COMMENT ON COLUMN sign_on_providers.break_glass_member_id IS 'The admin who may sign in without the provider, for the day on which it fails.';
COMMENT ON COLUMN sign_on_providers.changed_at IS 'When it was last changed.';

CREATE TABLE sign_on_domains (
  org_id uuid NOT NULL REFERENCES organisations (id) ON DELETE CASCADE,
  domain text NOT NULL CHECK (char_length(domain) BETWEEN 1 AND 253),
  added_at timestamptz NOT NULL,
  confirmed_at timestamptz,
  PRIMARY KEY (org_id, domain)
);
CREATE UNIQUE INDEX sign_on_domains_confirmed ON sign_on_domains (domain) WHERE confirmed_at IS NOT NULL;
COMMENT ON TABLE sign_on_domains IS 'Domains of mail addresses whose owners sign in through the organisation''s provider.';
COMMENT ON COLUMN sign_on_domains.org_id IS 'The organisation.';
COMMENT ON COLUMN sign_on_domains.domain IS 'In lower case; belongs to one organisation at most once it is confirmed.';
COMMENT ON COLUMN sign_on_domains.added_at IS 'When an admin named it.';
COMMENT ON COLUMN sign_on_domains.confirmed_at IS 'When the operator of this installation confirmed that it is theirs; null before, and then it opens nothing.';

CREATE TABLE identities (
  org_id uuid NOT NULL,
  issuer text NOT NULL,
  subject text NOT NULL CHECK (char_length(subject) BETWEEN 1 AND 255),
  member_id uuid NOT NULL,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (org_id, issuer, subject),
  FOREIGN KEY (org_id, member_id) REFERENCES members (org_id, id) ON DELETE CASCADE
);
CREATE INDEX identities_member ON identities (org_id, member_id);
COMMENT ON TABLE identities IS 'Who a member is at the identity provider. Issuer and subject name a person for good; an address does not.';
COMMENT ON COLUMN identities.org_id IS 'The organisation.';
COMMENT ON COLUMN identities.issuer IS 'The provider.';
COMMENT ON COLUMN identities.subject IS 'The person, as the provider calls them.';
COMMENT ON COLUMN identities.member_id IS 'The member.';
COMMENT ON COLUMN identities.created_at IS 'When they first signed in through the provider.';
