using System.Text.Json.Nodes;

namespace Veelocity.Web.Tests.Recomputed.Answers;

/// <summary>Asks the app everything about a world, and compares each answer.</summary>
internal sealed class Questions(StoredWorld stored, Recomputation all, Differences differences)
{
    private static readonly string[] Units = ["day", "week", "month"];

    // The last month with a day in progress, one over a change of clocks, one that ends before there was anything, a year around everything.
    private IEnumerable<Days> Periods()
    {
        var world = all.World;
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(world.Now, world.Zone).DateTime);
        yield return Between(today.AddDays(-29), today);
        yield return Between(today.AddDays(-75), today.AddDays(-16));
        yield return Between(today.AddDays(-9), today.AddDays(3));
        yield return Between(today.AddDays(-300), today.AddDays(-200));
        yield return Between(today.AddDays(-250), today);

        Days Between(DateOnly first, DateOnly last) => new(first, last, world.Zone, world.Now);
    }

    public async Task AskAsync(CancellationToken stop)
    {
        foreach (var days in Periods())
        {
            var dora = new DoraAnswers(all, days);
            foreach (var scope in Scopes.Of(all.World))
            {
                string[] cuts = scope.Query.Length == 0 ? [.. Units, "repo", "service", "team"] : [days.DefaultUnit];
                foreach (var cut in cuts)
                {
                    await CompareAsync("metrics/dora/deployment-frequency", days, scope, cut, _ => dora.Frequency(scope, cut), stop);
                    await CompareAsync("metrics/dora/lead-time", days, scope, cut, answer =>
                    {
                        var expected = dora.LeadTime(scope, cut);
                        expected["distribution"] = dora.Distribution(scope, answer["distribution"]!.AsArray());
                        return expected;
                    }, stop);
                }
            }
        }
    }

    private async Task CompareAsync(string path, Days days, Scope scope, string groupBy, Func<JsonObject, JsonObject> recompute, CancellationToken stop)
    {
        var question = $"{path}?start_date={days.First:yyyy-MM-dd}&end_date={days.Last:yyyy-MM-dd}&group_by={groupBy}&{scope.Query}".TrimEnd('&');
        var answer = await stored.AskAsync(question, stop);
        differences.Compare(question, recompute(answer), answer);
    }
}
