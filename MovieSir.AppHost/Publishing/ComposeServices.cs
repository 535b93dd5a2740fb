using Aspire.Hosting.Docker.Resources.ComposeNodes;
using Aspire.Hosting.Docker.Resources.ServiceNodes;

namespace MovieSir.AppHost.Publishing;

/// <summary>What a published compose service needs beyond the model: its health check, its volumes, and what it may write.</summary>
internal static class ComposeServices
{
    // What .NET's images run as: a folder in memory is root's unless it says otherwise.
    private const string HomeOfApp = "/home/app:mode=0700,uid=1654,gid=1654,size=16m";

    public static void Postgres(Service service)
    {
        // Over TCP: while the image initializes a new volume its temporary server answers on the socket only.
        service.Healthcheck = Check(["CMD", "pg_isready", "-h", "127.0.0.1", "-U", "postgres", "-d", "moviesir"], startPeriod: "60s");
        // The image asks for the password on its socket too; the clients that deploy/ops runs in the container find it here.
        service.Environment["PGUSER"] = "postgres";
        service.Environment["PGPASSWORD"] = service.Environment["POSTGRES_PASSWORD"];
        service.Environment["POSTGRES_INITDB_ARGS"] += " --data-checksums"; // a page that the disk has spoiled is told of, not served
        service.Tmpfs = ["/tmp", "/run/postgresql"];
        service.CapAdd = ["CHOWN", "DAC_OVERRIDE", "FOWNER", "SETGID", "SETUID"]; // its entrypoint gives the volume to postgres and drops root
        service.ShmSize = "1gb"; // HNSW indexes are built in parallel, in shared memory
        service.StopGracePeriod = "60s";
    }

    public static void Redis(Service service)
    {
        service.Environment["REDISCLI_AUTH"] = service.Environment["REDIS_PASSWORD"]; // for redis-cli, here and from deploy/ops
        service.Healthcheck = Check(["CMD-SHELL", "redis-cli ping | grep -q PONG"], startPeriod: "30s");
        service.User = "redis";
    }

    /// <summary>Variables of .env that may stay empty.</summary>
    public static IReadOnlyList<string> OptionalVariables { get; } =
        ["GOOGLE_CLIENT_ID", "GOOGLE_CLIENT_SECRET", "GITHUB_CLIENT_ID", "GITHUB_CLIENT_SECRET"];

    public static void Catalog(Service service)
    {
        RunsTheEncoder(service);
        service.Image = "${INFERENCE_IMAGE}"; // the same program as inference
        service.Restart = "on-failure:3";
    }

    public static void Inference(Service service)
    {
        RunsTheEncoder(service);
        service.Healthcheck = HttpCheck(8001, startPeriod: "60s");
    }

    public static void Api(Service service)
    {
        service.Healthcheck = HttpCheck(8000, startPeriod: "30s");
        service.Tmpfs = ["/tmp", HomeOfApp];
        service.Environment["Edge__TrustedProxies__0"] = ComposeConventions.Subnet; // whose forwarded headers it believes
        string[] settings = ["GoogleClientId", "GoogleClientSecret", "GitHubClientId", "GitHubClientSecret"];
        foreach (var (setting, variable) in settings.Zip(OptionalVariables))
        {
            service.Environment[$"OAuth__{setting}"] = $"${{{variable}:-}}"; // off where .env leaves it empty
        }
        service.Ports = []; // the edge is what the world sees
        service.Expose = ["8000"];
    }

    public static void Dashboard(Service service)
    {
        service.Ports = ["127.0.0.1:18888:18888"]; // through an SSH tunnel
        service.Restart = null; // as the others
        service.Tmpfs = ["/tmp", HomeOfApp];
    }

    public static Healthcheck Check(List<string> test, string startPeriod) =>
        new() { Test = test, Interval = "10s", Timeout = "5s", Retries = 3, StartPeriod = startPeriod };

    // The encoder comes with the image, and nothing is kept in a file: the database has it all.
    private static void RunsTheEncoder(Service service)
    {
        service.Environment["ORT_DISABLE_TELEMETRY"] = "1";
        service.Tmpfs = ["/tmp"];
    }

    // The images carry no curl: the shell itself asks.
    private static Healthcheck HttpCheck(int port, string startPeriod) => Check(
        [
            "CMD", "bash", "-c",
            $"exec 3<>/dev/tcp/127.0.0.1/{port} && printf 'GET /health HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 "
                + "&& read -r _ status _ <&3 && [ \"$$status\" = 200 ]",
        ],
        startPeriod);
}
