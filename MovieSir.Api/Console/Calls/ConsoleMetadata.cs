using MovieSir.Data.B2b;

namespace MovieSir.Api.Console.Calls;

/// <summary>Marks every call of the surface.</summary>
internal sealed class ConsoleMetadata;

/// <summary>The role that the call needs; without this, any.</summary>
internal sealed record RoleMetadata(MemberRole Role);

/// <summary>The call is an administrator's.</summary>
internal sealed class AdministratorMetadata;
