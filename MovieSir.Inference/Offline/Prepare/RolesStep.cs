using Microsoft.Extensions.Options;
using MovieSir.Data;

namespace MovieSir.Inference.Offline.Prepare;

/// <summary>Makes the roles that the services connect as, and gives them their rights to what the migrations made.</summary>
internal sealed class RolesStep(DatabaseRoleStore roles, IOptions<DatabaseRoleOptions> options) : IPreparationStep
{
    public string Name => "roles";

    public async Task<string> RunAsync(CancellationToken cancellationToken) =>
        await roles.ApplyAsync(options.Value.Passwords, cancellationToken) is { Count: > 0 } granted
            ? $"{string.Join(" and ", granted)} may do what their services do"
            : "none, every service connects as this job does";
}
