-- How many pages before this one, each leading to the next, said the same but for numbers and dates.
ALTER TABLE pages ADD COLUMN recurrence INTEGER NOT NULL DEFAULT 0;
