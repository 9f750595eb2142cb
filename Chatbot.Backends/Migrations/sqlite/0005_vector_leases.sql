-- Who is making a text's vector, and until when nobody else does; after a failure, until when nobody tries again.
ALTER TABLE pending_vectors ADD COLUMN lease VARCHAR(36);
ALTER TABLE pending_vectors ADD COLUMN leased_until BIGINT NOT NULL DEFAULT 0;
CREATE INDEX pending_vectors_by_lease ON pending_vectors (lease);

-- Failed tries. After the third a text is parked with its reason and no longer waits.
ALTER TABLE pending_vectors ADD COLUMN tries INTEGER NOT NULL DEFAULT 0;
ALTER TABLE pending_vectors ADD COLUMN error TEXT;
