-- The language model that a knowledge base was last answered by when nothing else was set: another one is tried first.
CREATE TABLE live_models (
    knowledge_base_id VARCHAR(36)  NOT NULL PRIMARY KEY REFERENCES knowledge_bases (id) ON DELETE CASCADE,
    model             VARCHAR(200) NOT NULL
);
