namespace MovieSir.Data.Migrations;

/// <summary>What EF Core cannot express: indexes of the partitioned log, buckets of latency, and what the new columns and sums begin with.</summary>
internal static class ConsoleSql
{
    public const string Up = """
        -- Names of an index of the log's filters end in what they filter by; the time comes last, so that a page is read from one place.
        CREATE INDEX ix_request_log_company_id_status ON b2b.request_log (company_id, status, occurred_at DESC, event_id DESC);
        CREATE INDEX ix_request_log_company_id_endpoint ON b2b.request_log (company_id, endpoint, occurred_at DESC, event_id DESC);
        CREATE INDEX ix_request_log_company_id_request_id ON b2b.request_log (company_id, request_id);
        -- Nearly all calls are of the two; where these are asked for, the newest are soon found without an index.
        CREATE INDEX ix_request_log_company_id_method ON b2b.request_log (company_id, method, occurred_at DESC, event_id DESC)
            WHERE method NOT IN ('GET', 'POST');

        CREATE FUNCTION b2b.latency_bucket(ms real) RETURNS smallint
        LANGUAGE sql IMMUTABLE PARALLEL SAFE
        RETURN least(floor(10 * ln(greatest(ms, 0.1)::double precision / 0.1) / ln(2::double precision)), 240)::smallint;

        CREATE FUNCTION b2b.latency_of(bucket integer) RETURNS double precision
        LANGUAGE sql IMMUTABLE PARALLEL SAFE
        RETURN 0.1 * power(2::double precision, (bucket + 0.5) / 10);

        INSERT INTO b2b.usage_latency (company_id, day, bucket, calls)
        SELECT company_id, usage_day, b2b.latency_bucket(latency_ms), count(*) FROM b2b.request_log
        GROUP BY company_id, usage_day, b2b.latency_bucket(latency_ms);

        -- A plan was a key's until now: a company has the greatest of its keys', and what single keys were given beyond it.
        UPDATE b2b.companies SET plan = had.plan, daily_limit = had.daily_limit, burst_limit = had.burst_limit
        FROM (
            SELECT company_id, max(daily_limit) AS daily_limit, max(burst_limit) AS burst_limit,
                (ARRAY['Free', 'Basic', 'Pro', 'Enterprise'])[max(array_position(ARRAY['Free', 'Basic', 'Pro', 'Enterprise'], plan::text))] AS plan
            FROM b2b.api_keys WHERE revoked_at IS NULL GROUP BY company_id
        ) AS had
        WHERE companies.company_id = had.company_id;
        """;

    public const string Down = """
        DROP FUNCTION b2b.latency_of(integer);
        DROP FUNCTION b2b.latency_bucket(real);
        DROP INDEX b2b.ix_request_log_company_id_status;
        DROP INDEX b2b.ix_request_log_company_id_endpoint;
        DROP INDEX b2b.ix_request_log_company_id_request_id;
        DROP INDEX b2b.ix_request_log_company_id_method;
        """;

    // What was told twice counts once from here on, so that what is there may be in sums.
    public const string QualityUp = """
        ALTER TABLE b2b.request_log ADD COLUMN track_a_movies smallint;
        DELETE FROM b2b.feedback AS again USING b2b.feedback AS first
        WHERE (again.recommendation_id, again.movie_id, again.type) = (first.recommendation_id, first.movie_id, first.type)
            AND again.feedback_id > first.feedback_id;
        """;

    public const string QualityDown = "ALTER TABLE b2b.request_log DROP COLUMN track_a_movies;";

    // What travellers did last, whoever they are.
    public const string AdministrationUp = """
        CREATE INDEX ix_recommendation_sessions_created_at ON b2c.recommendation_sessions (created_at DESC);
        CREATE INDEX ix_provider_clicks_clicked_at ON b2c.provider_clicks (clicked_at DESC);
        CREATE INDEX ix_watched_movies_updated_at ON b2c.watched_movies (updated_at DESC);
        """;

    public const string AdministrationDown = """
        DROP INDEX b2c.ix_recommendation_sessions_created_at;
        DROP INDEX b2c.ix_provider_clicks_clicked_at;
        DROP INDEX b2c.ix_watched_movies_updated_at;
        """;
}
