using System.Net;
using System.Text.Json;
using MovieSir.Tests.Api.Infrastructure;
using MovieSir.Tests.Infrastructure;

namespace MovieSir.Tests.Api.Companies.Keys;

public sealed class KeyCommandTests(TestServers servers) : ApiTest(servers)
{
    [Fact]
    public async Task A_created_key_stands_alone_on_standard_output_and_works()
    {
        var (code, output, error) = await RunAsync(
            "create", "--company", "대한항공", "--plan", "FREE", "--name", "in-flight", "--daily-limit", "7", "--burst", "50");
        Assert.Equal(0, code);
        var key = output.TrimEnd('\n');
        Assert.Matches("^sk-moviesir-[0-9A-Za-z]{46}$", key);
        Assert.Contains("shown this once", error, StringComparison.Ordinal);
        Assert.DoesNotContain(key, error, StringComparison.Ordinal);

        var api = await StartApiAsync();
        using var response = await api.RecommendAsync(key);
        Assert.Equal(6, (await response.JsonAsync()).GetProperty("meta").GetProperty("remaining_quota").GetInt32());
    }

    [Fact]
    public async Task Keys_are_listed_without_being_shown_and_revoked_by_id()
    {
        var (_, created, _) = await RunAsync("create", "--company", "A", "--plan", "pro", "--expires", "2099-01-31", "--json");
        var document = JsonDocument.Parse(created).RootElement;
        var (key, id) = (document.GetProperty("key").GetString()!, document.GetProperty("api_key_id").GetString()!);
        await RunAsync("create", "--company", "A", "--plan", "BASIC");
        Assert.Equal(1L, await ScalarAsync<long>("SELECT count(*) FROM b2b.companies"));

        var (code, table, _) = await RunAsync("list");
        Assert.Equal(0, code);
        Assert.Contains(id, table, StringComparison.Ordinal);
        Assert.Contains(key[^4..], table, StringComparison.Ordinal);
        Assert.DoesNotContain(key, table, StringComparison.Ordinal);
        var (_, json, _) = await RunAsync("list", "--company", "A", "--json");
        Assert.Equal(2, JsonDocument.Parse(json).RootElement.GetArrayLength());
        Assert.Equal(DateTimeOffset.Parse("2099-01-31T00:00:00Z", null), document.GetProperty("expires_at").GetDateTimeOffset());

        Assert.Equal(0, (await RunAsync("revoke", id)).ExitCode);
        var (again, _, error) = await RunAsync("revoke", id);
        Assert.Equal(1, again);
        Assert.Contains("no key", error, StringComparison.Ordinal);
        var api = await StartApiAsync();
        using var response = await api.RecommendAsync(key);
        await response.ProblemAsync(HttpStatusCode.Unauthorized, "INVALID_API_KEY");
    }

    [Theory]
    [InlineData("--plan must be FREE, BASIC, PRO or ENTERPRISE", "--company", "A", "--plan", "GOLD")]
    [InlineData("--plan must be FREE, BASIC, PRO or ENTERPRISE", "--company", "A", "--plan", "1")]
    [InlineData("--company must have 1 to 200 characters", "--company", " ", "--plan", "FREE")]
    [InlineData("--daily-limit must be a number, 1 or more", "--company", "A", "--plan", "FREE", "--daily-limit", "0")]
    [InlineData("--burst must be a number, 1 or more", "--company", "A", "--plan", "FREE", "--burst", "many")]
    [InlineData("--expires must be a moment to come", "--company", "A", "--plan", "FREE", "--expires", "2020-01-01")]
    [InlineData("--expires must be a moment to come", "--company", "A", "--plan", "FREE", "--expires", "soon")]
    [InlineData("--plan", "--company", "A")]
    [InlineData("it is 'A\ufffd[31mB'", "--company", "A\u001b[31mB", "--plan", "FREE")]
    [InlineData("none that controls a terminal", "--company", "A", "--plan", "FREE", "--name", "x\u202ey")]
    public async Task What_is_wrong_with_an_option_is_said_in_a_line(string message, params string[] options)
    {
        var (code, output, error) = await RunAsync(["create", .. options]);
        Assert.Equal(1, code);
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error + output, StringComparison.Ordinal);
        Assert.Equal(0L, await ScalarAsync<long>("SELECT count(*) FROM b2b.api_keys"));
    }

    [Fact]
    public async Task A_name_from_elsewhere_cannot_control_the_terminal_that_lists_it()
    {
        await RunAsync("create", "--company", "A", "--plan", "FREE");
        await ExecuteAsync("UPDATE b2b.companies SET name = E'A\\x1b[31mB'");

        var (_, output, _) = await RunAsync("list");

        Assert.Contains("A\ufffd[31mB", output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', output);
    }

    [Fact]
    public async Task Before_any_migration_and_without_a_database_it_says_what_to_do()
    {
        await using var postgres = await Servers.StartPostgresAsync();
        var (code, _, error) = await ApiProcess.RunAsync(postgres.ConnectionString, "keys", "create", "--company", "A", "--plan", "FREE");
        Assert.Equal(1, code);
        Assert.Contains("The database has no tables yet", error, StringComparison.Ordinal);
        Assert.Single(error.Trim().Split('\n'));

        foreach (var (connection, message) in new[]
        {
            ("Host=127.0.0.1;Port=1;Username=x;Timeout=2", "PostgreSQL does not answer"), ("", "No connection string 'moviesir'"),
        })
        {
            (code, _, error) = await ApiProcess.RunAsync(connection, "keys", "list");
            Assert.Equal(1, code);
            Assert.Contains(message, error, StringComparison.Ordinal);
            Assert.Single(error.Trim().Split('\n'));
        }
    }

    private Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments) =>
        ApiProcess.RunAsync(Database.ConnectionString, ["keys", .. arguments]);
}
