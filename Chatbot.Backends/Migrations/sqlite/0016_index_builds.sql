-- How the chunks of a knowledge base's index were cut, and how those of the one that is being built beside it are.
CREATE TABLE index_builds (
    knowledge_base_id VARCHAR(36)  NOT NULL PRIMARY KEY REFERENCES knowledge_bases (id) ON DELETE CASCADE,
    chunker           VARCHAR(100) NOT NULL,
    building          VARCHAR(100),
    started_at        BIGINT
);

-- The documents of an index that is being built: nobody finds them before all are there.
CREATE TABLE staged_documents (
    document_id       VARCHAR(36) NOT NULL PRIMARY KEY,
    knowledge_base_id VARCHAR(36) NOT NULL REFERENCES knowledge_bases (id) ON DELETE CASCADE,
    version           BIGINT      NOT NULL,
    title             TEXT,
    language          VARCHAR(8),
    note              TEXT,
    chunks            BLOB        NOT NULL
);
CREATE INDEX staged_documents_by_knowledge_base ON staged_documents (knowledge_base_id, document_id);
