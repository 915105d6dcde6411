using Veelocity.Web.Data;

namespace Veelocity.Web.Tests.Recomputed.Facts;

/// <summary>The months of one repository: what is merged, pushed and deployed, with everything that goes wrong.</summary>
/// <param name="ship">Deploys a commit: where to (an index of the repository's productions), from when to when, and how that ends.</param>
/// <param name="rehearse">Deploys it to staging first; null where there is none.</param>
internal sealed class RepositoryStory(
    Dice dice, CodeHistory code, int places, Action<int, string, DateTimeOffset, DateTimeOffset, Ending> ship,
    Action<string, DateTimeOffset, DateTimeOffset, Ending>? rehearse)
{
    private readonly List<(string Sha, DateTimeOffset FinishedAt)>[] shipped = [.. Enumerable.Range(0, places).Select(_ => new List<(string, DateTimeOffset)>())];

    public void Tell(DateTimeOffset from, DateTimeOffset to)
    {
        code.Begin(from);
        for (var at = from + dice.Span(1, 20); at < to; at += dice.Span(1, 34))
        {
            switch (dice.Below(20))
            {
                case < 13: code.Merge(at); break;
                case 13 or 14: code.Push(at); break;
                case 15: code.Leave(at, isClosed: true); break;
                case 16: code.Leave(at, isClosed: false); break;
            }
            if (dice.Chance(45)) Deploy(dice.Below(places), at + dice.Span(0.02, 3), to);
        }
    }

    private void Deploy(int place, DateTimeOffset at, DateTimeOffset to)
    {
        var before = shipped[place];
        var takes = dice.Span(0.02, 0.7);
        if (rehearse is not null && dice.Chance(60)) rehearse(code.Head, at - takes - TimeSpan.FromMinutes(9), at - TimeSpan.FromMinutes(9), End());
        var sha = dice.Below(20) switch
        {
            < 3 when before.Count > 1 => dice.Pick([.. before.TakeLast(4)]).Sha,
            3 when before.Count > 0 => before[^1].Sha,
            4 => dice.Sha(),
            5 => code.BeforeHead,
            _ => code.Head,
        };
        if (at + takes >= to) return;
        Ship(place, sha, at, at + takes, End());
        // Created before and finished after a later one.
        if (dice.Chance(6)) Ship(place, before.Count > 0 ? dice.Pick(before).Sha : sha, at.AddMinutes(-4), at + takes + dice.Span(0.1, 0.8), Ending.Succeeded);
        // Another region, or the same one again.
        if (dice.Chance(12)) Ship(place, sha, at.AddMinutes(2), at + takes + dice.Span(0.05, 0.5), Ending.Succeeded);
    }

    private void Ship(int place, string sha, DateTimeOffset created, DateTimeOffset finished, Ending ending)
    {
        ship(place, sha, created, finished, ending);
        if (ending == Ending.Succeeded) shipped[place].Add((sha, finished));
    }

    private Ending End() => dice.Below(12) switch { 0 or 1 => Ending.Failed, 2 => Ending.NeverTold, _ => Ending.Succeeded };
}
