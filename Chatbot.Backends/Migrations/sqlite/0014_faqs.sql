-- Questions with their answers, as editors write them; what is indexed of one is the document with its id.
CREATE TABLE faqs (
    id                VARCHAR(36) NOT NULL PRIMARY KEY,
    knowledge_base_id VARCHAR(36) NOT NULL REFERENCES knowledge_bases (id) ON DELETE CASCADE,
    question_hash     CHAR(64)    NOT NULL,
    question          TEXT        NOT NULL,
    alternatives      TEXT        NOT NULL,
    answer            TEXT        NOT NULL,
    language          VARCHAR(8),
    link              TEXT,
    created_at        BIGINT      NOT NULL,
    updated_at        BIGINT      NOT NULL,
    UNIQUE (knowledge_base_id, question_hash)
);
