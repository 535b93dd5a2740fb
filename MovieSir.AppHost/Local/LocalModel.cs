namespace MovieSir.AppHost.Local;

/// <summary>The services of a run and their addresses, with the environment variable names that Aspire gives them.</summary>
internal sealed class LocalModel
{
    private const string PostgresConnection = "ConnectionStrings__moviesir";
    private const string RedisConnection = "ConnectionStrings__redis";

    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(5) };

    private readonly LocalPaths _paths;
    private readonly PortPlan _ports;
    private readonly List<Service> _services = [];
    private readonly Dictionary<string, string> _telemetry = [];

    // What a service gets in place of, or beside, what every service gets.
    private readonly Dictionary<string, Dictionary<string, string>> _own = [];

    private LocalModel(LocalPaths paths, PortPlan ports) => (_paths, _ports) = (paths, ports);

    /// <summary>In the order of their dependencies.</summary>
    public IReadOnlyList<Service> Services => _services;

    /// <summary>What a command run beside the system needs to reach it.</summary>
    public Dictionary<string, string> Addresses { get; } = [];

    public static LocalModel Create(LocalOptions options, LocalPaths paths)
    {
        var model = new LocalModel(paths, new PortPlan(options));
        if (options.Dashboard is not null)
        {
            model.AddDashboard(options.Dashboard);
        }

        model.AddPostgres();
        model.AddRedis();
        model.AddCatalog();
        model.AddInference();
        for (var replica = 1; replica <= options.ApiReplicas; replica++)
        {
            model.AddApi(replica);
        }

        return model;
    }

    private void AddDashboard(FileInfo aspire)
    {
        var frontend = LocalUrl(_ports.For(ServiceNames.Dashboard));
        var otlp = LocalUrl(_ports.For(ServiceNames.DashboardOtlp));
        _telemetry["OTEL_EXPORTER_OTLP_ENDPOINT"] = otlp;
        _telemetry["OTEL_EXPORTER_OTLP_PROTOCOL"] = "grpc";
        _services.Add(new Service
        {
            Name = ServiceNames.Dashboard,
            FileName = aspire.FullName,
            Arguments =
            [
                "dashboard", "run", "--frontend-url", frontend, "--otlp-grpc-url", otlp, "--otlp-http-url", LocalUrl(LoopbackPort.Free()),
                "--allow-anonymous", "--nologo", "--non-interactive",
            ],
            Environment = new Dictionary<string, string>
            {
                ["ASPIRE_CLI_TELEMETRY_OPTOUT"] = "1",
                ["HOME"] = aspire.DirectoryName!, // it unpacks itself under its home
            },
            IsReady = Answers(frontend),
            Url = frontend,
        });
    }

    private void AddPostgres()
    {
        if (IsGiven(PostgresConnection))
        {
            return;
        }

        var port = _ports.For(ServiceNames.Postgres);
        var password = Secrets.GetOrCreate(_paths.PasswordFile(ServiceNames.Postgres));
        Addresses[PostgresConnection] = Connection("postgres", password);
        AddEmbedded(ServiceNames.Postgres, port, Signal.Interrupt, token => ServerProbe.PostgresAnswersAsync(port, token));

        // The catalog's job owns the database and makes the others' roles.
        var apiPassword = Secrets.GetOrCreate(_paths.PasswordFile("postgres-api"));
        var inferencePassword = Secrets.GetOrCreate(_paths.PasswordFile("postgres-inference"));
        _own[ServiceNames.Catalog] = new() { ["DatabaseRoles__ApiPassword"] = apiPassword, ["DatabaseRoles__InferencePassword"] = inferencePassword };
        _own[ServiceNames.Inference] = new() { [PostgresConnection] = Connection("moviesir_inference", inferencePassword) };
        _own[ServiceNames.Api] = new() { [PostgresConnection] = Connection("moviesir_api", apiPassword) };

        string Connection(string role, string secret) => $"Host=127.0.0.1;Port={port};Username={role};Password={secret};Database=moviesir";
    }

    private void AddRedis()
    {
        if (IsGiven(RedisConnection))
        {
            return;
        }

        var port = _ports.For(ServiceNames.Redis);
        var password = Secrets.GetOrCreate(_paths.PasswordFile(ServiceNames.Redis));
        Addresses[RedisConnection] = $"127.0.0.1:{port},password={password}";
        AddEmbedded(ServiceNames.Redis, port, Signal.Terminate, token => ServerProbe.RedisAnswersAsync(port, password, token));
    }

    /// <summary>Whether the environment names a server of the user's own, to use instead of an embedded one.</summary>
    private bool IsGiven(string connection)
    {
        if (Environment.GetEnvironmentVariable(connection) is not { Length: > 0 } value)
        {
            return false;
        }

        Addresses[connection] = value;
        return true;
    }

    private void AddEmbedded(string name, int port, Signal stopSignal, Func<CancellationToken, Task<bool>> isReady) => _services.Add(new Service
    {
        Name = name,
        FileName = _paths.EmbeddedServer,
        Arguments =
        [
            name, "--port", $"{port}", "--data", _paths.Data(name), "--password-file", _paths.PasswordFile(name), "--die-with-parent",
        ],
        Environment = new Dictionary<string, string> { ["MOVIESIR_HOME"] = _paths.Home },
        IsReady = isReady,
        StopSignal = stopSignal,
    });

    private void AddCatalog() =>
        _services.Add(Program(ServiceNames.Catalog, "MovieSir.Inference", ["catalog"], [ServiceNames.Postgres]));

    private void AddInference() => AddHttp(
        Program(ServiceNames.Inference, "MovieSir.Inference", [], [ServiceNames.Postgres, ServiceNames.Catalog]),
        _ports.For(ServiceNames.Inference));

    private void AddApi(int replica)
    {
        var name = replica == 1 ? ServiceNames.Api : $"{ServiceNames.Api}-{replica}";
        var port = replica == 1 ? _ports.For(ServiceNames.Api) : LoopbackPort.Free();
        AddHttp(
            Program(name, "MovieSir.Api", [], [ServiceNames.Postgres, ServiceNames.Redis, ServiceNames.Inference], replicaOf: ServiceNames.Api), port);
    }

    private Service Program(string name, string project, string[] arguments, IReadOnlyList<string> dependsOn, string? replicaOf = null) => new()
    {
        Name = name,
        FileName = Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet",
        Arguments = [_paths.Program(project), .. arguments],
        DependsOn = dependsOn,
        Environment = EnvironmentOf(name, replicaOf ?? name),
    };

    private Dictionary<string, string> EnvironmentOf(string name, string service)
    {
        var environment = new Dictionary<string, string>([.. Addresses, .. _telemetry])
        {
            ["MOVIESIR_HOME"] = _paths.Home,
            ["OTEL_SERVICE_NAME"] = service,
            ["OTEL_RESOURCE_ATTRIBUTES"] = $"service.instance.id={name}",
        };
        foreach (var (variable, value) in _own.GetValueOrDefault(service, []))
        {
            environment[variable] = value;
        }

        return environment;
    }

    private void AddHttp(Service program, int port)
    {
        var url = LocalUrl(port);
        Addresses[$"services__{program.Name.Replace('-', '_')}__http__0"] = url;
        _services.Add(program with
        {
            Environment = new Dictionary<string, string>(program.Environment) { ["HTTP_PORTS"] = "", ["ASPNETCORE_URLS"] = url },
            IsReady = Answers($"{url}/health"),
            Url = url,
        });
    }

    private static string LocalUrl(int port) => $"http://127.0.0.1:{port}";

    private static Func<CancellationToken, Task<bool>> Answers(string url) => async cancellationToken =>
    {
        try
        {
            using var response = await Http.GetAsync(url, cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false; // the client's own timeout
        }
    };
}
