namespace MovieSir.Api.Companies;

/// <summary>The company that is the service itself: the travellers' app calls with its key, and administrators are its members.</summary>
internal static class ServiceCompany
{
    public const string Name = "MovieSir";

    /// <summary>Whether a name is, or looks like, the service's.</summary>
    public static bool IsNamed(string name) => name.Equals(Name, StringComparison.OrdinalIgnoreCase);
}
