namespace MovieSir.Inference.Commands;

/// <summary>How PostgreSQL is reached: the connection string <c>moviesir</c>.</summary>
internal sealed class DatabaseOptions
{
    public string? ConnectionString { get; set; }
}
