namespace MovieSir.Data;

/// <summary>The schemas of the database.</summary>
internal static class Schemas
{
    /// <summary>Movies, ratings, embeddings and models.</summary>
    public const string Catalog = "catalog";

    /// <summary>Companies, their API keys and what they used.</summary>
    public const string B2b = "b2b";

    /// <summary>Travellers: what they have seen, picked and planned.</summary>
    public const string B2c = "b2c";

    /// <summary>Accounts of travellers and of companies' members: e-mails, passwords, sign-ins.</summary>
    public const string Accounts = "accounts";

    /// <summary>Mails on their way.</summary>
    public const string Mail = "mail";
}
