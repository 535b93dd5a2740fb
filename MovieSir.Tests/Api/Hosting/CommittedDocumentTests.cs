using System.Text.Json;
using MovieSir.Tests.Api.Infrastructure;
using MovieSir.Tests.Infrastructure;

namespace MovieSir.Tests.Api.Hosting;

/// <summary>
/// The OpenAPI documents that the pages' clients and the API's introduction are built from. With <c>MOVIESIR_WRITE_DOCS=1</c> this test writes them.
/// </summary>
public sealed class CommittedDocumentTests(TestServers servers) : ApiTest(servers)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    [Theory]
    [InlineData("/openapi.json", "partner")]
    [InlineData("/openapi/traveller.json", "traveller")]
    [InlineData("/openapi/console.json", "console")]
    public async Task A_committed_document_is_the_one_that_is_served(string path, string name)
    {
        var file = Path.Combine(RepositoryPaths.Root, "web", "packages", "api-client", name + ".openapi.json");
        var api = await StartApiAsync();
        using var response = await api.GetAsync(null, path);
        var served = JsonSerializer.Serialize(await response.JsonAsync(), Indented) + "\n";
        if (Environment.GetEnvironmentVariable("MOVIESIR_WRITE_DOCS") == "1")
        {
            await File.WriteAllTextAsync(file, served, TestContext.Current.CancellationToken);
        }

        Assert.True(
            File.Exists(file) && await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken) == served,
            "The committed document differs from the one that is served. Write it anew: "
            + "run this test with MOVIESIR_WRITE_DOCS=1 in the environment.");
    }

    [Fact]
    public async Task No_other_document_is_served_there()
    {
        var api = await StartApiAsync();

        using var response = await api.GetAsync(null, "/openapi/v1.json");

        Assert.Equal(System.Net.HttpStatusCode.NotFound, response.StatusCode);
    }
}
