using MovieSir.Data.B2b;

namespace MovieSir.Api.Console.Calls;

/// <summary>What a call's route states of it.</summary>
internal static class ConsoleConventions
{
    public const string Prefix = "/b2b";
    public const string Refresh = Prefix + "/auth/refresh";

    /// <summary>The call needs a role, or one above it: others get 403.</summary>
    public static RouteHandlerBuilder Needs(this RouteHandlerBuilder builder, MemberRole role) => builder.WithMetadata(new RoleMetadata(role));

    /// <summary>The calls are administrators': others get 403.</summary>
    public static RouteGroupBuilder ForAdministrators(this RouteGroupBuilder group) => group.WithMetadata(new AdministratorMetadata());
}
