-- How an answer came about, for editors; steps is JSON, in Base64 of Brotli where that is shorter.
CREATE TABLE message_traces (
    message_id VARCHAR(36) NOT NULL PRIMARY KEY REFERENCES messages (id) ON DELETE CASCADE,
    trace_id   VARCHAR(32) NOT NULL,
    steps      TEXT        NOT NULL,
    created_at BIGINT      NOT NULL
);
CREATE INDEX message_traces_by_trace ON message_traces (trace_id);
CREATE INDEX message_traces_by_time ON message_traces (created_at);
