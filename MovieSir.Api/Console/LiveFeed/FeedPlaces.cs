using System.Collections.Concurrent;

namespace MovieSir.Api.Console.LiveFeed;

/// <summary>How many live feeds of each company this replica has open.</summary>
internal sealed class FeedPlaces
{
    public const int Most = 5;

    private readonly ConcurrentDictionary<Guid, int> _open = new();

    /// <returns>Gives the place back when it is disposed of; null where there is none.</returns>
    public IDisposable? Take(Guid companyId)
    {
        if (_open.AddOrUpdate(companyId, 1, (_, open) => open + 1) <= Most)
        {
            return new Place(this, companyId);
        }

        GiveBack(companyId);
        return null;
    }

    private void GiveBack(Guid companyId)
    {
        _open.AddOrUpdate(companyId, 0, (_, open) => open - 1);
        _open.TryRemove(new KeyValuePair<Guid, int>(companyId, 0));
    }

    private sealed class Place(FeedPlaces places, Guid companyId) : IDisposable
    {
        private int _isGivenBack;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isGivenBack, 1) == 0)
            {
                places.GiveBack(companyId);
            }
        }
    }
}
