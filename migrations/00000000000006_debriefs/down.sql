DROP TABLE second_ratings;
DROP TABLE debrief_scorecards;
DROP TABLE debriefs;
