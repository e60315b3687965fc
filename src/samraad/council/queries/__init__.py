"""Questions over several tables, a file for each concept: forum, seat, meeting, proposal."""
