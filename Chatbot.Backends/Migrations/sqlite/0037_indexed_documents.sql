-- Every row that a search reads asks here whether it counts: in one look, where a key beside the rows takes two.
CREATE TABLE found_documents (
    document_id       VARCHAR(36) NOT NULL PRIMARY KEY,
    knowledge_base_id VARCHAR(36) NOT NULL,
    version           BIGINT      NOT NULL,
    -- Which rows of it searches find.
    build             BIGINT      NOT NULL
) WITHOUT ROWID;
INSERT INTO found_documents (document_id, knowledge_base_id, version, build) SELECT document_id, knowledge_base_id, version, build FROM indexed_documents;
DROP VIEW chunks;
DROP TABLE indexed_documents;
ALTER TABLE found_documents RENAME TO indexed_documents;
CREATE INDEX indexed_documents_by_knowledge_base ON indexed_documents (knowledge_base_id);
CREATE VIEW chunks AS
SELECT c.document_id, c.ordinal, c.knowledge_base_id, c.id, i.version, c.url, c.title, c.heading_path, c.text, c.language, c.page, c.anchor, c.links, c.text_hash
FROM indexed_documents i JOIN chunk_rows c ON c.document_id = i.document_id AND c.build = i.build;
