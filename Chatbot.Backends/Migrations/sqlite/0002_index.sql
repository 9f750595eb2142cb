-- Which version of each document searches find.
CREATE TABLE indexed_documents (
    document_id       VARCHAR(36) NOT NULL PRIMARY KEY,
    knowledge_base_id VARCHAR(36) NOT NULL,
    version           BIGINT      NOT NULL
);
CREATE INDEX indexed_documents_by_knowledge_base ON indexed_documents (knowledge_base_id);

CREATE INDEX chunk_changes_by_knowledge_base ON chunk_changes (knowledge_base_id, generation);

-- The segment files (a JSON list of names, oldest first) that hold a knowledge base up to a generation.
CREATE TABLE index_checkpoints (
    knowledge_base_id VARCHAR(36) NOT NULL PRIMARY KEY,
    generation        BIGINT      NOT NULL,
    files             TEXT        NOT NULL
);
