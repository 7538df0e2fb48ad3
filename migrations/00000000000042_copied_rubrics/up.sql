-- A copied rubric remembers what it was copied from, so that whoever changes it sees the difference before it has a version of its own.

ALTER TABLE rubrics ADD COLUMN copied_from uuid,
  ADD FOREIGN KEY (org_id, copied_from) REFERENCES rubric_versions (org_id, id);
CREATE INDEX rubrics_copied_from ON rubrics (org_id, copied_from) WHERE copied_from IS NOT NULL;
COMMENT ON COLUMN rubrics.copied_from IS 'The published version that it was copied from; null for one that was not copied, or from a draft.';
