namespace MovieSir.Tests.Infrastructure;

/// <summary>Tests that bound how long a call takes: nothing else runs meanwhile, so that they measure the system and not its neighbors.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "Alone";
}
