-- Members whom an organisation's identity provider makes, changes and takes away (SCIM 2.0).

CREATE TABLE provisioned_members (
  org_id uuid NOT NULL,
  member_id uuid NOT NULL,
  external_id text CHECK (char_length(external_id) BETWEEN 1 AND 255),
  given_name text CHECK (char_length(given_name) BETWEEN 1 AND 120),
  family_name text CHECK (char_length(family_name) BETWEEN 1 AND 120),
  created_at timestamptz NOT NULL,
  removed_at timestamptz,
  PRIMARY KEY (org_id, member_id),
  FOREIGN KEY (org_id, member_id) REFERENCES members (org_id, id) ON DELETE CASCADE
);
CREATE INDEX provisioned_members_external ON provisioned_members (org_id, external_id) WHERE external_id IS NOT NULL;
COMMENT ON TABLE provisioned_members IS 'What an identity provider says about a member besides what every member has; none for those it never wrote about.';
COMMENT ON COLUMN provisioned_members.org_id IS 'The organisation.';
COMMENT ON COLUMN provisioned_members.member_id IS 'The member.';
COMMENT ON COLUMN provisioned_members.external_id IS 'What the provider calls them.';
COMMENT ON COLUMN provisioned_members.given_name IS 'As the provider has it; we show the name as a whole.';
COMMENT ON COLUMN provisioned_members.family_name IS 'As the provider has it; we show the name as a whole.';
COMMENT ON COLUMN provisioned_members.created_at IS 'When the provider first wrote about them.';
COMMENT ON COLUMN provisioned_members.removed_at IS 'When the provider took them away: the member is disabled, and to the provider no longer there; null while it has them.';

SELECT raise_wall('provisioned_members', 'SELECT, INSERT, UPDATE');
