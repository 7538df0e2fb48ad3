DROP TABLE passkeys;
DROP TABLE handovers;
ALTER TABLE api_tokens DROP COLUMN scopes;
ALTER TABLE members DROP COLUMN is_service;
ALTER TABLE members DROP COLUMN own_jobs_only;
