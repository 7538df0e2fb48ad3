ALTER TABLE rubrics DROP COLUMN copied_from;
