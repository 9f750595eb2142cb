-- Visitors who want to be answered by a person, and who is told of them; the secret of a webhook is sealed.
CREATE TABLE handovers (
    id                VARCHAR(36) NOT NULL PRIMARY KEY,
    knowledge_base_id VARCHAR(36) NOT NULL REFERENCES knowledge_bases (id) ON DELETE CASCADE,
    conversation_id   VARCHAR(36) NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    name              TEXT,
    reach             TEXT        NOT NULL,
    note              TEXT,
    language          VARCHAR(8)  NOT NULL,
    state             VARCHAR(16) NOT NULL,
    error             TEXT,
    mailed_at         BIGINT,
    called_at         BIGINT,
    created_at        BIGINT      NOT NULL
);
CREATE INDEX handovers_of ON handovers (knowledge_base_id, created_at);
CREATE INDEX handovers_of_conversation ON handovers (conversation_id);
CREATE TABLE handover_targets (
    knowledge_base_id VARCHAR(36) NOT NULL PRIMARY KEY REFERENCES knowledge_bases (id) ON DELETE CASCADE,
    email             TEXT,
    webhook_url       TEXT,
    sealed_secret     TEXT
);
