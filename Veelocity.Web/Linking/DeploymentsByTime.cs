namespace Veelocity.Web.Linking;

/// <summary>Deployments in the order they finished, searchable by when they started, which may be another order.</summary>
internal sealed class DeploymentsByTime
{
    private readonly List<int> _places = [];
    private readonly List<DateTimeOffset> _latestStarts = [];

    public void Add(int place, DateTimeOffset startedAt)
    {
        _places.Add(place);
        _latestStarts.Add(_latestStarts is [.., var latest] && latest > startedAt ? latest : startedAt);
    }

    // The first place where the latest start so far is late enough is the first deployment that itself started late enough.
    public int? FirstStartedSince(DateTimeOffset at)
    {
        int low = 0, high = _places.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_latestStarts[middle] < at) low = middle + 1;
            else high = middle;
        }
        return low < _places.Count ? _places[low] : null;
    }
}
