using YamlDotNet.Serialization;

namespace MovieSir.Tests.Deployment;

/// <summary>What the tests read of a compose file.</summary>
internal sealed class ComposeFile
{
    public Dictionary<string, Service> Services { get; init; } = [];

    public static ComposeFile Read(string file) => new DeserializerBuilder().IgnoreUnmatchedProperties()
        .WithNamingConvention(YamlDotNet.Serialization.NamingConventions.UnderscoredNamingConvention.Instance)
        .Build().Deserialize<ComposeFile>(File.ReadAllText(file));

    public sealed class Service
    {
        public string Image { get; init; } = "";
        public string Restart { get; init; } = "";
        public bool ReadOnly { get; init; }
        public bool Privileged { get; init; }
        public List<string> CapDrop { get; init; } = [];
        public List<string> SecurityOpt { get; init; } = [];
        public List<string> Ports { get; init; } = [];
        public List<string> Expose { get; init; } = [];
        public List<Volume> Volumes { get; init; } = [];
        public Dictionary<string, string> Environment { get; init; } = [];
        public Dictionary<string, Dependency> DependsOn { get; init; } = [];
        public Healthcheck? Healthcheck { get; init; }
        public Deploy? Deploy { get; init; }
    }

    public sealed class Volume
    {
        public string Source { get; init; } = "";
    }

    public sealed class Dependency
    {
        public string Condition { get; init; } = "";
    }

    public sealed class Healthcheck
    {
        public List<string> Test { get; init; } = [];
    }

    public sealed class Deploy
    {
        public Resources Resources { get; init; } = new();
    }

    public sealed class Resources
    {
        public Reservations Reservations { get; init; } = new();
    }

    public sealed class Reservations
    {
        public List<Device> Devices { get; init; } = [];
    }

    public sealed class Device
    {
        public string Driver { get; init; } = "";
        public List<string> Capabilities { get; init; } = [];
    }
}
