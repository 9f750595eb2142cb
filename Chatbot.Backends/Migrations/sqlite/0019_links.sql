-- Links on words of a chunk, a JSON list of start, length and URL; NULL for none.
ALTER TABLE chunks ADD COLUMN links TEXT;
