DROP TABLE amendments, conflict_copies, operations, ratings, scorecards, seats, interviews, candidate_imports, applications,
  candidates, rounds, jobs, rubric_versions, rubrics;
DROP FUNCTION keep_published_rubrics;
