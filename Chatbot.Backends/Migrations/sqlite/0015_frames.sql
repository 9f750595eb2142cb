-- Of each page of a site: what of it may stand on the others, too, as 64-bit hashes, and a sum of what of it was taken for
-- the site's frame when it was indexed.
CREATE TABLE page_frames (
    document_id VARCHAR(36) NOT NULL PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE,
    site_id     VARCHAR(36) NOT NULL,
    language    VARCHAR(8)  NOT NULL,
    hashes      BLOB        NOT NULL,
    applied     BIGINT      NOT NULL
);
CREATE INDEX page_frames_by_site ON page_frames (site_id);

-- What stands on most pages of a site.
CREATE TABLE site_frames (
    site_id VARCHAR(36) NOT NULL PRIMARY KEY REFERENCES sites (id) ON DELETE CASCADE,
    version BIGINT      NOT NULL,
    body    TEXT        NOT NULL
);
