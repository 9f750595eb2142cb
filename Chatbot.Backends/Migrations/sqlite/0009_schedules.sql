-- When a site is crawled by itself (JSON), the next time, and whether it is held back.
ALTER TABLE sites ADD COLUMN schedule TEXT;
ALTER TABLE sites ADD COLUMN next_crawl_at BIGINT;
ALTER TABLE sites ADD COLUMN paused INTEGER NOT NULL DEFAULT 0;

ALTER TABLE crawl_runs ADD COLUMN mode VARCHAR(16) NOT NULL DEFAULT 'full';

-- When a host may be asked again, for all crawlers that share it.
CREATE TABLE host_turns (
    host    VARCHAR(255) NOT NULL PRIMARY KEY,
    next_at BIGINT       NOT NULL
);
