-- The embedding models that vectors were made with. Vectors of different ones are never compared.
-- name: as in embeddings.model, for a model with its dimensions and prefixes. wanted: texts wait for its vectors.
-- asked: questions are compared with its vectors. replaced_at: since when it is neither; its vectors are swept later.
CREATE TABLE embedding_models (
    name           VARCHAR(64)  NOT NULL PRIMARY KEY,
    model          VARCHAR(255) NOT NULL,
    dimensions     INTEGER      NOT NULL,
    query_prefix   VARCHAR(255) NOT NULL,
    passage_prefix VARCHAR(255) NOT NULL,
    wanted         INTEGER      NOT NULL DEFAULT 0,
    asked          INTEGER      NOT NULL DEFAULT 0,
    replaced_at    BIGINT
);

-- Vectors from before there was a choice are the local model's.
INSERT INTO embedding_models (name, model, dimensions, query_prefix, passage_prefix, wanted, asked)
SELECT DISTINCT model, model, 384, 'query: ', 'passage: ', 1, 1 FROM embeddings WHERE model = 'multilingual-e5-small-q4';
