namespace MovieSir.Data.Catalog;

/// <summary>Where ratings came from, for example one MovieLens folder. User ids are unique within a source only.</summary>
public sealed class RatingSource
{
    public short SourceId { get; set; }

    public required string Name { get; set; }
}

/// <summary>One user's rating of one movie. The movie may be unknown to the catalog: ratings can arrive before movies.</summary>
public sealed class Rating
{
    public short SourceId { get; set; }

    public int UserId { get; set; }

    public int MovieId { get; set; }

    /// <summary>0.5 to 5 in steps of 0.5.</summary>
    public float Value { get; set; }

    public DateTimeOffset RatedAt { get; set; }
}

/// <summary>A word or phrase that a user put on a movie.</summary>
public sealed class MovieTag
{
    public short SourceId { get; set; }

    public int UserId { get; set; }

    public int MovieId { get; set; }

    public required string Tag { get; set; }

    public DateTimeOffset TaggedAt { get; set; }
}

/// <summary>One run of an importer over one file.</summary>
public sealed class ImportRun
{
    public long ImportRunId { get; set; }

    /// <summary>What kind of file, for example <c>tmdb-jsonl</c> or <c>movielens-ratings</c>.</summary>
    public required string Kind { get; set; }

    /// <summary>File name without its folder; a file of a ratings source comes after the source's name, for example <c>ml-25m/ratings.csv</c>.</summary>
    public required string FileName { get; set; }

    /// <summary>SHA-256 of the file as read, with the links that it was read through where there are any.</summary>
    public byte[]? Sha256 { get; set; }

    public long RowsRead { get; set; }

    public long RowsWritten { get; set; }

    public long RowsRejected { get; set; }

    public DateTimeOffset StartedAt { get; set; }

    public DateTimeOffset FinishedAt { get; set; }
}
