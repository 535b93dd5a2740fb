namespace MovieSir.Api.Dependencies;

/// <summary>Another process that this one asks in order to answer.</summary>
internal enum Dependency
{
    PostgreSql,
    Redis,
    Engine,

    /// <summary>The partner API, as the travellers' surface calls it.</summary>
    PartnerApi,
}

/// <summary>What became of asking a dependency.</summary>
internal abstract record Reply<T>
{
    /// <summary>It answered.</summary>
    public sealed record Answered(T Value) : Reply<T>;

    /// <summary>It refuses connections, cannot be reached, hangs or fails.</summary>
    /// <param name="IsLate">Whether it took the question and did not answer in time.</param>
    public sealed record Away(bool IsLate) : Reply<T>;
}
