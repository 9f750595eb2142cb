-- What visitors may write, with what it is meant as; answers are a JSON object of texts by language.
CREATE TABLE intents (
    knowledge_base_id VARCHAR(36) NOT NULL REFERENCES knowledge_bases (id) ON DELETE CASCADE,
    name              VARCHAR(64) NOT NULL,
    answers           TEXT        NOT NULL,
    template          VARCHAR(64),
    PRIMARY KEY (knowledge_base_id, name)
);
CREATE TABLE examples (
    id                VARCHAR(36) NOT NULL PRIMARY KEY,
    knowledge_base_id VARCHAR(36) NOT NULL REFERENCES knowledge_bases (id) ON DELETE CASCADE,
    intent            VARCHAR(64) NOT NULL,
    text_hash         CHAR(64)    NOT NULL,
    text              TEXT        NOT NULL,
    language          VARCHAR(8),
    created_at        BIGINT      NOT NULL,
    updated_at        BIGINT      NOT NULL,
    UNIQUE (knowledge_base_id, text_hash)
);
