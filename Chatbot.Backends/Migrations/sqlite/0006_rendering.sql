-- Whether what was read of a page had been rendered; NULL when nobody judged whether it should be.
ALTER TABLE pages ADD COLUMN rendered INTEGER;

-- What rendering has brought on pages of a site that look alike.
CREATE TABLE render_patterns (
    site_id VARCHAR(36)  NOT NULL REFERENCES sites (id) ON DELETE CASCADE,
    pattern VARCHAR(200) NOT NULL,
    tried   INTEGER      NOT NULL,
    gained  INTEGER      NOT NULL,
    -- Pages without gain in a row.
    barren  INTEGER      NOT NULL,
    PRIMARY KEY (site_id, pattern)
);

-- What a site's owner gave the crawler to get in: headers, passwords, cookies. Sealed with a key that is not in here.
CREATE TABLE site_access (
    site_id    VARCHAR(36) NOT NULL PRIMARY KEY REFERENCES sites (id) ON DELETE CASCADE,
    sealed     TEXT        NOT NULL,
    changed_at BIGINT      NOT NULL
);
