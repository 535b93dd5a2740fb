using System.Net;
using MovieSir.Tests.Api.Infrastructure;
using MovieSir.Tests.Infrastructure;

namespace MovieSir.Tests.Api.Console;

/// <summary>Members, invitations, roles and the audit log.</summary>
public sealed class MemberTests(TestServers servers) : ConsoleTest(servers)
{
    [Fact]
    public async Task Who_follows_an_invitation_becomes_a_member_once_with_its_role()
    {
        var owner = await OwnerAsync("Korea Rail");
        var token = await InviteAsync(owner, "dev@example.com", "developer");
        Assert.Equal(1, (await GetAsync(owner, "/b2b/members")).GetProperty("invitations").GetArrayLength());

        var browser = Open();
        var look = await browser.JsonAsync(browser.PostAsync("/b2b/invitations/look", new { token }));
        Assert.Equal("""{"email":"dev@example.com","company":"Korea Rail","role":"developer"}""", look.GetRawText());
        var me = await browser.JsonAsync(browser.PostAsync("/b2b/invitations/accept", new { token, password = Password, language = "en" }));

        Assert.Equal(("dev@example.com", "developer", "en", "Korea Rail"),
            (me.GetProperty("member").GetProperty("email").GetString(), me.GetProperty("member").GetProperty("role").GetString(),
                me.GetProperty("member").GetProperty("language").GetString(), me.GetProperty("company").GetProperty("name").GetString()));
        await KeyAsync(browser); // a developer makes keys
        using (var refused = await browser.PostAsync("/b2b/invitations", new { email = "x@example.com", role = "owner" }))
        {
            var problem = await refused.ProblemAsync(HttpStatusCode.Forbidden, "ROLE_TOO_SMALL");
            Assert.Equal("owner", problem.GetProperty("role").GetString());
        }

        foreach (var path in new[] { "look", "accept" })
        {
            using var again = await Open().PostAsync($"/b2b/invitations/{path}", new { token, password = Password });
            await again.ProblemAsync(HttpStatusCode.BadRequest, "LINK_INVALID");
        }

        var members = await GetAsync(owner, "/b2b/members");
        Assert.Equal((2, 0), (members.GetProperty("members").GetArrayLength(), members.GetProperty("invitations").GetArrayLength()));
    }

    [Fact]
    public async Task An_invitation_is_withdrawn_replaced_and_refused_where_there_is_an_account()
    {
        var owner = await OwnerAsync("Ours");
        await OwnerAsync("Theirs", "taken@example.com");
        using (var member = await owner.PostAsync("/b2b/invitations", new
        {
            email = (await GetAsync(owner, "/b2b/me")).GetProperty("member").GetProperty("email").GetString(),
            role = "viewer",
        }))
        {
            await member.ProblemAsync(HttpStatusCode.Conflict, "ALREADY_MEMBER");
        }

        var first = await InviteAsync(owner, "new@example.com", "viewer");
        var second = await InviteAsync(owner, "new@example.com", "developer", 2);
        var taken = await InviteAsync(owner, "taken@example.com", "viewer", 2); // nobody is told that there is an account
        using (var gone = await Open().PostAsync("/b2b/invitations/look", new { token = first }))
        {
            await gone.ProblemAsync(HttpStatusCode.BadRequest, "LINK_INVALID");
        }

        using (var exists = await Open().PostAsync("/b2b/invitations/accept", new { token = taken, password = Password }))
        {
            await exists.ProblemAsync(HttpStatusCode.Conflict, "ACCOUNT_EXISTS");
        }

        var invitations = (await GetAsync(owner, "/b2b/members")).GetProperty("invitations").EnumerateArray().ToList();
        Assert.Equal(2, invitations.Count);
        var stranger = await OwnerAsync("Strangers");
        var id = invitations.Single(one => one.GetProperty("email").GetString() == "new@example.com").GetProperty("invitation_id").GetGuid();
        using (var notTheirs = await stranger.DeleteAsync($"/b2b/invitations/{id}"))
        {
            await notTheirs.ProblemAsync(HttpStatusCode.NotFound, "INVITATION_NOT_FOUND");
        }

        using (var withdrawn = await owner.DeleteAsync($"/b2b/invitations/{id}"))
        {
            Assert.Equal(HttpStatusCode.NoContent, withdrawn.StatusCode);
        }

        using var late = await Open().PostAsync("/b2b/invitations/accept", new { token = second, password = Password });
        await late.ProblemAsync(HttpStatusCode.BadRequest, "LINK_INVALID");
    }

    [Fact]
    public async Task The_last_owner_stays_even_where_two_end_each_other_at_once()
    {
        var owner = await OwnerAsync("Two Owners");
        var you = (await GetAsync(owner, "/b2b/me")).GetProperty("member").GetProperty("member_id").GetGuid();
        using (var alone = await owner.SendAsync(HttpMethod.Patch, $"/b2b/members/{you}", new { role = "viewer" }))
        {
            await alone.ProblemAsync(HttpStatusCode.Conflict, "LAST_OWNER");
        }

        var other = Open();
        var token = await InviteAsync(owner, "second@example.com", "owner");
        var them = (await other.JsonAsync(other.PostAsync("/b2b/invitations/accept", new { token, password = Password })))
            .GetProperty("member").GetProperty("member_id").GetGuid();

        var answers = await Task.WhenAll(RemoveAsync(owner, them), RemoveAsync(other, you));

        Assert.Contains(HttpStatusCode.NoContent, answers);
        Assert.Equal(1, await ScalarAsync<long>("SELECT count(*) FROM b2b.members WHERE role = 'Owner'"));

        static async Task<HttpStatusCode> RemoveAsync(MemberBrowser browser, Guid id)
        {
            using var response = await browser.DeleteAsync($"/b2b/members/{id}");
            return response.StatusCode;
        }
    }

    [Fact]
    public async Task A_removed_member_is_out_at_once_and_may_join_elsewhere()
    {
        var owner = await OwnerAsync("Ours");
        var dev = Open();
        var token = await InviteAsync(owner, "dev@example.com", "developer");
        var id = (await dev.JsonAsync(dev.PostAsync("/b2b/invitations/accept", new { token, password = Password })))
            .GetProperty("member").GetProperty("member_id").GetGuid();
        var changed = await owner.JsonAsync(owner.SendAsync(HttpMethod.Patch, $"/b2b/members/{id}", new { role = "viewer" }));
        Assert.Equal("viewer", changed.GetProperty("role").GetString());
        using (var refused = await dev.PostAsync("/b2b/api-keys", new { name = "no more" }))
        {
            await refused.ProblemAsync(HttpStatusCode.Forbidden, "ROLE_TOO_SMALL");
        }

        var stranger = await OwnerAsync("Theirs");
        using (var notTheirs = await stranger.DeleteAsync($"/b2b/members/{id}"))
        {
            await notTheirs.ProblemAsync(HttpStatusCode.NotFound, "MEMBER_NOT_FOUND");
        }

        using (var removed = await owner.DeleteAsync($"/b2b/members/{id}"))
        {
            Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        }

        using (var me = await dev.GetAsync("/b2b/me"))
        {
            await me.ProblemAsync(HttpStatusCode.Unauthorized, "SESSION_EXPIRED");
        }

        var elsewhere = await InviteAsync(stranger, "dev@example.com", "owner", 2);
        await dev.JsonAsync(dev.PostAsync("/b2b/invitations/accept", new { token = elsewhere, password = Password }));

        var audit = (await GetAsync(owner, "/b2b/audit?limit=3")).GetProperty("entries").EnumerateArray().ToList();
        Assert.Equal(["member.removed", "member.role_changed", "member.joined"], audit.Select(entry => entry.GetProperty("action").GetString()));
        Assert.Equal("""{"after":"viewer","before":"developer"}""", audit[1].GetProperty("details").GetRawText());
        var next = (await GetAsync(owner, "/b2b/audit?limit=3")).GetProperty("next_cursor").GetGuid();
        Assert.Equal(["member.invited", "company.created"],
            (await GetAsync(owner, $"/b2b/audit?cursor={next}")).GetProperty("entries").EnumerateArray()
                .Select(entry => entry.GetProperty("action").GetString()));
    }

    private async Task<string> InviteAsync(MemberBrowser owner, string email, string role, int mail = 1)
    {
        using var response = await owner.PostAsync("/b2b/invitations", new { email, role });
        Assert.True(response.StatusCode == HttpStatusCode.Created, await response.Content.ReadAsStringAsync(Token));
        var text = (await Mail.ToAsync(email, mail)).TextBody!;
        Assert.Contains("http://console.localhost:8080/invitation#token=", text, StringComparison.Ordinal);
        return await Mail.TokenAsync(email, mail);
    }
}
