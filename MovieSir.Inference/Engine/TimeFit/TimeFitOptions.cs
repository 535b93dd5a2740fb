using System.ComponentModel.DataAnnotations;

namespace MovieSir.Inference.Engine.TimeFit;

/// <summary>The objective of a time fit. Section <c>TimeFit</c>; see docs/architecture/time-fit.md.</summary>
internal sealed class TimeFitOptions
{
    public const string Section = "TimeFit";

    /// <summary>
    /// What a set gains from filling all of the time over filling none of it, on the scale of mean scores (0 to 1). Within the allowed 90 to 100 % it
    /// decides between sets that are all but equally good.
    /// </summary>
    [Range(0.0, 1.0)]
    public float FillWeight { get; set; } = 0.02f;

    /// <summary>
    /// Most by which a seed changes a movie's score before the movies are chosen, as a share of the best candidate's. 0: answers do not vary.
    /// </summary>
    [Range(0.0, 1.0)]
    public float NoiseBound { get; set; } = 0.16f;

    /// <summary>What variety may cost: the mean score of an answered set is at least this share of the mean score of the best set.</summary>
    [Range(0.0, 1.0)]
    public float MeanFloor { get; set; } = 0.97f;
}
