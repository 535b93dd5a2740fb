using System.Text.Json;

namespace MovieSir.AppHost.Local;

internal enum ServiceStatus
{
    Waiting,
    Starting,
    Ready,
    Completed,
    BackingOff,
    Stopped,
}

/// <summary>A service as <c>status</c> and the tests see it.</summary>
internal sealed record ServiceState(string Name, ServiceStatus Status, int? ProcessId, string? Url, int Restarts);

/// <summary>The whole run: <c>run/state.json</c>.</summary>
internal sealed record RunState(int ProcessId, bool Ready, IReadOnlyList<ServiceState> Services);

/// <summary>Keeps <c>run/state.json</c> true while the run lives; gone when it has ended.</summary>
internal sealed class StateFile(string file, IEnumerable<Service> services)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    private readonly Lock _lock = new();
    private readonly Dictionary<string, ServiceState> _services = services.ToDictionary(
        service => service.Name, service => new ServiceState(service.Name, ServiceStatus.Waiting, null, service.Url, 0));

    public static RunState? Read(string file) =>
        File.Exists(file) ? JsonSerializer.Deserialize<RunState>(File.ReadAllText(file), Json) : null;

    public void Update(string service, Func<ServiceState, ServiceState> change)
    {
        lock (_lock)
        {
            _services[service] = change(_services[service]);
            var states = _services.Values.ToList();
            var ready = states.All(state => state.Status is ServiceStatus.Ready or ServiceStatus.Completed);
            Secrets.WriteForOwnerOnly(file, JsonSerializer.Serialize(new RunState(Environment.ProcessId, ready, states), Json));
        }
    }

    public void Remove()
    {
        lock (_lock)
        {
            File.Delete(file);
        }
    }
}
