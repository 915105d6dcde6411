using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Linking;
using Veelocity.Web.Linking.Sources;
using Veelocity.Web.Organizations;
using Veelocity.Web.Platform.Formatting;
using Veelocity.Web.Platform.Patterns;

namespace Veelocity.Web.Pages.Settings;

/// <summary>Holds patterns that are being typed against the names that the organization's repositories really have.</summary>
internal sealed class RulePreviews(VeelocityDb db, CurrentOrganization current)
{
    public static readonly IReadOnlyList<string> Ids = ["production", "deploy", "label", "bot"];

    public async Task<RulePreview> AskAsync(string id, RuleForm typed, CancellationToken cancellation)
    {
        var stored = await db.Organizations.AsNoTracking().SingleAsync(o => o.Id == current.Id, cancellation);
        return id switch
        {
            "production" => Of(id, "environment", stored.ProductionPattern, typed.Production, await EnvironmentsAsync(cancellation)),
            "deploy" => await WorkflowsAsync(stored, typed, cancellation),
            "label" => Of(id, "label", stored.DeployLabelPattern, typed.Label, await LabelsAsync(cancellation)),
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

    private static string In(int repositories) => $"in {Numbers.Count(repositories, "repository", "repositories")}";

    private sealed record LabelRow(string Name, long Count);
}
