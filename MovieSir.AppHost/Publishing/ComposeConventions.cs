using System.Text.RegularExpressions;
using Aspire.Hosting.Docker.Resources;
using Aspire.Hosting.Docker.Resources.ComposeNodes;
using Aspire.Hosting.Docker.Resources.ServiceNodes;

namespace MovieSir.AppHost.Publishing;

/// <summary>What holds for every service of every published compose file.</summary>
internal static partial class ComposeConventions
{
    /// <summary>The containers' own network: fixed, so that the API can name the edge's addresses.</summary>
    public const string Subnet = "172.30.180.0/24";

    public static void Apply(ComposeFile file)
    {
        file.Name = "moviesir"; // the volumes' prefix, whatever folder the file lies in

        foreach (var volume in file.Services.Values.SelectMany(service => service.Volumes).Where(volume => volume.Type == "volume"))
        {
            file.Volumes.TryAdd(volume.Name, new Volume { Name = volume.Name, Driver = "local" });
        }

        foreach (var network in file.Networks.Values)
        {
            network.Ipam = new Ipam { Config = [new() { ["subnet"] = Subnet }] };
        }

        foreach (var service in file.Services.Values)
        {
            service.Restart ??= "unless-stopped";
            service.ReadOnly = true;
            service.CapDrop = ["ALL"];
            service.SecurityOpt = ["no-new-privileges:true"];
            service.Logging = new Logging { Driver = "json-file", Options = new() { ["max-size"] = "10m", ["max-file"] = "5" } };

            RequireVariables(service);

            foreach (var (name, dependency) in service.DependsOn.ToList())
            {
                if (!file.Services.ContainsKey(name))
                {
                    service.DependsOn.Remove(name); // it runs on the other node, and is waited for by readiness
                }
                else if (dependency.Condition == "service_started")
                {
                    dependency.Condition = "service_healthy";
                }
            }
        }
    }

    // A variable left empty stops compose with its name: an empty password is none, and a port bound to no address is open to the world.
    private static void RequireVariables(Service service)
    {
        static string Require(string text) => Variable().Replace(text, "$${$1:?is not set in .env}");

        service.Image = Require(service.Image ?? "");
        service.Ports = service.Ports.ConvertAll(Require);
        foreach (var (name, value) in service.Environment.ToList())
        {
            service.Environment[name] = Require(value);
        }
    }

    [GeneratedRegex(@"\$\{(\w+)\}")]
    private static partial Regex Variable();
}
