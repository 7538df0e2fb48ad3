-- Scorecards that were filled in on paper and entered by somebody else, and what their interviewer says to it.

CREATE TABLE papers (
  org_id uuid NOT NULL,
  scorecard_id uuid NOT NULL,
  entered_by uuid NOT NULL,
  entered_at timestamptz NOT NULL,
  answered_at timestamptz,
  is_right boolean,
  remark text NOT NULL DEFAULT '' CHECK (char_length(remark) <= 4000),
  PRIMARY KEY (org_id, scorecard_id),
  FOREIGN KEY (org_id, scorecard_id) REFERENCES scorecards (org_id, id) ON DELETE CASCADE,
  FOREIGN KEY (org_id, entered_by) REFERENCES members (org_id, id),
  CHECK ((answered_at IS NULL) = (is_right IS NULL))
);
CREATE INDEX papers_entered_by ON papers (org_id, entered_by);
COMMENT ON TABLE papers IS 'A scorecard that came on paper and was entered by somebody else than its interviewer. It is submitted; until its interviewer has answered it is marked as not confirmed.';
COMMENT ON COLUMN papers.org_id IS 'The organisation.';
COMMENT ON COLUMN papers.scorecard_id IS 'The scorecard; its seat says for whom it was entered.';
COMMENT ON COLUMN papers.entered_by IS 'Who entered it.';
COMMENT ON COLUMN papers.entered_at IS 'When.';
COMMENT ON COLUMN papers.answered_at IS 'When the interviewer last said whether it is right; null before.';
COMMENT ON COLUMN papers.is_right IS 'What they said; null before.';
COMMENT ON COLUMN papers.remark IS 'What they say is wrong.';

SELECT raise_wall('papers', 'SELECT, INSERT, UPDATE');
