-- Why an answer did not help (words apart by blanks), what would have been right, when an editor was through with it, and the entry that came of it.
ALTER TABLE feedback ADD COLUMN reasons VARCHAR(200) NOT NULL DEFAULT '';
ALTER TABLE feedback ADD COLUMN correction TEXT;
ALTER TABLE feedback ADD COLUMN handled_at BIGINT;
ALTER TABLE feedback ADD COLUMN faq_id VARCHAR(36) REFERENCES faqs (id) ON DELETE SET NULL;
CREATE INDEX feedback_by_faq ON feedback (faq_id);
CREATE INDEX feedback_by_time ON feedback (created_at);
