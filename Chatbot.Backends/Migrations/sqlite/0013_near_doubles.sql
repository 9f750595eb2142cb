-- To find pages that are nearly the same: a hash of what may not differ (title, headings, numbers, tables, code), a SimHash of all
-- words, and how many there are; NULL for pages too short to tell. A page that gave way names the one that is kept.
ALTER TABLE pages ADD COLUMN outline BIGINT;
ALTER TABLE pages ADD COLUMN simhash BIGINT;
ALTER TABLE pages ADD COLUMN words INTEGER;
ALTER TABLE pages ADD COLUMN near_to CHAR(64);
CREATE INDEX pages_by_outline ON pages (site_id, outline) WHERE outline IS NOT NULL;
