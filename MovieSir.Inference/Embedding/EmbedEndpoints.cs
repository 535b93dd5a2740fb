using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using MovieSir.Inference.Encoding;
using MovieSir.ServiceDefaults.Http;

namespace MovieSir.Inference.Embedding;

/// <summary>Texts to encode as things to find (passages), or as what is looked for.</summary>
internal sealed record EmbedRequest : IValidatableObject
{
    public const int MaxTexts = 128;
    public const int MaxTextLength = 20_000;

    [Required, Length(1, MaxTexts, ErrorMessage = "must hold 1 to 128 texts.")]
    public IReadOnlyList<string?>? Texts { get; init; }

    public EncodingRole Role { get; init; } = EncodingRole.Query;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        for (var i = 0; i < Texts?.Count && i < MaxTexts; i++)
        {
            if (Texts[i] is null || Texts[i]!.Length > MaxTextLength)
            {
                yield return new ValidationResult($"must be a text of at most {MaxTextLength} characters.", [$"{nameof(Texts)}[{i}]"]);
            }
        }
    }
}

/// <summary>One vector per text, in order; null where the model has no embedding for the text.</summary>
internal sealed record EmbedResponse(IReadOnlyList<float[]?> Vectors, int Dimension, string Model);

internal static class EmbedEndpoints
{
    public static IEndpointRouteBuilder MapEmbedEndpoints(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/embed", EmbedAsync).WithName("Embed").WithSummary("Sentence embeddings of texts");
        return routes;
    }

    private static async Task<Results<Ok<EmbedResponse>, ProblemHttpResult>> EmbedAsync(
        EmbedRequest request, ISentenceEncoder encoder, CancellationToken cancellationToken)
    {
        try
        {
            var vectors = await encoder.EncodeAsync([.. request.Texts!.Select(text => text!)], request.Role, cancellationToken);
            return TypedResults.Ok(new EmbedResponse(vectors, encoder.Dimension, encoder.Name));
        }
        catch (EncoderUnavailableException)
        {
            return Problems.Of(StatusCodes.Status503ServiceUnavailable, "ENCODER_UNAVAILABLE",
                $"The sentence encoder {encoder.Name} is not loaded; the health report and the log say why.");
        }
    }
}
