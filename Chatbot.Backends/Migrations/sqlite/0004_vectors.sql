-- Hash of what is embedded of a chunk: title, headings and text. Chunks with the same one share a vector.
ALTER TABLE chunks ADD COLUMN text_hash CHAR(64);
CREATE INDEX chunks_by_text ON chunks (text_hash);

-- Vectors by text and model, as half-precision floats. The number rises, so that every process can read what is new.
CREATE TABLE embeddings (
    number    INTEGER PRIMARY KEY AUTOINCREMENT,
    model     VARCHAR(64) NOT NULL,
    text_hash CHAR(64)    NOT NULL,
    vector    BLOB        NOT NULL,
    UNIQUE (text_hash, model)
);

-- Texts that have no vector yet, the most important (lowest rank) first.
CREATE TABLE pending_vectors (
    text_hash         CHAR(64)    NOT NULL PRIMARY KEY,
    knowledge_base_id VARCHAR(36) NOT NULL,
    rank              INTEGER     NOT NULL
);
CREATE INDEX pending_vectors_by_rank ON pending_vectors (rank);

-- Chunks of before have no hash: they are cut and indexed again when their documents change.
