using System.Collections.Concurrent;

namespace Veelocity.E2E.Stage;

/// <summary>
/// Windows that stay open for the next journey, since opening and signing in costs more than looking: one per worker for visitors, and one
/// for each person. They cache nothing, so that every page loads as the first one does.
/// </summary>
internal sealed class Windows(RunningApp app)
{
    private readonly ConcurrentDictionary<string, ConcurrentBag<Visit>> free = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Visit, string> taken = new();

    public async Task<Visit> TakeAsync(Person? person)
    {
        var whose = person?.Email ?? "";
        if (!FreeFor(whose).TryTake(out var visit))
        {
            visit = await Visit.StartAsync(app, null, person is null ? null : await app.SignedInAsync(person));
            await visit.ForgetCacheAsync();
        }
        visit.StartOver();
        taken[visit] = whose;
        return visit;
    }

    /// <returns>Whether it was one of these.</returns>
    public bool TakeBack(Visit visit)
    {
        if (!taken.TryRemove(visit, out var whose)) return false;
        FreeFor(whose).Add(visit);
        return true;
    }

    private ConcurrentBag<Visit> FreeFor(string whose) => free.GetOrAdd(whose, _ => []);
}
