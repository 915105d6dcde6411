using AngleSharp.Dom;

namespace Veelocity.Web.Tests.Recomputed.Answers;

/// <summary>Opens the pages and compares what their cards and facts show.</summary>
internal sealed class PageQuestions(StoredWorld stored, Recomputation all, Differences differences)
{
    private delegate bool Reading(string text, double? value);

    public async Task AskAsync(Days days)
    {
        var dora = new DoraAnswers(all, days);
        var stability = new StabilityAnswers(all, days, dora);
        var recovery = new RecoveryAnswers(all, days, dora, stability);
        var development = new DevelopmentAnswers(all, days);
        var cycle = new CycleAnswers(all, days, development);
        foreach (var (query, scope, work) in Asked(development.Work))
        {
            var (often, lead, failures) = (dora.Frequency(scope, "week"), dora.LeadTime(scope, "week"), stability.FailureRate(scope, "week"));
            var (rework, restored) = (stability.ReworkRate(scope, "week"), recovery.Recovery(scope, "week", null));
            await CompareAsync("dora", query, days, Cards,
                (often["per_day"], Shown.IsFrequency), (lead["median"], Shown.IsDuration), (failures["value"], Shown.IsRate), (restored["mean"], Shown.IsDuration));
            if (often["per_day"] is not null)
            {
                await CompareAsync("dora/deployment-frequency", query, days, Facts,
                    (often["per_day"], Shown.IsFrequency), (often["per_day"], Shown.IsNumber), (often["per_week"], Shown.IsNumber), (often["total"], Shown.IsCount),
                    (often["days_with_deployments"], Shown.IsCount), (often["failed"], Shown.IsCount));
            }
            if (lead["median"] is not null)
            {
                await CompareAsync("dora/lead-time", query, days, Facts,
                    (lead["p50"], Shown.IsDuration), (lead["p75"], Shown.IsDuration), (lead["p90"], Shown.IsDuration), (lead["p95"], Shown.IsDuration),
                    (lead["mean"], Shown.IsDuration), (lead["count"], Shown.IsCount));
            }
            if (failures["value"] is not null)
            {
                await CompareAsync("dora/change-failure-rate", query, days, Facts,
                    (failures["value"], Shown.IsRate), (failures["failed"], Shown.IsCount), (failures["total"], Shown.IsCount), (failures["provisional"], Shown.IsCount),
                    (rework["value"], Shown.IsRate));
            }
            if (restored["mean"] is not null)
            {
                await CompareAsync("dora/recovery", query, days, Facts,
                    (restored["mean"], Shown.IsDuration), (restored["median"], Shown.IsDuration), (restored["p90"], Shown.IsDuration), (restored["count"], Shown.IsCount),
                    (restored["open"], Shown.IsCount));
            }
            var (review, through, cycles) = (development.ReviewTime(work, "week"), development.Throughput(work, "week"), cycle.CycleTime(work, "week"));
            await CompareAsync("development", query, days, Cards,
                (review["time_to_first_review"]!["median"], Shown.IsDuration), (review["time_to_merge"]!["median"], Shown.IsDuration),
                (review["merged_without_review"]!["value"], Shown.IsRate));
            await CompareAsync("development/cycle-time", query, days, Cards,
                (cycles["created_to_merged"]!["median"], Shown.IsDuration), (cycles["started_to_completed"]!["median"], Shown.IsDuration),
                (cycles["linked_pull_requests"]!["value"], Shown.IsRate));
            if (through["pull_requests_merged"] is null || through["issues_completed"] is null) continue;
            await CompareAsync("development/throughput", query, days, Cards,
                (through["pull_requests_merged"], Shown.IsCount), (through["issues_completed"], Shown.IsCount), (through["abandon_rate"], Shown.IsRate));
        }
    }

    private static IEnumerable<IElement> Cards(IDocument page) => page.QuerySelectorAll(".kpi-number");

    private static IEnumerable<IElement> Facts(IDocument page) => page.QuerySelector("dl.facts")?.QuerySelectorAll("dd") ?? Enumerable.Empty<IElement>();

    // Everything, a repository, a team, and what is no team's.
    private IEnumerable<(string Query, Scope Scope, WorkScope Work)> Asked(Workforce work)
    {
        var (dora, development) = (Scopes.Of(all.World).ToList(), work.Scopes().ToList());
        yield return ("", dora[0], development[0]);
        foreach (var repository in all.World.Repositories)
        {
            var query = $"repo_id={repository.Id}";
            yield return ($"repo={repository.FullName}", dora.Find(s => s.Query == query)!, development.Find(s => s.Query == query)!);
        }
        var team = $"team_id={all.World.Teams[0].Id}";
        yield return ($"team={all.World.Teams[0].Id}", dora.Find(s => s.Query == team)!, development.Find(s => s.Query == team)!);
    }

    private async Task CompareAsync(
        string path, string query, Days days, Func<IDocument, IEnumerable<IElement>> where, params (System.Text.Json.Nodes.JsonNode? Value, Reading Reads)[] expected)
    {
        var address = $"{path}?from={days.First:yyyy-MM-dd}&to={days.Last:yyyy-MM-dd}&{query}".TrimEnd('&');
        var page = await stored.SeeAsync(address);
        var texts = where(page.Document).Select(element => element.TextContent.Trim()).ToList();
        if (texts.Count != expected.Length) differences.Differ(address, "shown", $"{expected.Length} values", $"{page.Status}: {string.Join(" | ", texts)}");
        foreach (var (at, (value, reads)) in expected.Index().Take(texts.Count)) differences.Check(address, $"value {at + 1}", value, texts[at], reads(texts[at], value?.GetValue<double>()));
    }
}
