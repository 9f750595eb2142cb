-- Texts of an index that is being built that had no vector when they were cut: they get theirs before it takes the other's place.
CREATE TABLE staged_texts (
    document_id       VARCHAR(36) NOT NULL,
    text_hash         CHAR(64)    NOT NULL,
    knowledge_base_id VARCHAR(36) NOT NULL REFERENCES knowledge_bases (id) ON DELETE CASCADE,
    text              TEXT        NOT NULL,
    PRIMARY KEY (document_id, text_hash)
);
CREATE INDEX staged_texts_by_text_hash ON staged_texts (text_hash);
CREATE INDEX staged_texts_by_knowledge_base ON staged_texts (knowledge_base_id);

-- Since when an index is complete but for the vectors of its texts.
ALTER TABLE index_builds ADD COLUMN complete_at BIGINT;
