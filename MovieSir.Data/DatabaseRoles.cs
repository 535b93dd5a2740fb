namespace MovieSir.Data;

/// <summary>The roles that the services connect as. Each may do what its service does, and no more.</summary>
public static class DatabaseRoles
{
    /// <summary>
    /// The API: reads the catalog, reads and writes what companies and travellers own, and adds to the request log, which it cannot change.
    /// </summary>
    public const string Api = "moviesir_api";

    /// <summary>Inference as it serves: reads the catalog.</summary>
    public const string Inference = "moviesir_inference";
}
