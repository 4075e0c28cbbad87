"""What any community would need and none owns: database, unit of work, clock, text, mail, languages, jobs."""
