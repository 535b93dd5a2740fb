using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MovieSir.Data.Catalog;

/// <summary>One run of an importer over one file.</summary>
internal sealed class ImportRun
{
    public long ImportRunId { get; set; }

    /// <summary>What kind of file, for example <c>tmdb-jsonl</c> or <c>movielens-ratings</c>.</summary>
    public required string Kind { get; set; }

    /// <summary>File name without its folder, after the name of the ratings source if it has one: <c>ml-25m/ratings.csv</c>.</summary>
    public required string FileName { get; set; }

    /// <summary>SHA-256 of the file as read, with the links that it was read through where there are any.</summary>
    public byte[]? Sha256 { get; set; }

    public long RowsRead { get; set; }

    public long RowsWritten { get; set; }

    public long RowsRejected { get; set; }

    public DateTimeOffset StartedAt { get; set; }

    public DateTimeOffset FinishedAt { get; set; }
}

internal sealed class ImportRunConfiguration : IEntityTypeConfiguration<ImportRun>
{
    public void Configure(EntityTypeBuilder<ImportRun> builder)
    {
        builder.ToTable("import_runs", Schemas.Catalog);
        builder.HasKey(r => r.ImportRunId);
    }
}
