-- The chunks of an index that is being built stand beside those that searches find: to put the one index in the place of
-- the other is to note which rows count, and copies none of them.
CREATE TABLE chunk_rows (
    document_id       VARCHAR(36) NOT NULL,
    -- Of the index they were cut for (index_builds.number); 0: from before one was built anew.
    build             BIGINT      NOT NULL,
    ordinal           INTEGER     NOT NULL,
    knowledge_base_id VARCHAR(36) NOT NULL,
    id                VARCHAR(36) NOT NULL,
    url               TEXT        NOT NULL,
    title             TEXT,
    heading_path      TEXT        NOT NULL,
    text              TEXT        NOT NULL,
    language          VARCHAR(8),
    page              INTEGER     NOT NULL,
    anchor            TEXT,
    links             TEXT,
    -- Of what is embedded of a chunk: title, headings and text. Chunks with the same one share a vector.
    text_hash         CHAR(64),
    PRIMARY KEY (document_id, build, ordinal)
);
INSERT INTO chunk_rows (document_id, build, ordinal, knowledge_base_id, id, url, title, heading_path, text, language, page, anchor, links, text_hash)
SELECT document_id, 0, ordinal, knowledge_base_id, id, url, title, heading_path, text, language, page, anchor, links, text_hash FROM chunks;
DROP TABLE chunks;
CREATE INDEX chunk_rows_by_knowledge_base ON chunk_rows (knowledge_base_id, document_id);
CREATE INDEX chunk_rows_by_text ON chunk_rows (text_hash);

-- Which rows of a document searches find.
ALTER TABLE indexed_documents ADD COLUMN build BIGINT NOT NULL DEFAULT 0;
CREATE VIEW chunks AS
SELECT c.document_id, c.ordinal, c.knowledge_base_id, c.id, i.version, c.url, c.title, c.heading_path, c.text, c.language, c.page, c.anchor, c.links, c.text_hash
FROM indexed_documents i JOIN chunk_rows c ON c.document_id = i.document_id AND c.build = i.build;

-- Rises with each index that is begun.
ALTER TABLE index_builds ADD COLUMN number BIGINT NOT NULL DEFAULT 0;

-- Indexes that were being built begin anew.
INSERT OR IGNORE INTO jobs (id, queue, body, state, not_before, created_at)
SELECT knowledge_base_id, 'documents', '{"kind":"reindex-requested","knowledgeBaseId":"' || knowledge_base_id || '"}', 'waiting', 0, 0
FROM index_builds WHERE building IS NOT NULL;
UPDATE index_builds SET building = NULL, started_at = NULL, held_at = NULL, run_id = NULL, complete_at = NULL;
DROP TABLE staged_chunks;
DROP TABLE staged_texts;
DROP TABLE staged_documents;

-- The documents of an index that is being built: nobody finds them before all are there.
CREATE TABLE staged_documents (
    document_id       VARCHAR(36) NOT NULL PRIMARY KEY,
    knowledge_base_id VARCHAR(36) NOT NULL REFERENCES knowledge_bases (id) ON DELETE CASCADE,
    version           BIGINT      NOT NULL,
    title             TEXT,
    language          VARCHAR(8),
    note              TEXT,
    chunk_count       INTEGER     NOT NULL,
    -- The document's version from the switch on, as the files of the new index have it; NULL: it is not in them.
    becomes           BIGINT
);
CREATE INDEX staged_documents_by_knowledge_base ON staged_documents (knowledge_base_id, document_id);
