using System.Text.Json.Nodes;
using Veelocity.Web.Data;

namespace Veelocity.Web.Tests.Recomputed.Answers;

/// <summary>Asks the app everything about a world, and compares each answer.</summary>
internal sealed class Questions(StoredWorld stored, Recomputation all, Differences differences, CancellationToken stop)
{
    private readonly RowQuestions rows = new(stored, all, differences, stop);
    private readonly PageQuestions pages = new(stored, all, differences);

    private static readonly string[] Units = ["day", "week", "month"];
    private static readonly string[] Platforms = ["all", "ios", "android"];
    private static readonly int[] Windows = [1, 48];

    // The last month with a day in progress, one over a change of clocks, days to come, one before there was anything, one around everything.
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

    /// <param name="onlyEvery">Asks about every so many periods, to be quick; 1 for all.</param>
    public async Task AskAsync(int seed, int onlyEvery)
    {
        foreach (var days in Periods().Where((_, at) => (at + seed) % onlyEvery == 0))
        {
            await AskDoraAsync(days);
            await AskDevelopmentAsync(days);
            await AskBuildsAsync(days);
            await rows.AskAsync(days);
            await pages.AskAsync(days);
        }
    }

    private async Task AskDoraAsync(Days days)
    {
        var dora = new DoraAnswers(all, days);
        var stability = new StabilityAnswers(all, days, dora);
        var recovery = new RecoveryAnswers(all, days, dora, stability);
        foreach (var scope in Scopes.Of(all.World))
        {
            string[] cuts = scope.Query.Length == 0 ? [.. Units, "repo", "service", "team"] : [days.DefaultUnit];
            foreach (var cut in cuts)
            {
                await CompareAsync("metrics/dora/deployment-frequency", days, scope.Query, cut, _ => dora.Frequency(scope, cut));
                await CompareAsync("metrics/dora/lead-time", days, scope.Query, cut, answer =>
                {
                    var expected = dora.LeadTime(scope, cut);
                    expected["distribution"] = dora.Distribution(scope, answer["distribution"]!.AsArray());
                    return expected;
                });
                if (scope.Environment != "production-eu") await CompareAsync("metrics/dora/mttr", days, scope.Query, cut, _ => recovery.Recovery(scope, cut, null));
                if (scope.Environment == "staging") continue;
                await CompareAsync("metrics/dora/change-failure-rate", days, scope.Query, cut, _ => stability.FailureRate(scope, cut));
                await CompareAsync("metrics/dora/rework-rate", days, scope.Query, cut, _ => stability.ReworkRate(scope, cut));
            }
        }
        var quality = new QualityAnswers(all, days, stability);
        foreach (var scope in Scopes.Of(all.World).Where(scope => scope.Clock is null && scope.Environment != "production-eu"))
        {
            var question = $"metrics/data-quality?start_date={days.First:yyyy-MM-dd}&end_date={days.Last:yyyy-MM-dd}&{scope.Query}".TrimEnd('&');
            differences.Compare(question, quality.Quality(scope), QualityAnswers.Shorten(await stored.AskAsync(question, stop)));
        }
        foreach (var hours in Windows)
        {
            var scope = new Scope($"window_hours={hours}") { WindowHours = hours };
            await CompareAsync("metrics/dora/change-failure-rate", days, scope.Query, "service", _ => stability.FailureRate(scope, "service"));
        }
        foreach (var severity in Enum.GetValues<IncidentSeverity>())
        {
            var word = $"severity={severity.ToString().ToLowerInvariant()}";
            await CompareAsync("metrics/dora/mttr", days, word, "service", _ => recovery.Recovery(new Scope(""), "service", severity));
        }
    }

    private async Task AskDevelopmentAsync(Days days)
    {
        var development = new DevelopmentAnswers(all, days);
        var cycle = new CycleAnswers(all, days, development);
        foreach (var scope in development.Work.Scopes())
        {
            string[] cuts = scope.Query.Length == 0 ? [.. Units, "repo", "team", "developer"] : [days.DefaultUnit];
            foreach (var cut in cuts)
            {
                await CompareAsync("metrics/development/pr-review-time", days, scope.Query, cut, answer =>
                {
                    var expected = development.ReviewTime(scope, cut);
                    expected["distribution"] = development.Distribution(development.FirstReviews(scope, days.Whole), answer["distribution"]!.AsArray());
                    return expected;
                });
                await CompareAsync("metrics/development/throughput", days, scope.Query, cut, _ => development.Throughput(scope, cut));
                await CompareAsync("metrics/development/cycle-time", days, scope.Query, cut, answer =>
                {
                    var expected = cycle.CycleTime(scope, cut);
                    expected["distribution"] = development.Distribution(cycle.Delivered(scope, days.Whole), answer["distribution"]!.AsArray());
                    return expected;
                });
            }
        }
    }

    private async Task AskBuildsAsync(Days days)
    {
        var builds = new BuildAnswers(all, days);
        var repository = all.World.Repositories[3].Id;
        foreach (var platform in Platforms)
        {
            string[] cuts = platform == "all" ? [.. Units, "repo"] : [days.DefaultUnit];
            foreach (var cut in cuts)
            {
                await CompareAsync("metrics/builds/success-rate", days, $"platform={platform}", cut, _ => builds.SuccessRate(platform, null, cut));
                await CompareAsync("metrics/builds/duration", days, $"platform={platform}", cut, _ => builds.Duration(platform, null, cut));
                await CompareAsync("metrics/builds/frequency", days, $"platform={platform}", cut, _ => builds.Frequency(platform, null, cut));
            }
            await CompareAsync("metrics/builds/frequency", days, $"platform={platform}&repo_id={repository}", "week", _ => builds.Frequency(platform, repository, "week"));
        }
    }

    private async Task CompareAsync(string path, Days days, string query, string groupBy, Func<JsonObject, JsonObject> recompute)
    {
        var question = $"{path}?start_date={days.First:yyyy-MM-dd}&end_date={days.Last:yyyy-MM-dd}&group_by={groupBy}&{query}".TrimEnd('&');
        var answer = await stored.AskAsync(question, stop);
        var expected = recompute(answer);
        differences.Compare(question, expected, answer);
        if (query.Length > 0) return;
        var groups = expected["groups"]!.AsArray().ToDictionary(group => group!["key"]!.ToString(), group => group!.AsObject(), StringComparer.Ordinal);
        foreach (var line in Csv.Read(await stored.DownloadAsync(question, stop)))
            if (groups.TryGetValue(line["key"], out var group)) differences.Compare($"{question} CSV", group, line);
    }
}
