namespace MovieSir.Api.Partner.Calls;

/// <summary>A call that does not count against the daily limit; the burst limit holds for it too.</summary>
internal sealed class FreeOfChargeMetadata;

/// <summary>A call that needs no key.</summary>
internal sealed class KeylessMetadata;
