-- Vectors of the questions of an entry: of its question and of each alternative, in that order, as 32-bit floats one after the other.
CREATE TABLE faq_vectors (
    faq_id         VARCHAR(36) NOT NULL PRIMARY KEY REFERENCES faqs (id) ON DELETE CASCADE,
    -- Of the questions they were made of: another one, and they are made anew.
    questions_hash CHAR(64)    NOT NULL,
    model          VARCHAR(64) NOT NULL,
    vectors        BLOB        NOT NULL
);
