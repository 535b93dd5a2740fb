namespace MovieSir.Inference.Encoding;

/// <summary>What a text is for. Retrieval models such as e5 are trained with a different prefix for each.</summary>
internal enum EncodingRole
{
    /// <summary>What a person is looking for.</summary>
    Query,

    /// <summary>What can be found: a movie's text.</summary>
    Passage,
}
