using Pgvector;

namespace MovieSir.Data.Catalog;

/// <summary>A sentence encoder that embeddings were made with.</summary>
public sealed class Encoder
{
    public short EncoderId { get; set; }

    /// <summary>Stable name with version, for example <c>use-lite-en-0.2.0</c>.</summary>
    public required string Name { get; set; }

    public int Dimension { get; set; }

    public DateTimeOffset CreatedAt { get; set; }
}

/// <summary>One movie's L2-normalized sentence embedding under one encoder.</summary>
public sealed class MovieEmbedding
{
    public short EncoderId { get; set; }

    public int MovieId { get; set; }

    /// <summary>SHA-256 of the text that was encoded: what did not change is not encoded again.</summary>
    public required byte[] SourceHash { get; set; }

    /// <summary>Null where the encoder has no embedding for the text.</summary>
    public Vector? Embedding { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }
}

/// <summary>A trained model: its item factors, how it was made and how it was judged. Never changed once it is published.</summary>
public sealed class ModelVersion
{
    public long ModelVersionId { get; set; }

    /// <summary>Name in answers, for example <c>20261122T224011.000Z-ials128</c>.</summary>
    public required string Name { get; set; }

    /// <summary>For example <c>ials</c>.</summary>
    public required string Algorithm { get; set; }

    public int Dimension { get; set; }

    public int ItemCount { get; set; }

    /// <summary>JSON object.</summary>
    public required string Hyperparameters { get; set; }

    /// <summary>JSON object: figures on held-out users at the time of training.</summary>
    public required string Metrics { get; set; }

    /// <summary>JSON object: the learned weights of the signals and the forest; null where none were learned. Kept as written: the checksum covers it.</summary>
    public string? Ranking { get; set; }

    /// <summary>SHA-256 over factors, successors and ranking; its layout is defined by <c>ModelChecksum</c> of the inference service.</summary>
    public required byte[] Checksum { get; set; }

    public DateTimeOffset CreatedAt { get; set; }
}

/// <summary>One movie's latent factors in one model version.</summary>
public sealed class ItemFactors
{
    public long ModelVersionId { get; set; }

    public int MovieId { get; set; }

    public required float[] Factors { get; set; }
}

/// <summary>The movies that viewers went on to like after one movie, in one model version, strongest first.</summary>
public sealed class ItemSuccessors
{
    public long ModelVersionId { get; set; }

    public int MovieId { get; set; }

    /// <summary>TMDB ids.</summary>
    public required int[] SuccessorIds { get; set; }

    /// <summary>Aligned with the successors, positive.</summary>
    public required float[] Weights { get; set; }
}

/// <summary>
/// The one row that says what is served. Importing, embedding and publishing raise <see cref="Revision"/> in their own transaction, and a trigger
/// notifies the channel <c>catalog_changed</c>; serving processes load a new snapshot when the revision differs from theirs.
/// </summary>
public sealed class CatalogState
{
    /// <summary>Always true: the table holds one row.</summary>
    public bool Singleton { get; set; }

    public long Revision { get; set; }

    /// <summary>How many of the revisions changed the model alone: what is left of <see cref="Revision"/> without them counts changes to movies.</summary>
    public long ModelPublications { get; set; }

    public long? PublishedModelVersionId { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }
}
