using Microsoft.AspNetCore.Http.HttpResults;
using MovieSir.Inference.Encoding;
using MovieSir.ServiceDefaults.Http;
using MovieSir.ServiceDefaults.InferenceContract;

namespace MovieSir.Inference.Serving.Embed;

internal static class EmbedEndpoints
{
    public const string EncoderUnavailable = "ENCODER_UNAVAILABLE";

    public static IEndpointRouteBuilder MapEmbed(this IEndpointRouteBuilder app)
    {
        app.MapPost("/embed", Embed).WithSummary("Sentence embeddings of texts.");
        return app;
    }

    private static async Task<Results<Ok<EmbedResponse>, Problem<Status503>>> Embed(
        EmbedRequest request, ISentenceEncoder encoder, CancellationToken cancellationToken)
    {
        try
        {
            return TypedResults.Ok(new EmbedResponse
            {
                Vectors = await encoder.EncodeAsync(request.Texts!, EncodingRole.Query, cancellationToken),
                Dimension = await encoder.DimensionAsync(cancellationToken),
                Model = encoder.Name,
            });
        }
        catch (EncoderUnavailableException)
        {
            return Problems.Of<Status503>(
                EncoderUnavailable, $"The sentence encoder {encoder.Name} is not loaded; the service's log says why.");
        }
    }
}
