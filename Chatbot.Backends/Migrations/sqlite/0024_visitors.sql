-- Who a conversation is with: a hash of what his browser calls itself; null where it says nothing.
ALTER TABLE conversations ADD COLUMN visitor CHAR(64);

CREATE INDEX conversations_by_time ON conversations (knowledge_base_id, updated_at);
CREATE INDEX conversations_by_visitor ON conversations (visitor);
