-- Questions of an organisation's own, for rubrics and rounds to choose from. What a question says never changes: whoever wants other
-- words retires it and adds another, so that what was asked stays what it was.

CREATE TABLE questions (
  org_id uuid NOT NULL REFERENCES organisations (id) ON DELETE CASCADE,
  id uuid NOT NULL,
  key text NOT NULL CHECK (char_length(key) BETWEEN 1 AND 60),
  dimension text NOT NULL CHECK (char_length(dimension) BETWEEN 1 AND 40),
  kind text NOT NULL CHECK (kind IN ('behavioural', 'situational')),
  text jsonb NOT NULL,
  probes jsonb NOT NULL,
  tags text[] NOT NULL DEFAULT '{}',
  created_by uuid NOT NULL,
  created_at timestamptz NOT NULL,
  retired_at timestamptz,
  PRIMARY KEY (org_id, id),
  FOREIGN KEY (org_id, created_by) REFERENCES members (org_id, id)
);
CREATE UNIQUE INDEX questions_key ON questions (org_id, key);
CREATE INDEX questions_dimension ON questions (org_id, dimension, id DESC);
COMMENT ON TABLE questions IS 'The question library. Tags and retirement change, the words never do; nothing is deleted.';
COMMENT ON COLUMN questions.org_id IS 'The organisation.';
COMMENT ON COLUMN questions.id IS 'UUID version 7.';
COMMENT ON COLUMN questions.key IS 'By which rubrics, rounds and scorecards name it: lib-, its dimension and some letters.';
COMMENT ON COLUMN questions.dimension IS 'Key of the dimension that it asks about.';
COMMENT ON COLUMN questions.kind IS 'behavioural (something that happened) or situational (a case to imagine).';
COMMENT ON COLUMN questions.text IS 'The question by language.';
COMMENT ON COLUMN questions.probes IS 'Follow-up questions in order, each by language.';
COMMENT ON COLUMN questions.tags IS 'Words to find it by, in small letters.';
COMMENT ON COLUMN questions.created_by IS 'Who added it.';
COMMENT ON COLUMN questions.created_at IS 'When it was added.';
COMMENT ON COLUMN questions.retired_at IS 'Since when it is offered no more; null while it is.';

CREATE INDEX rounds_questions ON rounds USING gin (questions);

CREATE FUNCTION keep_question_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (OLD.key, OLD.dimension, OLD.kind, OLD.text, OLD.probes) IS DISTINCT FROM (NEW.key, NEW.dimension, NEW.kind, NEW.text, NEW.probes) THEN
    RAISE EXCEPTION 'what a question of the library says never changes' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER questions_keep BEFORE UPDATE ON questions FOR EACH ROW EXECUTE FUNCTION keep_question_words();

SELECT raise_wall('questions', 'SELECT, INSERT, UPDATE (tags, retired_at)');
