DROP TABLE summaries, decisions;
