namespace MovieSir.Data;

/// <summary>The schemas of the database.</summary>
internal static class Schemas
{
    /// <summary>Movies, ratings, embeddings and models.</summary>
    public const string Catalog = "catalog";

    /// <summary>Companies, their API keys and what they used.</summary>
    public const string B2b = "b2b";
}
