-- A session is good as long as it carries the stamp of its user.
ALTER TABLE users ADD COLUMN stamp VARCHAR(36) NOT NULL DEFAULT '';
ALTER TABLE users ADD COLUMN is_disabled INTEGER NOT NULL DEFAULT 0;
UPDATE users SET stamp = lower(hex(randomblob(16)));
