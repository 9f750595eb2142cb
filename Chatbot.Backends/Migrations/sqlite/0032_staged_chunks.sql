-- The chunks of staged documents as rows, ready to be copied: while an index takes another's place nobody can write, so
-- that nothing is to be worked out then. Whoever switches makes them, in short steps.
CREATE TABLE staged_chunks (
    document_id       VARCHAR(36) NOT NULL,
    ordinal           INTEGER     NOT NULL,
    knowledge_base_id VARCHAR(36) NOT NULL REFERENCES knowledge_bases (id) ON DELETE CASCADE,
    id                VARCHAR(36) NOT NULL,
    url               TEXT        NOT NULL,
    title             TEXT,
    heading_path      TEXT        NOT NULL,
    text              TEXT        NOT NULL,
    language          VARCHAR(8),
    page              INTEGER     NOT NULL,
    anchor            TEXT,
    links             TEXT,
    text_hash         CHAR(64),
    -- Of its text among those that wait for a vector.
    rank              INTEGER     NOT NULL,
    PRIMARY KEY (document_id, ordinal)
);
CREATE INDEX staged_chunks_by_knowledge_base ON staged_chunks (knowledge_base_id);

-- How many of them there are; NULL: they are not there yet.
ALTER TABLE staged_documents ADD COLUMN chunk_count INTEGER;
-- The document's version from the switch on; NULL: it stays as it is.
ALTER TABLE staged_documents ADD COLUMN becomes BIGINT;
