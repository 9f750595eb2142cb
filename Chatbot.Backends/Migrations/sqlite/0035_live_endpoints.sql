-- Where the language model answered: the same name elsewhere is another model. Null of models that were noted before.
ALTER TABLE live_models ADD COLUMN endpoint VARCHAR(500) NULL;
