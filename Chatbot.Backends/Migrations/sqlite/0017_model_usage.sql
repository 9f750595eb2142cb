-- What language models read, wrote and cost, by day (UTC, yyyy-MM-dd); costs in millionths of the currency that prices are set in.
CREATE TABLE model_usage (
    day CHAR(10) NOT NULL,
    provider VARCHAR(100) NOT NULL,
    model VARCHAR(200) NOT NULL,
    answers BIGINT NOT NULL,
    input_tokens BIGINT NOT NULL,
    output_tokens BIGINT NOT NULL,
    cost_micros BIGINT NOT NULL,
    PRIMARY KEY (day, provider, model)
);
