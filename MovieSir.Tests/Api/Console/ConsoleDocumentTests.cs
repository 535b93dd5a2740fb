using System.Text.Json;
using MovieSir.Tests.Api.Infrastructure;
using MovieSir.Tests.Infrastructure;

namespace MovieSir.Tests.Api.Console;

/// <summary>The OpenAPI document that the console's client is generated from. With <c>MOVIESIR_WRITE_DOCS=1</c> this test writes it.</summary>
public sealed class ConsoleDocumentTests(TestServers servers) : ApiTest(servers)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private static readonly string File = Path.Combine(RepositoryPaths.Root, "web", "packages", "api-client", "console.openapi.json");

    [Fact]
    public async Task The_committed_document_is_the_one_that_is_served()
    {
        var api = await StartApiAsync();
        using var response = await api.GetAsync(null, "/openapi/console.json");
        var served = JsonSerializer.Serialize(await response.JsonAsync(), Indented) + "\n";
        if (Environment.GetEnvironmentVariable("MOVIESIR_WRITE_DOCS") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(File)!);
            await System.IO.File.WriteAllTextAsync(File, served, TestContext.Current.CancellationToken);
        }

        Assert.True(
            System.IO.File.Exists(File) && await System.IO.File.ReadAllTextAsync(File, TestContext.Current.CancellationToken) == served,
            "The committed document differs from the one that is served. Write it anew: "
            + "run this test with MOVIESIR_WRITE_DOCS=1 in the environment.");
    }
}
