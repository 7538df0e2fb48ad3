DROP INDEX rounds_questions;
DROP TABLE questions;
DROP FUNCTION keep_question_words();
