-- How often a URL was put off because its host asked for patience or was away; these count apart from failed attempts.
ALTER TABLE frontier ADD COLUMN waits INTEGER NOT NULL DEFAULT 0;
