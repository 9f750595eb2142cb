-- How many redirects led to a URL, so that a chain of them ends.
ALTER TABLE frontier ADD COLUMN redirects INTEGER NOT NULL DEFAULT 0;

-- URLs that were let in, held against the site's page limit.
ALTER TABLE crawl_runs ADD COLUMN admitted INTEGER NOT NULL DEFAULT 0;

-- The next URLs of a run are those nearest to its start: read in this order, not sorted each time.
DROP INDEX frontier_by_state;
CREATE INDEX frontier_by_depth ON frontier (run_id, state, depth, not_before);
