-- What language models are told and asked: each save is a version, the highest is in use. An empty language is any.
CREATE TABLE prompt_templates (
    id                VARCHAR(36) NOT NULL,
    version           BIGINT      NOT NULL,
    knowledge_base_id VARCHAR(36) NOT NULL REFERENCES knowledge_bases (id) ON DELETE CASCADE,
    name              VARCHAR(64) NOT NULL,
    language          VARCHAR(8)  NOT NULL,
    text              TEXT        NOT NULL,
    note              TEXT,
    created_at        BIGINT      NOT NULL,
    PRIMARY KEY (id, version)
);
CREATE INDEX prompt_templates_of ON prompt_templates (knowledge_base_id, name, language);
