-- Times are Unix milliseconds, UTC. Ids are UUIDs as text. Long keys (URLs) are found by their SHA-256.

CREATE TABLE knowledge_bases (
    id            VARCHAR(36)  NOT NULL PRIMARY KEY,
    name          VARCHAR(64)  NOT NULL UNIQUE,
    title         VARCHAR(200) NOT NULL,
    settings      TEXT         NOT NULL,
    created_at    BIGINT       NOT NULL
);

CREATE TABLE sites (
    id                VARCHAR(36)  NOT NULL PRIMARY KEY,
    knowledge_base_id VARCHAR(36)  NOT NULL REFERENCES knowledge_bases (id) ON DELETE CASCADE,
    name              VARCHAR(200) NOT NULL,
    scope             TEXT         NOT NULL,
    render_mode       VARCHAR(16)  NOT NULL,
    host_delay_ms     INTEGER,
    allow_private     INTEGER      NOT NULL,
    created_at        BIGINT       NOT NULL
);
CREATE INDEX sites_by_knowledge_base ON sites (knowledge_base_id);

CREATE TABLE crawl_runs (
    id              VARCHAR(36) NOT NULL PRIMARY KEY,
    site_id         VARCHAR(36) NOT NULL REFERENCES sites (id) ON DELETE CASCADE,
    state           VARCHAR(16) NOT NULL,
    message         TEXT,
    created_at      BIGINT      NOT NULL,
    started_at      BIGINT,
    finished_at     BIGINT,
    -- What became of the URLs; kept here too so that a list of runs needs no counting.
    fetched         INTEGER NOT NULL DEFAULT 0,
    new_pages       INTEGER NOT NULL DEFAULT 0,
    changed_pages   INTEGER NOT NULL DEFAULT 0,
    unchanged_pages INTEGER NOT NULL DEFAULT 0,
    gone_pages      INTEGER NOT NULL DEFAULT 0,
    duplicate_pages INTEGER NOT NULL DEFAULT 0,
    skipped_pages   INTEGER NOT NULL DEFAULT 0,
    failed_pages    INTEGER NOT NULL DEFAULT 0,
    queued_pages    INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX crawl_runs_by_site ON crawl_runs (site_id, created_at);

-- The URLs of a run. A crawler leases some, works on them, and records what became of them.
CREATE TABLE frontier (
    run_id       VARCHAR(36) NOT NULL REFERENCES crawl_runs (id) ON DELETE CASCADE,
    url_hash     CHAR(64)    NOT NULL,
    url          TEXT        NOT NULL,
    host         VARCHAR(255) NOT NULL,
    depth        INTEGER     NOT NULL,
    found_on     TEXT,
    state        VARCHAR(16) NOT NULL,
    lease        VARCHAR(36),
    leased_until BIGINT,
    not_before   BIGINT      NOT NULL,
    attempts     INTEGER     NOT NULL DEFAULT 0,
    reason       VARCHAR(64),
    detail       TEXT,
    status       INTEGER,
    content_type VARCHAR(128),
    bytes        BIGINT,
    blob_hash    CHAR(64),
    rendered     INTEGER     NOT NULL DEFAULT 0,
    ms           INTEGER,
    PRIMARY KEY (run_id, url_hash)
);
CREATE INDEX frontier_by_state ON frontier (run_id, state, not_before, depth);

-- What is remembered of a site's URLs from run to run: how to ask conditionally and what was there.
CREATE TABLE pages (
    site_id       VARCHAR(36) NOT NULL REFERENCES sites (id) ON DELETE CASCADE,
    url_hash      CHAR(64)    NOT NULL,
    url           TEXT        NOT NULL,
    document_id   VARCHAR(36),
    etag          TEXT,
    last_modified TEXT,
    blob_hash     CHAR(64),
    content_hash  CHAR(64),
    -- Links of the page as a JSON list, so that an unchanged page needs no reading to go on from it.
    links         TEXT,
    last_run_id   VARCHAR(36) NOT NULL,
    missing_runs  INTEGER     NOT NULL DEFAULT 0,
    PRIMARY KEY (site_id, url_hash)
);
CREATE INDEX pages_by_content ON pages (site_id, content_hash);

CREATE TABLE documents (
    id                VARCHAR(36) NOT NULL PRIMARY KEY,
    knowledge_base_id VARCHAR(36) NOT NULL REFERENCES knowledge_bases (id) ON DELETE CASCADE,
    site_id           VARCHAR(36),
    url_hash          CHAR(64)    NOT NULL,
    url               TEXT        NOT NULL,
    title             TEXT,
    language          VARCHAR(8),
    content_type      VARCHAR(128),
    blob_hash         CHAR(64),
    content_hash      CHAR(64),
    version           BIGINT      NOT NULL,
    indexed_version   BIGINT      NOT NULL DEFAULT 0,
    status            VARCHAR(16) NOT NULL,
    error             TEXT,
    chunk_count       INTEGER     NOT NULL DEFAULT 0,
    changed_at        BIGINT      NOT NULL,
    indexed_at        BIGINT,
    UNIQUE (knowledge_base_id, url_hash)
);
CREATE INDEX documents_by_site ON documents (site_id);
CREATE INDEX documents_by_status ON documents (knowledge_base_id, status);

CREATE TABLE extractions (
    blob_hash         CHAR(64)    NOT NULL,
    extractor_version VARCHAR(64) NOT NULL,
    body              BLOB        NOT NULL,
    PRIMARY KEY (blob_hash, extractor_version)
);

CREATE TABLE jobs (
    -- The order of publishing: ids that follow from content say nothing about it, and times are too coarse.
    sequence     INTEGER     PRIMARY KEY AUTOINCREMENT,
    id           VARCHAR(36) NOT NULL UNIQUE,
    queue        VARCHAR(64) NOT NULL,
    body         TEXT        NOT NULL,
    trace_parent VARCHAR(64),
    -- waiting, leased or dead; a done job's row is deleted.
    state        VARCHAR(8)  NOT NULL,
    not_before   BIGINT      NOT NULL,
    lease        VARCHAR(36),
    leased_until BIGINT,
    attempts     INTEGER     NOT NULL DEFAULT 0,
    error        TEXT,
    created_at   BIGINT      NOT NULL,
    died_at      BIGINT
);
CREATE INDEX jobs_by_state ON jobs (queue, state, sequence);

-- What searches find. The inverted lists are made from these rows; chunk_changes tells every process what to read again.
CREATE TABLE chunks (
    document_id       VARCHAR(36) NOT NULL,
    ordinal           INTEGER     NOT NULL,
    knowledge_base_id VARCHAR(36) NOT NULL,
    id                VARCHAR(36) NOT NULL,
    version           BIGINT      NOT NULL,
    url               TEXT        NOT NULL,
    title             TEXT,
    heading_path      TEXT        NOT NULL,
    text              TEXT        NOT NULL,
    language          VARCHAR(8),
    page              INTEGER     NOT NULL DEFAULT 0,
    anchor            TEXT,
    PRIMARY KEY (document_id, ordinal)
);
CREATE INDEX chunks_by_knowledge_base ON chunks (knowledge_base_id, document_id);

CREATE TABLE chunk_changes (
    generation        INTEGER PRIMARY KEY AUTOINCREMENT,
    knowledge_base_id VARCHAR(36) NOT NULL,
    document_id       VARCHAR(36) NOT NULL
);

CREATE TABLE users (
    id            VARCHAR(36)  NOT NULL PRIMARY KEY,
    name          VARCHAR(200) NOT NULL UNIQUE,
    password_hash TEXT         NOT NULL,
    is_admin      INTEGER      NOT NULL,
    created_at    BIGINT       NOT NULL
);

CREATE TABLE conversations (
    id                VARCHAR(36) NOT NULL PRIMARY KEY,
    knowledge_base_id VARCHAR(36) NOT NULL REFERENCES knowledge_bases (id) ON DELETE CASCADE,
    created_at        BIGINT      NOT NULL,
    updated_at        BIGINT      NOT NULL
);

CREATE TABLE messages (
    id              VARCHAR(36) NOT NULL PRIMARY KEY,
    conversation_id VARCHAR(36) NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    role            VARCHAR(16) NOT NULL,
    text            TEXT        NOT NULL,
    citations       TEXT,
    trace_id        VARCHAR(32),
    refused         INTEGER     NOT NULL DEFAULT 0,
    degraded        INTEGER     NOT NULL DEFAULT 0,
    created_at      BIGINT      NOT NULL
);
CREATE INDEX messages_by_conversation ON messages (conversation_id, created_at);

CREATE TABLE feedback (
    message_id VARCHAR(36) NOT NULL PRIMARY KEY REFERENCES messages (id) ON DELETE CASCADE,
    helpful    INTEGER     NOT NULL,
    comment    TEXT,
    created_at BIGINT      NOT NULL
);
