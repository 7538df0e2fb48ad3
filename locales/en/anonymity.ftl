# Anonymised review: labels instead of names.
anonymity-label = Candidate { $letters }
anonymity-notice = Names are hidden until the decision. What people wrote may still tell who it is: the candidate's own name is covered in it, a school, a former employer or a nickname is not.
anonymity-job-notice = Candidates of this job are compared without names until the decision. Interviewers, recruiters and HR see names; whoever only compares or decides sees labels. What people wrote may still tell who it is: the candidate's own name is covered in it, a school, a former employer or a nickname is not.
