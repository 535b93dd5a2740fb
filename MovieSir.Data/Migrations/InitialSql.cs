namespace MovieSir.Data.Migrations;

/// <summary>What EF Core cannot express: the partitioned request log, the one row of <c>catalog.state</c>, and its notification.</summary>
internal static class InitialSql
{
    public const string Up = """
        CREATE TABLE b2b.request_log (
            event_id uuid NOT NULL,
            occurred_at timestamptz NOT NULL,
            usage_day date NOT NULL,
            api_key_id uuid NOT NULL,
            company_id uuid NOT NULL,
            request_id text NOT NULL,
            method text NOT NULL,
            endpoint text NOT NULL,
            status smallint NOT NULL,
            error_code text,
            latency_ms real NOT NULL,
            charged boolean NOT NULL,
            recommendation_id uuid,
            client_user_id text,
            client_address inet,
            available_minutes integer,
            movie_ids integer[] NOT NULL,
            PRIMARY KEY (occurred_at, event_id)
        ) PARTITION BY RANGE (occurred_at);

        CREATE INDEX ix_request_log_company_id_occurred_at ON b2b.request_log (company_id, occurred_at DESC);
        CREATE INDEX ix_request_log_api_key_id_occurred_at ON b2b.request_log (api_key_id, occurred_at DESC);
        CREATE INDEX ix_request_log_recommendation_id ON b2b.request_log (recommendation_id) WHERE recommendation_id IS NOT NULL;

        -- No row is ever refused because its month has no partition; b2b.ensure_request_log_partition keeps this one empty.
        CREATE TABLE b2b.request_log_default PARTITION OF b2b.request_log DEFAULT;

        -- The API's role adds to the log but owns nothing: a month's partition is made with the rights of the log's owner.
        -- Such a function must not look for names where its caller can put some.
        CREATE FUNCTION b2b.ensure_request_log_partition(at timestamptz) RETURNS void
        LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
        DECLARE
            month_start timestamptz := date_trunc('month', at, 'UTC');
            partition_name text := 'request_log_' || to_char(month_start AT TIME ZONE 'UTC', 'YYYY_MM');
        BEGIN
            IF to_regclass('b2b.' || partition_name) IS NOT NULL THEN
                RETURN;
            END IF;
            -- Two writers at the turn of a month: the second waits here and then finds the table.
            PERFORM pg_advisory_xact_lock(hashtextextended('b2b.request_log', 0));
            IF to_regclass('b2b.' || partition_name) IS NULL THEN
                EXECUTE format('CREATE TABLE b2b.%I PARTITION OF b2b.request_log FOR VALUES FROM (%L) TO (%L)',
                    partition_name, month_start, month_start + interval '1 month');
            END IF;
        END $$;

        INSERT INTO catalog.state (singleton, revision) VALUES (true, 0);

        CREATE FUNCTION catalog.notify_changed() RETURNS trigger
        LANGUAGE plpgsql AS $$
        BEGIN
            PERFORM pg_notify('catalog_changed', NEW.revision::text);
            RETURN NEW;
        END $$;

        CREATE TRIGGER state_changed AFTER UPDATE ON catalog.state
            FOR EACH ROW EXECUTE FUNCTION catalog.notify_changed();
        """;

    public const string Down = """
        DROP TRIGGER state_changed ON catalog.state;
        DROP FUNCTION catalog.notify_changed();
        DROP FUNCTION b2b.ensure_request_log_partition(timestamptz);
        DROP TABLE b2b.request_log;
        """;
}
