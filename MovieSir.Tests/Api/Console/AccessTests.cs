using System.Net;
using System.Text.RegularExpressions;
using MovieSir.Tests.Api.Infrastructure;
using MovieSir.Tests.Infrastructure;

namespace MovieSir.Tests.Api.Console;

/// <summary>Every route of the document, with everybody who may not call it.</summary>
public sealed partial class AccessTests(TestServers servers) : ConsoleTest(servers)
{
    private sealed record Call(HttpMethod Method, string Path, string Access, bool HasBody, bool NamesSomething)
    {
        public override string ToString() => $"{Method} {Path}";
    }

    [Fact]
    public async Task Every_route_refuses_whoever_may_not_call_it_in_one_way()
    {
        var calls = await CallsAsync();
        Assert.True(calls.Count > 45, $"{calls.Count}");
        Assert.All(calls, call => Assert.Contains(call.Access, (string[])["anybody", "viewer", "developer", "owner", "administrator"]));
        var owner = await OwnerAsync("Ours");
        var viewer = await InvitedAsync(owner, "viewer@example.com", "viewer");
        var developer = await InvitedAsync(owner, "developer@example.com", "developer");
        var off = await OwnerAsync("Off");
        await ExecuteAsync("UPDATE b2b.companies SET deactivated_at = now() WHERE name = 'Off'");
        var signedIn = calls.Where(call => call.Access != "anybody").ToList();
        foreach (var call in signedIn)
        {
            await HoldAsync(Open(), call, HttpStatusCode.Unauthorized, "SIGN_IN_REQUIRED");
            await HoldAsync(off, call, HttpStatusCode.Forbidden, "COMPANY_DEACTIVATED");
            var (status, code) = call.Access == "administrator" ? (HttpStatusCode.Forbidden, "NOT_ADMINISTRATOR")
                : (HttpStatusCode.Forbidden, "ROLE_TOO_SMALL");
            foreach (var (browser, may) in new[] { (viewer, call.Access is "viewer"), (developer, call.Access is "viewer" or "developer") })
            {
                if (!may)
                {
                    await HoldAsync(browser, call, status, code);
                }
            }
        }

        foreach (var call in calls.Where(call => call.Method != HttpMethod.Get))
        {
            var forged = owner.Copy();
            forged.FetchSite = "cross-site";
            await HoldAsync(forged, call, HttpStatusCode.Forbidden, "CROSS_SITE_REQUEST");
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"{calls.Count} routes, {signedIn.Count} of them need a sign-in");
    }

    [Fact]
    public async Task What_belongs_to_another_company_is_answered_by_every_route_as_what_is_not_there()
    {
        var theirs = await OwnerAsync("Theirs");
        var (keyId, secret) = await KeyAsync(theirs);
        using (var called = await Api.RecommendAsync(secret))
        {
            await LogRowsAsync(1);
        }

        await theirs.JsonAsync(theirs.PostAsync("/b2b/content-rules", new { rules = new[] { new { kind = "keyword", value = "war" } } }));
        using (await theirs.PostAsync("/b2b/invitations", new { email = "somebody@example.com", role = "viewer" }))
        {
        }

        var ids = new Dictionary<string, Guid>
        {
            ["api-keys"] = keyId,
            ["logs"] = (await GetAsync(theirs, "/b2b/logs")).GetProperty("logs")[0].GetProperty("log_id").GetGuid(),
            ["content-rules"] = (await GetAsync(theirs, "/b2b/content-rules")).GetProperty("rules")[0].GetProperty("rule_id").GetGuid(),
            ["members"] = (await GetAsync(theirs, "/b2b/members")).GetProperty("members")[0].GetProperty("member_id").GetGuid(),
            ["invitations"] = (await GetAsync(theirs, "/b2b/members")).GetProperty("invitations")[0].GetProperty("invitation_id").GetGuid(),
            ["auth"] = (await GetAsync(theirs, "/b2b/auth/sessions")).GetProperty("sessions")[0].GetProperty("session_id").GetGuid(),
        };
        var ours = await OwnerAsync("Ours");
        var naming = (await CallsAsync()).Where(call => call.NamesSomething && call.Access != "administrator").ToList();
        Assert.True(naming.Count >= 11, $"{naming.Count}");
        foreach (var call in naming)
        {
            var kind = call.Path.Split('/')[2];
            var answers = new List<string>();
            foreach (var id in new[] { ids[kind], Guid.CreateVersion7() })
            {
                using var response = await SendAsync(ours, call, id);
                var problem = await response.JsonAsync();
                Assert.True(response.StatusCode == HttpStatusCode.NotFound, $"{call}: {(int)response.StatusCode} {problem}");
                answers.Add($"{problem.GetProperty("code")} {problem.GetProperty("detail")}");
            }

            Assert.Equal(answers[0], answers[1]);
        }
    }

    private async Task<IReadOnlyList<Call>> CallsAsync()
    {
        using var response = await Api.GetAsync(null, "/openapi/console.json");
        return
        [
            .. from path in (await response.JsonAsync()).GetProperty("paths").EnumerateObject()
               from operation in path.Value.EnumerateObject()
               select new Call(
                   new HttpMethod(operation.Name.ToUpperInvariant()), path.Name, operation.Value.GetProperty("x-access").GetString()!,
                   operation.Value.TryGetProperty("requestBody", out _), path.Name.Contains("{id", StringComparison.Ordinal)),
        ];
    }

    private async Task<MemberBrowser> InvitedAsync(MemberBrowser owner, string email, string role)
    {
        using var invited = await owner.PostAsync("/b2b/invitations", new { email, role });
        var browser = Open();
        await browser.JsonAsync(browser.PostAsync(
            "/b2b/invitations/accept", new { token = await Mail.TokenAsync(email), password = Password, language = "ko" }));
        return browser;
    }

    private static async Task HoldAsync(MemberBrowser browser, Call call, HttpStatusCode status, string code)
    {
        using var response = await SendAsync(browser, call, Guid.CreateVersion7());
        Assert.True(response.StatusCode == status, $"{call}: {(int)response.StatusCode}, not {(int)status}");
        await response.ProblemAsync(status, code);
    }

    // A body that fits every call that names something; others are refused before their body is read.
    private static Task<HttpResponseMessage> SendAsync(MemberBrowser browser, Call call, Guid id) => browser.SendAsync(
        call.Method, Parameter().Replace(call.Path, id.ToString()),
        call.HasBody ? new { name = "mine", role = "viewer", grace_hours = 0 } : null);

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Parameter();
}
