using System.ComponentModel.DataAnnotations;
using MovieSir.Api.Accounts;
using MovieSir.Api.Accounts.Passwords;
using MovieSir.Data.Accounts;
using MovieSir.Data.B2b;

namespace MovieSir.Api.Console.Members;

/// <summary>What a member may do from now on.</summary>
public sealed record RoleBody
{
    [Required]
    public MemberRole? Role { get; init; }
}

/// <summary>Whom to invite.</summary>
public sealed record InvitationBody
{
    [Required, StringLength(EmailAddress.MaximumLength)]
    public string? Email { get; init; }

    [Required]
    public MemberRole? Role { get; init; }
}

/// <summary>The token of an invitation's link.</summary>
public sealed record InvitationToken
{
    [Required, StringLength(128)]
    public string? Token { get; init; }
}

/// <summary>What an invitation is accepted with.</summary>
public sealed record AcceptBody
{
    [Required, StringLength(128)]
    public string? Token { get; init; }

    [Required, StringLength(PasswordRules.Longest, MinimumLength = PasswordRules.Shortest)]
    public string? Password { get; init; }

    /// <summary>Of pages and mails.</summary>
    public Language Language { get; init; }
}

/// <summary>A person of the company.</summary>
internal sealed record MemberInfo(
    Guid MemberId, string Email, MemberRole Role, DateTimeOffset JoinedAt, DateTimeOffset? LastSeenAt, bool IsYou);

/// <summary>An invitation that waits for an answer.</summary>
internal sealed record InvitationInfo(Guid InvitationId, string Email, MemberRole Role, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt)
{
    public static InvitationInfo Of(Invitation invitation) =>
        new(invitation.InvitationId, invitation.Email, invitation.Role, invitation.CreatedAt, invitation.ExpiresAt);
}

/// <summary>Members, who joined first first, and invitations.</summary>
internal sealed record MemberList(IReadOnlyList<MemberInfo> Members, IReadOnlyList<InvitationInfo> Invitations);

/// <summary>What an invitation is to.</summary>
internal sealed record InvitationLook(string Email, string Company, MemberRole Role);
