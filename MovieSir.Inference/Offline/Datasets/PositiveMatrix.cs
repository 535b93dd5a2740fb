namespace MovieSir.Inference.Offline.Datasets;

/// <summary>
/// Which user liked which item: a sparse matrix of ones, kept both by rows (users) and by columns (items), 8 bytes a positive. Rows and columns
/// are ascending in their own ids and in those they point to, so the same ratings give the same matrix in whatever order they were read.
/// </summary>
internal sealed class PositiveMatrix
{
    private PositiveMatrix(int[] movieIds, SparseRows byUser, SparseRows byItem) => (MovieIds, ByUser, ByItem) = (movieIds, byUser, byItem);

    /// <summary>TMDB id of each item, ascending. Items are the movies with at least one positive.</summary>
    public int[] MovieIds { get; }

    /// <summary>A row a user of the rating set, empty where the user liked nothing.</summary>
    public SparseRows ByUser { get; }

    public SparseRows ByItem { get; }

    public int Count => ByUser.Count;

    /// <param name="ratings">What was rated.</param>
    /// <param name="threshold">A rating of at least this much is a positive.</param>
    public static PositiveMatrix From(RatingSet ratings, float threshold)
    {
        var movieIds = new HashSet<int>();
        var userStarts = new int[ratings.UserCount + 1];
        for (var user = 0; user < ratings.UserCount; user++)
        {
            var ids = ratings.MovieIds(user);
            var values = ratings.Values(user);
            userStarts[user + 1] = userStarts[user];
            for (var i = 0; i < ids.Length; i++)
            {
                if (values[i] >= threshold)
                {
                    movieIds.Add(ids[i]);
                    userStarts[user + 1]++;
                }
            }
        }

        int[] items = [.. movieIds];
        Array.Sort(items);
        var indexOf = new Dictionary<int, int>(items.Length);
        for (var item = 0; item < items.Length; item++)
        {
            indexOf.Add(items[item], item);
        }

        var itemsOfUser = new int[userStarts[^1]];
        var itemStarts = new int[items.Length + 1];
        var next = 0;
        for (var user = 0; user < ratings.UserCount; user++)
        {
            var ids = ratings.MovieIds(user);
            var values = ratings.Values(user);
            for (var i = 0; i < ids.Length; i++)
            {
                if (values[i] >= threshold)
                {
                    var item = indexOf[ids[i]];
                    itemsOfUser[next++] = item;
                    itemStarts[item + 1]++;
                }
            }

            Array.Sort(itemsOfUser, userStarts[user], next - userStarts[user]);
        }

        var byUser = new SparseRows(userStarts, itemsOfUser);
        return new PositiveMatrix(items, byUser, byUser.Transpose(itemStarts));
    }
}

/// <summary>Rows of ascending column indices (compressed sparse rows without values).</summary>
internal sealed class SparseRows(int[] starts, int[] columns)
{
    public int RowCount => starts.Length - 1;

    public int Count => columns.Length;

    public ReadOnlySpan<int> this[int row] => columns.AsSpan(starts[row]..starts[row + 1]);

    /// <summary>The same matrix by columns, by a counting sort.</summary>
    /// <param name="columnCounts">At index c + 1 the number of entries in column c; becomes the starts of the result.</param>
    public SparseRows Transpose(int[] columnCounts)
    {
        for (var column = 1; column < columnCounts.Length; column++)
        {
            columnCounts[column] += columnCounts[column - 1];
        }

        var next = columnCounts.AsSpan(0, columnCounts.Length - 1).ToArray();
        var rows = new int[columns.Length];
        for (var row = 0; row < RowCount; row++)
        {
            foreach (var column in this[row])
            {
                rows[next[column]++] = row;
            }
        }

        return new SparseRows(columnCounts, rows);
    }
}
