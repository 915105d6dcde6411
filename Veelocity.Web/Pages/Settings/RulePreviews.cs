using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Linking;
using Veelocity.Web.Linking.Sources;
using Veelocity.Web.Organizations;
using Veelocity.Web.Platform.Formatting;
using Veelocity.Web.Platform.Patterns;

namespace Veelocity.Web.Pages.Settings;

/// <summary>Holds patterns that are being typed against the names that the organization's repositories really have.</summary>
internal sealed class RulePreviews(VeelocityDb db, CurrentOrganization current, TimeProvider clock)
{
    private const int MaxPullRequests = 1000;

    public static readonly IReadOnlyList<string> Ids = ["production", "deploy", "label", "bot", "agent", "hotfix", "excluded", "window"];

    public async Task<RulePreview> AskAsync(string id, RuleForm typed, CancellationToken cancellation)
    {
        var stored = await db.Organizations.AsNoTracking().SingleAsync(o => o.Id == current.Id, cancellation);
        return id switch
        {
            "production" => RulePreview.Of(
                id, "environment", [typed.Production], await EnvironmentsAsync(cancellation),
                new ProductionNames(stored.ProductionPattern).Matches, new ProductionNames(typed.Production ?? "").Matches),
            "deploy" => await WorkflowsAsync(stored, typed, cancellation),
            "label" => Of(id, "label", stored.DeployLabelPattern, typed.Label, await LabelsAsync(cancellation)),
            "hotfix" => await PullRequestsAsync(
                id, stored, typed, [typed.Hotfix], (rules, pull) => rules.IsHotfix(pull.Title, pull.HeadBranch, pull.Labels), cancellation),
            "excluded" => await PullRequestsAsync(
                id, stored, typed, [typed.ExcludedLabel, typed.ExcludedBranch, typed.ExcludedTitle, typed.ExcludedPath],
                (rules, pull) => rules.IsExcluded(pull.Title, pull.HeadBranch, pull.Labels, pull.Paths), cancellation),
            "agent" => Of(id, "login", stored.AgentPattern, typed.Agent, await BotsAsync(cancellation)),
            "window" => await WindowAsync(stored, typed, cancellation),
            _ => Of("bot", "login", stored.BotPattern, typed.Bot, await LoginsAsync(cancellation)),
        };
    }

    private static RulePreview Of(string id, string noun, string now, string? then, IEnumerable<(string, string?)> names) =>
        RulePreview.Of(id, noun, [then], names, NamePattern.Of(now).Matches, NamePattern.Of(then).Matches);

    private async Task<RulePreview> WorkflowsAsync(Organization stored, RuleForm typed, CancellationToken cancellation)
    {
        var rows = await db.Workflows.GroupBy(w => new { w.Name, w.Path }).Select(g => new { g.Key.Name, g.Key.Path, Count = g.Count() }).ToListAsync(cancellation);
        var byTitle = rows.DistinctBy(r => $"{r.Name} · {Path.GetFileName(r.Path)}").ToDictionary(r => $"{r.Name} · {Path.GetFileName(r.Path)}", StringComparer.Ordinal);
        var (now, then) = (new WorkflowNames(stored.DeployPattern, stored.NotDeployPattern), new WorkflowNames(typed.Deploy ?? "", typed.NotDeploy ?? ""));
        return RulePreview.Of(
            "deploy", "workflow", [typed.Deploy, typed.NotDeploy], byTitle.Select(w => (w.Key, (string?)In(w.Value.Count))),
            title => now.MayDeploy(Facts(title)), title => then.MayDeploy(Facts(title)));

        WorkflowFacts Facts(string title) => new(Guid.Empty, byTitle[title].Name, byTitle[title].Path);
    }

    private async Task<IEnumerable<(string, string?)>> EnvironmentsAsync(CancellationToken cancellation)
    {
        var rows = await db.DeploymentEnvironments.Where(e => e.IsDeclaredTransient != true)
            .GroupBy(e => e.Name).Select(g => new { Name = g.Key, Count = g.Count(), Declared = g.Count(e => e.IsDeclaredProduction == true) })
            .ToListAsync(cancellation);
        return rows.Select(r => (r.Name, (string?)(In(r.Count) + (r.Declared > 0 ? ", production by GitHub's own mark" : null))));
    }

    private async Task<IEnumerable<(string, string?)>> LabelsAsync(CancellationToken cancellation)
    {
        var rows = await db.Database.SqlQuery<LabelRow>($"""
            SELECT label AS name, count(*) AS count
            FROM pull_requests p, unnest(p.labels) AS label
            WHERE p.organization_id = {current.Id} AND p.merged_at IS NOT NULL AND cardinality(p.labels) > 0
            GROUP BY label
            """).ToListAsync(cancellation);
        return rows.Select(r => (r.Name, (string?)Numbers.Count(r.Count, "merged pull request")));
    }

    private async Task<IEnumerable<(string, string?)>> LoginsAsync(CancellationToken cancellation)
    {
        var rows = await db.Accounts.Where(a => a.Kind != AccountKind.Bot && a.Provider != "git").Select(a => new { a.Login, a.Name }).Distinct().ToListAsync(cancellation);
        return rows.Select(r => (r.Login, r.Name));
    }

    private async Task<IEnumerable<(string, string?)>> BotsAsync(CancellationToken cancellation)
    {
        var rows = await db.Accounts.Where(a => a.IsBot && a.Provider != "git").Select(a => new { a.Login, a.Name }).Distinct().ToListAsync(cancellation);
        return rows.Select(r => (r.Login, r.Name));
    }

    // Of the last 90 days: what was merged long ago would bury what is at hand.
    private async Task<RulePreview> PullRequestsAsync(
        string id, Organization stored, RuleForm typed, IReadOnlyList<string?> patterns, Func<PullRequestRules, PullRow, bool> isMatch,
        CancellationToken cancellation)
    {
        var since = clock.GetUtcNow().AddDays(-90);
        var rows = await db.PullRequests.AsNoTracking().Where(p => p.MergedAt > since).OrderByDescending(p => p.MergedAt).Take(MaxPullRequests)
            .Select(p => new PullRow(
                db.Repositories.Where(r => r.Id == p.RepositoryId).Select(r => r.FullName).Single(), p.Number, p.Title, p.HeadBranch, p.Labels,
                db.PullRequestPaths.Where(f => f.PullRequestId == p.Id).Select(f => f.Paths).SingleOrDefault()))
            .ToListAsync(cancellation);
        var byName = rows.ToDictionary(r => $"{r.Repository}#{r.Number} {r.Title}", StringComparer.Ordinal);
        var now = PullRequestRules.Of(stored);
        var changed = new Organization { Name = "", Slug = "", TimeZone = "" };
        typed.ApplyTo(changed);
        var then = PullRequestRules.Of(changed);
        return RulePreview.Of(
            id, "merged pull request", patterns, byName.Select(r => (r.Key, (string?)$"{r.Value.HeadBranch} {string.Join(", ", r.Value.Labels)}".Trim())),
            name => isMatch(now, byName[name]), name => isMatch(then, byName[name]));
    }

    /// <summary>Incidents that no better sign ties to a release, with the hours since the last one of what was affected.</summary>
    private async Task<RulePreview> WindowAsync(Organization stored, RuleForm typed, CancellationToken cancellation)
    {
        if (typed.WindowHours is not (>= 1 and <= RuleForm.MostWindowHours))
            return new RulePreview("window", "incident", $"Choose 1 to {RuleForm.MostWindowHours} hours.", [], 0, 0, 0);
        var rows = await db.Database.SqlQuery<GapRow>($"""
            SELECT i.title || ' (' || to_char(i.started_at AT TIME ZONE {current.TimeZone}, 'DD Mon HH24:MI') || ')' AS name,
                   i.window_gap_seconds / 3600 AS hours
            FROM incidents i
            WHERE i.organization_id = {current.Id} AND i.merged_into_id IS NULL AND (i.service_id IS NOT NULL OR i.environment IS NOT NULL OR i.window_gap_seconds IS NOT NULL)
              AND COALESCE(i.link_method, 'window') = 'window' AND i.left_out IS NULL
            ORDER BY i.started_at DESC LIMIT {MaxPullRequests}
            """).ToListAsync(cancellation);
        var gaps = rows.DistinctBy(r => r.Name).ToDictionary(r => r.Name, r => r.Hours, StringComparer.Ordinal);
        return RulePreview.Of(
            "window", "incident", [], gaps.Select(g => (g.Key, (string?)(g.Value is { } hours ? $"{Numbers.TwoFigures(hours)} hours after a release" : "after no release"))),
            name => gaps[name] < stored.IncidentWindowHours, name => gaps[name] < typed.WindowHours);
    }

    private static string In(int repositories) => $"in {Numbers.Count(repositories, "repository", "repositories")}";

    private sealed record LabelRow(string Name, long Count);

    private sealed record PullRow(string Repository, int Number, string Title, string HeadBranch, string[] Labels, string[]? Paths);

    private sealed record GapRow(string Name, double? Hours);
}
