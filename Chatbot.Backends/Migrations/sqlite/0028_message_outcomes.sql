-- What was shown with an answer beside its text and citations, as JSON; null when there was nothing.
ALTER TABLE messages ADD COLUMN outcome TEXT;
