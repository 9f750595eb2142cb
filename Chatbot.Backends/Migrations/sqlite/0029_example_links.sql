-- The web address that an example is about; null when it is about none.
ALTER TABLE examples ADD COLUMN link TEXT;
