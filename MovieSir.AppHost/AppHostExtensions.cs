namespace MovieSir.AppHost;

/// <summary>What <c>AppHost.cs</c> says in one word where Aspire needs a paragraph.</summary>
internal static class AppHostExtensions
{
    /// <summary>What a run makes: <c>MOVIESIR_HOME</c>, by default <c>.moviesir</c> in the checkout.</summary>
    public static string MovieSirHome(this IDistributedApplicationBuilder builder) =>
        Path.GetFullPath(builder.Configuration["MOVIESIR_HOME"] ?? Path.Combine(builder.AppHostDirectory, "..", ".moviesir"));

    // Letters and digits only: the value travels through connection strings, shells and .env files unquoted.
    public static IResourceBuilder<ParameterResource> AddGeneratedSecret(this IDistributedApplicationBuilder builder, string name) =>
        builder.AddParameter(name, new GenerateParameterDefault { MinLength = 32, Special = false }, secret: true, persist: true);

    /// <summary>
    /// Keeps Redis' data in a named volume, every write appended to a log that is flushed each second: the usage stream is money.
    /// </summary>
    public static IResourceBuilder<RedisResource> WithDurableData(this IResourceBuilder<RedisResource> redis, string volumeName)
    {
        string[] options = ["--appendonly", "yes", "--appendfsync", "everysec", "--maxmemory-policy", "noeviction"];

        return redis.WithVolume(volumeName, "/data").WithArgs(context =>
        {
            if (context.ExecutionContext.IsPublishMode)
            {
                // Published, redis-server's command line is one argument, that of sh -c.
                context.Args[^1] = $"{context.Args[^1]} {string.Join(' ', options)}";
            }
            else
            {
                foreach (var option in options)
                {
                    context.Args.Add(option);
                }
            }
        });
    }
}
