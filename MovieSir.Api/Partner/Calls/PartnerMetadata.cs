using MovieSir.Data.B2b;

namespace MovieSir.Api.Partner.Calls;

/// <summary>A call that does not count against the daily limit; the burst limit holds for it too.</summary>
internal sealed class FreeOfChargeMetadata;

/// <summary>A call that needs no key.</summary>
internal sealed class KeylessMetadata;

/// <summary>The part of the API that a call belongs to: a key may be limited to some.</summary>
internal sealed record ScopeMetadata(ApiKeyScope Scope);
