namespace MovieSir.Api.Partner.Calls;

/// <summary>Bounds of partner calls beside those that the engine has.</summary>
internal static class PartnerLimits
{
    public const int ClientUserLength = 128;
    public const int PageMax = 200;
    public const int OffsetMax = 1_000_000;

    public const string NoControlCharacters = @"^\P{Cc}*$";
}
