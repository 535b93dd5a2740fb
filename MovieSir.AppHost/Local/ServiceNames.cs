namespace MovieSir.AppHost.Local;

/// <summary>The names that AppHost.cs gives the same things.</summary>
internal static class ServiceNames
{
    public const string Postgres = "postgres";
    public const string Redis = "redis";
    public const string Catalog = "catalog";
    public const string Inference = "inference";
    public const string Api = "api";
    public const string Dashboard = "dashboard";
    public const string DashboardOtlp = "dashboard-otlp";
}
