using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace MovieSir.Inference.Offline.Datasets;

/// <summary>A user of one rating source; user ids are unique within their source only.</summary>
internal readonly record struct UserKey(int Source, int UserId)
{
    public static readonly Comparer<UserKey> Order = Comparer<UserKey>.Create((one, other) =>
        one.Source != other.Source ? one.Source.CompareTo(other.Source) : one.UserId.CompareTo(other.UserId));
}

/// <summary>Ratings in memory as columns, 16 bytes a rating: users in ascending order, and of each user the ratings oldest first.</summary>
internal sealed class RatingSet
{
    private readonly UserKey[] _users;
    private readonly int[] _starts;
    private readonly int[] _movieIds;
    private readonly float[] _values;
    private readonly long[] _times;

    internal RatingSet(UserKey[] users, int[] starts, int[] movieIds, float[] values, long[] times) =>
        (_users, _starts, _movieIds, _values, _times) = (users, starts, movieIds, values, times);

    public static RatingSet Empty { get; } = new([], [0], [], [], []);

    public int UserCount => _users.Length;

    public int Count => _movieIds.Length;

    /// <summary>How many ratings are at least so much.</summary>
    public int CountFrom(float threshold) => _values.Count(value => value >= threshold);

    public ReadOnlySpan<UserKey> Users => _users;

    /// <summary>TMDB ids of what a user rated, oldest first; movies rated in the same second in ascending id.</summary>
    public ReadOnlySpan<int> MovieIds(int user) => _movieIds.AsSpan(_starts[user].._starts[user + 1]);

    /// <summary>0.5 to 5.</summary>
    public ReadOnlySpan<float> Values(int user) => _values.AsSpan(_starts[user].._starts[user + 1]);

    /// <summary>Unix seconds.</summary>
    public ReadOnlySpan<long> Times(int user) => _times.AsSpan(_starts[user].._starts[user + 1]);

    /// <summary>The users for whom <paramref name="keep"/> holds, with all their ratings.</summary>
    public RatingSet Where(Func<int, bool> keep)
    {
        var users = Enumerable.Range(0, UserCount).Where(keep).ToArray();
        var starts = new int[users.Length + 1];
        for (var i = 0; i < users.Length; i++)
        {
            starts[i + 1] = starts[i] + MovieIds(users[i]).Length;
        }

        var part = new RatingSet(Array.ConvertAll(users, user => _users[user]), starts, new int[starts[^1]], new float[starts[^1]],
            new long[starts[^1]]);
        for (var i = 0; i < users.Length; i++)
        {
            MovieIds(users[i]).CopyTo(part._movieIds.AsSpan(starts[i]));
            Values(users[i]).CopyTo(part._values.AsSpan(starts[i]));
            Times(users[i]).CopyTo(part._times.AsSpan(starts[i]));
        }

        return part;
    }

    /// <summary>All users with their ratings of other movies.</summary>
    public RatingSet WithoutMovies(IReadOnlySet<int> movieIds)
    {
        var builder = new RatingSetBuilder();
        for (var user = 0; user < UserCount; user++)
        {
            for (var i = _starts[user]; i < _starts[user + 1]; i++)
            {
                if (!movieIds.Contains(_movieIds[i]))
                {
                    builder.Add(_users[user], _movieIds[i], _values[i], _times[i]);
                }
            }
        }

        return builder.Build();
    }

    /// <summary>
    /// Without the users whose whole history (movies and times) an earlier user has as well: the same person twice, in
    /// two sources or under two numbers of one.
    /// </summary>
    public RatingSet WithoutDuplicateUsers()
    {
        var seen = new HashSet<(ulong, ulong)>();
        return Where(user => seen.Add(HistoryHash(user)));
    }

    /// <summary>SHA-256 over users, movies, ratings and times: the same content gives the same hash, in whatever order it was read.</summary>
    public byte[] Sha256()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(MemoryMarshal.AsBytes(_users.AsSpan()));
        hash.AppendData(MemoryMarshal.AsBytes(_starts.AsSpan()));
        hash.AppendData(MemoryMarshal.AsBytes(_movieIds.AsSpan()));
        hash.AppendData(MemoryMarshal.AsBytes(_values.AsSpan()));
        hash.AppendData(MemoryMarshal.AsBytes(_times.AsSpan()));
        return hash.GetHashAndReset();
    }

    private (ulong High, ulong Low) HistoryHash(int user)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(MemoryMarshal.AsBytes(MovieIds(user)));
        hash.AppendData(MemoryMarshal.AsBytes(Times(user)));
        hash.GetHashAndReset(digest);
        return (MemoryMarshal.Read<ulong>(digest), MemoryMarshal.Read<ulong>(digest[sizeof(ulong)..]));
    }
}
