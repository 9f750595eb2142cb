-- What a run has fetched, for sites that limit it.
ALTER TABLE crawl_runs ADD COLUMN fetched_bytes BIGINT NOT NULL DEFAULT 0;
