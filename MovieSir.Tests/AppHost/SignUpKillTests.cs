using Npgsql;

namespace MovieSir.Tests.AppHost;

/// <summary>People sign up and ask for movies while a part of the system is killed. They try again, as people do.</summary>
[Collection(AppHostTests.Name)]
public sealed class SignUpKillTests(RunningSystem system)
{
    private const int People = 6;

    [Theory]
    [InlineData("api")]
    [InlineData("redis")]
    [InlineData("postgres")]
    [InlineData("mail")]
    public async Task A_kill_during_sign_up_leaves_no_half_account_and_loses_no_mail(string name)
    {
        using var limit = new CancellationTokenSource(RunningSystem.Patience);
        var killed = system.PartsOf(name)[0];
        var replicas = system.Replicas();
        var people = Enumerable.Range(0, People)
            .Select(n => new PersonWhoSignsUp(system, replicas[n % replicas.Count], $"{name}-{n}-{Guid.NewGuid():N}@example.com", $"{name} {n}"))
            .ToList();

        // The first half has begun when the part dies; the others begin while it is dead.
        var all = people.Take(People / 2).Select(person => person.SignUpAsync(limit.Token)).ToList();
        await RunningSystem.UntilAsync(() => people.Any(person => person.MailsPromised > 0));
        killed.Kill();
        all.AddRange(people.Skip(People / 2).Select(person => person.SignUpAsync(limit.Token)));
        await RunningSystem.UntilAsync(() => system.Part(killed.Id).HasEnded);
        await system.StartAsync(killed);
        await RunningSystem.UntilAsync(() => system.Part(killed.Id).IsHealthy);
        await Task.WhenAll(all);

        Assert.All(people, person => Assert.Equal([], person.Unexpected));
        await using var source = NpgsqlDataSource.Create(await system.DatabaseAsync());
        await using var command = source.CreateCommand("""
            SELECT
              (SELECT count(*) FROM accounts.accounts WHERE email = ANY ($1)),
              (SELECT count(*) FROM accounts.accounts JOIN b2c.travellers USING (account_id) WHERE email = ANY ($1)),
              (SELECT count(*) FROM b2c.recommendation_sessions JOIN b2c.travellers USING (traveller_id) JOIN accounts.accounts USING (account_id)
                WHERE email = ANY ($1))
            """);
        command.Parameters.Add(new() { Value = people.Select(person => person.Email).ToArray() });
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        Assert.True(await reader.ReadAsync(TestContext.Current.CancellationToken));
        Assert.Equal((People, People), (reader.GetInt64(0), reader.GetInt64(1)));
        Assert.InRange(reader.GetInt64(2), People, int.MaxValue);
        await RunningSystem.UntilAsync(async () => await UnsentAsync(source, people) == 0);
        if (name != "mail") // whose mails end with it
        {
            foreach (var person in people)
            {
                // Each mail that was promised came. One that came twice has one Message-Id.
                Assert.InRange((await person.MailsAsync()).Distinct().Count(), person.MailsPromised, int.MaxValue);
            }
        }
    }

    private static async Task<long> UnsentAsync(NpgsqlDataSource source, List<PersonWhoSignsUp> people)
    {
        await using var command = source.CreateCommand("SELECT count(*) FROM mail.outbox WHERE recipient = ANY ($1)");
        command.Parameters.Add(new() { Value = people.Select(person => person.Email).ToArray() });
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
