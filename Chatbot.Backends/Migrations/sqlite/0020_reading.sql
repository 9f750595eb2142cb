-- How pictures of text are read on a site, JSON; NULL for the defaults.
ALTER TABLE sites ADD COLUMN reading TEXT;

-- Pictures on pages of sites that have them read: where their bytes are, NULL for what is none or too large.
CREATE TABLE site_images (
    site_id       VARCHAR(36) NOT NULL REFERENCES sites (id) ON DELETE CASCADE,
    url_hash      VARCHAR(64) NOT NULL,
    url           TEXT        NOT NULL,
    blob_hash     VARCHAR(64),
    etag          TEXT,
    last_modified TEXT,
    fetched_at    BIGINT      NOT NULL,
    PRIMARY KEY (site_id, url_hash)
);
