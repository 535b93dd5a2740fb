using System.CommandLine;
using MovieSir.Inference.Models;

namespace MovieSir.Inference.Offline.Learn;

/// <summary>The options by which commands take <see cref="HybridParameters"/>.</summary>
internal sealed class ModelCommandOptions
{
    private static readonly IalsParameters Defaults = new();

    private readonly Option<int> _dimension = Create("--dimension", "Latent factors of a movie.", Defaults.Dimension);
    private readonly Option<int> _epochs = Create("--epochs", "Passes over users and movies.", Defaults.Epochs);
    private readonly Option<float> _unobserved = Create("--unobserved-weight", "Weight of a pair that was not observed, against 1 of a positive.",
        Defaults.UnobservedWeight);
    private readonly Option<float> _regularization = Create("--regularization", "Lambda.", Defaults.Regularization);
    private readonly Option<float> _frequency = Create("--frequency-exponent",
        "Nu: 1 regularizes users and movies by how many positives they have, 0 all alike.", Defaults.FrequencyExponent);
    private readonly Option<float> _recency = Create("--recency-exponent", "The profile's movie at rank r from the newest weighs (1+r)^-exponent.",
        Defaults.RecencyExponent);
    private readonly Option<float> _threshold = Create("--positive-threshold", "A rating of at least this much is a positive.",
        Defaults.PositiveThreshold);
    private readonly Option<int> _modelSeed = Create("--model-seed", "The same ratings, parameters and seed give the same model.", Defaults.Seed);

    private readonly Option<bool> _ignoreOrder = new("--ignore-order")
    {
        Description = "Count movies that the same users like, whichever came first: shows what the order of ratings is worth.",
    };

    public void AddTo(Command command)
    {
        Option[] options = [_dimension, _epochs, _unobserved, _regularization, _frequency, _recency, _threshold, _modelSeed, _ignoreOrder];
        foreach (var option in options)
        {
            command.Add(option);
        }
    }

    /// <exception cref="System.ComponentModel.DataAnnotations.ValidationException">A value is out of its range.</exception>
    public HybridParameters Read(ParseResult parsed) => new()
    {
        Ials = ReadIals(parsed),
        Succession = parsed.GetValue(_ignoreOrder) ? SuccessionParameters.WithoutOrder : new SuccessionParameters(),
    };

    private IalsParameters ReadIals(ParseResult parsed) => new IalsParameters
    {
        Dimension = parsed.GetValue(_dimension),
        Epochs = parsed.GetValue(_epochs),
        UnobservedWeight = parsed.GetValue(_unobserved),
        Regularization = parsed.GetValue(_regularization),
        FrequencyExponent = parsed.GetValue(_frequency),
        RecencyExponent = parsed.GetValue(_recency),
        PositiveThreshold = parsed.GetValue(_threshold),
        Seed = parsed.GetValue(_modelSeed),
    }.Validated();

    private static Option<T> Create<T>(string name, string description, T value) =>
        new(name) { Description = description, DefaultValueFactory = _ => value };
}
