-- The run's sitemaps are read: what they name waits in the frontier.
ALTER TABLE crawl_runs ADD COLUMN sitemaps_read INTEGER NOT NULL DEFAULT 0;

-- Feeds that pages of a site name. A page that did not change is not read again; its feed is.
CREATE TABLE site_feeds (
    site_id  VARCHAR(36) NOT NULL REFERENCES sites (id) ON DELETE CASCADE,
    url_hash CHAR(64)    NOT NULL,
    url      TEXT        NOT NULL,
    PRIMARY KEY (site_id, url_hash)
);
