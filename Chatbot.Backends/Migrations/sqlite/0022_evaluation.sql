-- Questions whose right answer is known: pages and phrases as JSON lists, name is what files call the question.
CREATE TABLE golden_questions (
    id                VARCHAR(36)  NOT NULL PRIMARY KEY,
    knowledge_base_id VARCHAR(36)  NOT NULL REFERENCES knowledge_bases (id) ON DELETE CASCADE,
    name              VARCHAR(100) NOT NULL,
    question_hash     CHAR(64)     NOT NULL,
    question          TEXT         NOT NULL,
    language          VARCHAR(8),
    kind              VARCHAR(32)  NOT NULL,
    expected_pages    TEXT         NOT NULL,
    expected_phrases  TEXT         NOT NULL,
    -- A draft counts in no run before an editor accepts it.
    draft             INTEGER      NOT NULL,
    origin            VARCHAR(16)  NOT NULL,
    message_id        VARCHAR(36),
    created_at        BIGINT       NOT NULL,
    updated_at        BIGINT       NOT NULL,
    UNIQUE (knowledge_base_id, name),
    UNIQUE (knowledge_base_id, question_hash)
);

CREATE TABLE evaluation_runs (
    id                VARCHAR(36) NOT NULL PRIMARY KEY,
    knowledge_base_id VARCHAR(36) NOT NULL REFERENCES knowledge_bases (id) ON DELETE CASCADE,
    state             VARCHAR(16) NOT NULL,
    cause             VARCHAR(16) NOT NULL,
    -- What is tried, as JSON; null when it is what visitors get.
    candidate         TEXT,
    message           TEXT,
    metrics           TEXT,
    lease             VARCHAR(36),
    leased_until      BIGINT,
    created_at        BIGINT      NOT NULL,
    started_at        BIGINT,
    finished_at       BIGINT
);
CREATE INDEX evaluation_runs_by_knowledge_base ON evaluation_runs (knowledge_base_id, created_at);
CREATE INDEX evaluation_runs_by_state ON evaluation_runs (state, created_at);

-- The questions of a run as they were when it began, and how each went; null until it was asked.
CREATE TABLE evaluation_results (
    run_id   VARCHAR(36) NOT NULL REFERENCES evaluation_runs (id) ON DELETE CASCADE,
    ordinal  INTEGER     NOT NULL,
    question TEXT        NOT NULL,
    outcome  TEXT,
    PRIMARY KEY (run_id, ordinal)
);

CREATE TABLE evaluation_settings (
    knowledge_base_id VARCHAR(36) NOT NULL PRIMARY KEY REFERENCES knowledge_bases (id) ON DELETE CASCADE,
    cron              VARCHAR(100),
    time_zone         VARCHAR(100) NOT NULL,
    next_at           BIGINT,
    gate              INTEGER     NOT NULL,
    tolerance         REAL        NOT NULL,
    drift             INTEGER     NOT NULL,
    webhook           TEXT
);

-- What was answered last to the questions that are asked again after crawls.
CREATE TABLE known_answers (
    knowledge_base_id VARCHAR(36) NOT NULL REFERENCES knowledge_bases (id) ON DELETE CASCADE,
    question_hash     CHAR(64)    NOT NULL,
    answer            TEXT        NOT NULL,
    cited             TEXT        NOT NULL,
    refused           INTEGER     NOT NULL,
    model             VARCHAR(200),
    asked_at          BIGINT      NOT NULL,
    PRIMARY KEY (knowledge_base_id, question_hash)
);

-- The crawl runs after which it was looked, or is being looked, for answers that changed.
CREATE TABLE drift_checks (
    run_id            VARCHAR(36) NOT NULL PRIMARY KEY,
    knowledge_base_id VARCHAR(36) NOT NULL REFERENCES knowledge_bases (id) ON DELETE CASCADE,
    leased_until      BIGINT,
    questions         INTEGER     NOT NULL DEFAULT 0,
    changed           INTEGER     NOT NULL DEFAULT 0,
    finished_at       BIGINT
);

CREATE TABLE answer_changes (
    id                VARCHAR(36) NOT NULL PRIMARY KEY,
    knowledge_base_id VARCHAR(36) NOT NULL REFERENCES knowledge_bases (id) ON DELETE CASCADE,
    run_id            VARCHAR(36) NOT NULL,
    question          TEXT        NOT NULL,
    times             INTEGER     NOT NULL,
    before_answer     TEXT        NOT NULL,
    before_cited      TEXT        NOT NULL,
    before_refused    INTEGER     NOT NULL,
    after_answer      TEXT        NOT NULL,
    after_cited       TEXT        NOT NULL,
    after_refused     INTEGER     NOT NULL,
    -- The pages that changed with the run and that one of the answers cites.
    pages             TEXT        NOT NULL,
    created_at        BIGINT      NOT NULL,
    seen_at           BIGINT
);
CREATE INDEX answer_changes_by_time ON answer_changes (knowledge_base_id, created_at);

-- When an editor last found that an entry still says what its source says.
CREATE TABLE source_confirmations (
    item_id      VARCHAR(36) NOT NULL PRIMARY KEY,
    confirmed_at BIGINT      NOT NULL
);

-- An index that is complete and waits for an evaluation, and the evaluation that it waits for.
ALTER TABLE index_builds ADD COLUMN held_at BIGINT;
ALTER TABLE index_builds ADD COLUMN run_id VARCHAR(36);
