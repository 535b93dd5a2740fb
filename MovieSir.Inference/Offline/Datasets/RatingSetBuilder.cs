using System.Runtime.InteropServices;

namespace MovieSir.Inference.Offline.Datasets;

/// <summary>Collects ratings in any order and puts them in that of a <see cref="RatingSet"/> by one counting sort over users.</summary>
internal sealed class RatingSetBuilder
{
    private readonly Dictionary<UserKey, int> _userIndex = [];
    private readonly List<UserKey> _users = [];
    private readonly List<int> _counts = [];
    private readonly List<int> _userOf = [];
    private readonly List<int> _movieIds = [];
    private readonly List<float> _values = [];
    private readonly List<long> _times = [];
    private UserKey _lastUser;
    private int _lastIndex = -1;

    /// <param name="user">Who rated.</param>
    /// <param name="movieId">TMDB id.</param>
    /// <param name="value">0.5 to 5.</param>
    /// <param name="unixSeconds">When.</param>
    public void Add(UserKey user, int movieId, float value, long unixSeconds)
    {
        if (_lastIndex < 0 || user != _lastUser)
        {
            (_lastUser, _lastIndex) = (user, IndexOf(user));
        }

        CollectionsMarshal.AsSpan(_counts)[_lastIndex]++;
        _userOf.Add(_lastIndex);
        _movieIds.Add(movieId);
        _values.Add(value);
        _times.Add(unixSeconds);
    }

    /// <summary>Where a user has rated a movie twice, the later rating stands.</summary>
    public RatingSet Build()
    {
        var order = Enumerable.Range(0, _users.Count).ToArray();
        Array.Sort(_users.ToArray(), order, UserKey.Order);
        var starts = new int[order.Length + 1];
        var next = new int[order.Length];
        for (var rank = 0; rank < order.Length; rank++)
        {
            next[order[rank]] = starts[rank];
            starts[rank + 1] = starts[rank] + _counts[order[rank]];
        }

        var movieIds = new int[_movieIds.Count];
        var values = new float[movieIds.Length];
        var times = new long[movieIds.Length];
        for (var i = 0; i < movieIds.Length; i++)
        {
            var at = next[_userOf[i]]++;
            (movieIds[at], values[at], times[at]) = (_movieIds[i], _values[i], _times[i]);
        }

        var users = Array.ConvertAll(order, index => _users[index]);
        var kept = SortUsers(starts, movieIds, values, times);
        return new RatingSet(users, starts, movieIds[..kept], values[..kept], times[..kept]);
    }

    private int IndexOf(UserKey user)
    {
        if (!_userIndex.TryGetValue(user, out var index))
        {
            index = _users.Count;
            _userIndex.Add(user, index);
            _users.Add(user);
            _counts.Add(0);
        }

        return index;
    }

    /// <summary>
    /// Sorts each user's ratings by time and movie, and closes the gaps that repeated movies leave. Returns the number of ratings kept.
    /// </summary>
    private static int SortUsers(int[] starts, int[] movieIds, float[] values, long[] times)
    {
        var kept = 0;
        var seen = new HashSet<int>();
        var buffer = new List<(long Time, int MovieId, float Value)>();
        for (var user = 0; user + 1 < starts.Length; user++)
        {
            buffer.Clear();
            for (var i = starts[user]; i < starts[user + 1]; i++)
            {
                buffer.Add((times[i], movieIds[i], values[i]));
            }

            buffer.Sort();
            seen.Clear();
            for (var i = buffer.Count - 1; i >= 0; i--)
            {
                if (!seen.Add(buffer[i].MovieId))
                {
                    buffer[i] = (long.MinValue, 0, 0f);
                }
            }

            starts[user] = kept;
            foreach (var (time, movieId, value) in buffer)
            {
                if (time != long.MinValue)
                {
                    (times[kept], movieIds[kept], values[kept]) = (time, movieId, value);
                    kept++;
                }
            }
        }

        starts[^1] = kept;
        return kept;
    }
}
