using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;

namespace MovieSir.AppHost.Run;

/// <summary>
/// The port on this machine that each part of a run gets: its usual one, the one that a setting names (<c>Ports:Api</c>), or a free one
/// (<c>FreePorts</c>). All are looked at before anything starts: whoever holds one of them would answer in place of a part of ours.
/// </summary>
internal sealed class RunPorts
{
    public const string Api = "api";
    public const string Inference = "inference";
    public const string Postgres = "postgres";
    public const string Redis = "redis";
    public const string Edge = "edge";

    /// <summary>The page that shows the mails of a run.</summary>
    public const string Mail = "mail";

    /// <summary>Where a run's mails go.</summary>
    public const string Smtp = "smtp";

    public const string Dashboard = "dashboard";

    /// <summary>Where the dashboard takes telemetry.</summary>
    public const string Otlp = "otlp";

    /// <summary>Where the dashboard asks the AppHost for its resources.</summary>
    public const string Resources = "resources";

    // Below the range from which the system gives ports to outgoing connections, so that none of those takes one before its server does.
    private const int FirstFree = 20000;
    private const int LastFree = 32000;

    private static readonly Dictionary<string, int> Usual = new()
    {
        [Api] = 8000,
        [Inference] = 8001,
        [Postgres] = 5432,
        [Redis] = 6379,
        [Edge] = 8080,
        [Mail] = 8025,
        [Smtp] = 1025,
        [Dashboard] = 18888,
        [Otlp] = 18889,
        [Resources] = 18890,
    };

    private readonly Dictionary<string, int> _ports;
    private readonly bool _isRun;

    private RunPorts(Dictionary<string, int> ports, bool isRun) => (_ports, _isRun) = (ports, isRun);

    public int this[string part] => _ports[part];

    /// <summary>The host's port of a container; none in what is published.</summary>
    public int? OfContainer(string part) => _isRun ? _ports[part] : null;

    /// <exception cref="RunException">A port is taken or is none.</exception>
    public static RunPorts Choose(IDistributedApplicationBuilder builder)
    {
        if (builder.ExecutionContext.IsPublishMode)
        {
            return new RunPorts(Usual, isRun: false);
        }

        var ports = Choose(builder.Configuration);
        builder.Configuration["ASPNETCORE_URLS"] = $"http://localhost:{ports[Dashboard]}";
        builder.Configuration["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] = $"http://localhost:{ports[Otlp]}";
        builder.Configuration["ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL"] = $"http://localhost:{ports[Resources]}";
        builder.Configuration["ASPIRE_ALLOW_UNSECURED_TRANSPORT"] = "true"; // all of it stays on this machine
        return ports;
    }

    internal static RunPorts Choose(IConfiguration configuration)
    {
        var takesFree = configuration.GetValue<bool>("FreePorts");
        var ports = new Dictionary<string, int>();
        var taken = new List<string>();
        foreach (var (part, usual) in Usual)
        {
            var wanted = Wanted(configuration, part);
            ports[part] = wanted ?? (takesFree ? Free(ports.Values) : usual);
            if ((wanted is not null || !takesFree) && !IsFree(ports[part]))
            {
                taken.Add(part);
            }
        }

        return taken.Count == 0 ? new RunPorts(ports, isRun: true) : throw new RunException(
            $"{string.Join('\n', taken.Select(part => $"Port {ports[part]}, which {part} needs, is taken by another program."))}\n"
            + $"Stop that program, choose another port (./moviesir up {string.Join(' ', taken.Select(part => $"--{part}-port NUMBER"))}), "
            + "or let MovieSir take free ones (--free-ports).");
    }

    private static int? Wanted(IConfiguration configuration, string part)
    {
        if (configuration[$"Ports:{part}"] is not { Length: > 0 } text)
        {
            return null;
        }

        return ushort.TryParse(text, out var port) && port > 0 ? port
            : throw new RunException($"'{text}' is no port for {part}: take 1 to {ushort.MaxValue}.");
    }

    private static int Free(IReadOnlyCollection<int> chosen)
    {
        while (true)
        {
            var port = Random.Shared.Next(FirstFree, LastFree);
            if (!chosen.Contains(port) && IsFree(port))
            {
                return port;
            }
        }
    }

    private static bool IsFree(int port) =>
        CanListen(IPAddress.Loopback, port) && (!Socket.OSSupportsIPv6 || CanListen(IPAddress.IPv6Loopback, port));

    private static bool CanListen(IPAddress address, int port)
    {
        using var listener = new TcpListener(address, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException exception)
        {
            return exception.SocketErrorCode is not (SocketError.AddressAlreadyInUse or SocketError.AccessDenied);
        }
    }
}
