using Veelocity.E2E.Stage;

namespace Veelocity.E2E.Journeys;

/// <summary>The address of every page there is, with {full} and {empty} for an organization with and without data, {change}, {deployment} and the like for one of its.</summary>
internal static class EveryPage
{
    public const string Full = "{full}", Empty = "{empty}", Change = "{change}", Deployment = "{deployment}", Developer = "{developer}", Cycle = "{cycle}", Project = "{project}", Issue = "{issue}";

    private static readonly string[] Visitor = ["/", "/account/register", "/account/login", "/account/forgot-password", "/account/sign-out", "/invitations/made-up", "/offline", "/docs", "/nowhere"];

    private static readonly string[] Measured =
    [
        "", "/dora", "/dora/deployment-frequency", "/dora/lead-time", "/dora/changes", "/dora/changes?show=left-out", "/dora/changes?show=waiting",
        "/dora/deployments", "/dora/deployments?show=all", "/dora/change-failure-rate", "/dora/recovery", "/dora/data-quality", "/dora/lead-time?clock=working", "/incidents",
        "/development", "/development?authors=both", "/development/cycle-time", "/development/throughput", "/team", $"/developers/{Developer}",
        "/builds", "/builds?platform=ios&by=week", "/builds/runs?show=failed", "/why/build-duration?value=p90&platform=android", "/why/build-success-rate?show=left-out",
        "/why/lead-time?value=p90", "/why/lead-time?show=left-out", "/why/deployment-frequency", "/why/change-failure-rate?show=sound",
    ];

    private static readonly string[] Member =
    [
        $"/o/{Full}/settings", $"/o/{Full}/settings/services", $"/o/{Full}/settings/services/new", $"/o/{Full}/settings/rules", $"/o/{Full}/settings/mobile-builds", $"/o/{Full}/settings/decisions?show=all", $"/o/{Full}/settings/people", $"/o/{Full}/settings/members", $"/o/{Full}/settings/members/invitations", $"/o/{Full}/settings/teams", $"/o/{Empty}/settings/teams", $"/o/{Full}/settings/webhook", $"/o/{Full}/settings/slack", $"/o/{Full}/settings/linear", $"/o/{Full}/settings/sync-history", $"/o/{Full}/settings/organization", $"/o/{Full}/settings/organization/delete", $"/o/{Full}/settings/organization/badges", $"/o/{Full}/settings/audit-log", $"/o/{Full}/settings/audit-log?group=issues", $"/o/{Empty}/settings/audit-log", $"/o/{Full}/settings/tokens", $"/o/{Empty}/settings/tokens",
        $"/o/{Full}/planning", $"/o/{Full}/planning/projects", $"/o/{Full}/cycles/{Cycle}", $"/o/{Full}/projects/{Project}", $"/o/{Full}/issues/{Issue}", $"/o/{Empty}/planning",
        $"/o/{Full}/changes/{Change}", $"/o/{Full}/deployments/{Deployment}", $"/o/{Full}/at-risk", $"/o/{Empty}/at-risk",
        $"/o/{Empty}", $"/o/{Empty}/builds", $"/o/{Empty}/dora", $"/o/{Empty}/development", $"/o/{Empty}/team", $"/o/{Empty}/settings", $"/o/{Full}/nowhere",
        "/", "/organizations/new", "/organizations/sample", "/account/profile", "/account/delete", "/account/change-password", "/account/security", "/account/sessions", "/account/two-factor/set-up",
    ];

    /// <summary>Each with whether one has to be signed in and whether it has numbers, charts and filters.</summary>
    public static TheoryData<string, bool, bool> All() =>
    [
        .. Visitor.Select(path => new TheoryDataRow<string, bool, bool>(path, false, false)),
        .. Measured.Select(path => new TheoryDataRow<string, bool, bool>($"/o/{Full}{path}", true, true)),
        .. Member.Select(path => new TheoryDataRow<string, bool, bool>(path, true, false)),
    ];

    public static string In(this string path, Acme acme) =>
        path.Replace(Full, acme.Slug, StringComparison.Ordinal).Replace(Empty, acme.EmptySlug, StringComparison.Ordinal)
            .Replace(Change, $"{acme.ChangeId}", StringComparison.Ordinal).Replace(Deployment, $"{acme.DeploymentId}", StringComparison.Ordinal).Replace(Developer, $"{acme.DeveloperId}", StringComparison.Ordinal)
            .Replace(Cycle, $"{acme.CycleId}", StringComparison.Ordinal).Replace(Project, $"{acme.ProjectId}", StringComparison.Ordinal).Replace(Issue, $"{acme.IssueId}", StringComparison.Ordinal);
}
