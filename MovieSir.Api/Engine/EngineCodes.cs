namespace MovieSir.Api.Engine;

/// <summary>Codes of problems that every surface tells of the engine. What they say to people differs.</summary>
internal static class EngineCodes
{
    public const string Unavailable = "AI_SERVICE_UNAVAILABLE";
    public const string Late = "AI_SERVICE_TIMEOUT";
}
