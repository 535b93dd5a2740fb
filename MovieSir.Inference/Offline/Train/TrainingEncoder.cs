using System.Globalization;

namespace MovieSir.Inference.Offline.Train;

/// <summary>
/// The encoder whose embeddings a model was trained with. Weights and trees are fitted to it: another one needs a training of its own.
/// </summary>
internal sealed record TrainingEncoder(string Name, int Dimension)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Name} ({Dimension} dimensions)");
}
