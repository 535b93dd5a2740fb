namespace MovieSir.AppHost;

/// <summary>The database as its owner reaches it, and where its server is, for roles that may do less.</summary>
/// <param name="Owner">The connection of the role that owns and migrates it.</param>
/// <param name="Server">
/// Host and port, as the beginning of a connection string. None for a server of the user's own, which has no roles of ours.
/// </param>
internal sealed record Database(IResourceBuilder<IResourceWithConnectionString> Owner, ReferenceExpression? Server)
{
    /// <summary>The database's own name, and the name of its connection string.</summary>
    public const string Name = "moviesir";

    public static Database Of(IResourceBuilder<PostgresDatabaseResource> database) => new(
        database, ReferenceExpression.Create($"Host={database.Resource.Parent.Host};Port={database.Resource.Parent.Port}"));
}

/// <summary>
/// A role that a service connects as: the catalog's job makes it and gives it its rights (<c>MovieSir.Data/DatabaseRoleStore.cs</c>), so that
/// a service that is broken into can do what that service does, and no more.
/// </summary>
internal sealed record DatabaseRole(string Name, IResourceBuilder<ParameterResource> Password)
{
    public ReferenceExpression ConnectionAt(ReferenceExpression server) =>
        ReferenceExpression.Create($"{server};Username={Name};Password={Password};Database={Database.Name}");
}

internal static class DatabaseRoleExtensions
{
    /// <summary>Gives the job that owns the database the passwords of the roles that it makes.</summary>
    public static IResourceBuilder<ProjectResource> WithRolesToMake(
        this IResourceBuilder<ProjectResource> job, Database database, DatabaseRole api, DatabaseRole inference) =>
        database.Server is null ? job : job.WithEnvironment("DatabaseRoles__ApiPassword", api.Password)
            .WithEnvironment("DatabaseRoles__InferencePassword", inference.Password);

    /// <summary>Lets a service reach the database as <paramref name="role"/>, under the name that a reference would give it.</summary>
    public static IResourceBuilder<ProjectResource> WithDatabase(
        this IResourceBuilder<ProjectResource> service, Database database, DatabaseRole role) =>
        database.Server is { } server
            ? service.WithEnvironment($"ConnectionStrings__{Database.Name}", role.ConnectionAt(server))
            : service.WithReference(database.Owner);
}
