using Veelocity.E2E.Stage;

namespace Veelocity.E2E.Journeys;

/// <summary>The address of every page there is, with {full} and {empty} for an organization with and without data, {change} and {deployment} for one of its.</summary>
internal static class EveryPage
{
    public const string Full = "{full}", Empty = "{empty}", Change = "{change}", Deployment = "{deployment}";

    private static readonly string[] Visitor = ["/", "/account/register", "/account/login", "/account/sign-out", "/nowhere"];

    private static readonly string[] Measured =
    [
        "", "/dora", "/dora/deployment-frequency", "/dora/lead-time", "/dora/changes", "/dora/changes?show=left-out", "/dora/changes?show=waiting",
        "/dora/deployments", "/dora/deployments?show=all", "/dora/change-failure-rate", "/dora/recovery", "/dora/data-quality", "/dora/lead-time?clock=working", "/incidents",
        "/why/lead-time?value=p90", "/why/lead-time?show=left-out", "/why/deployment-frequency", "/why/change-failure-rate?show=sound",
    ];

    private static readonly string[] Member =
    [
        .. Measured.Select(path => $"/o/{Full}{path}"),
        $"/o/{Full}/settings", $"/o/{Full}/settings/services", $"/o/{Full}/settings/services/new", $"/o/{Full}/settings/rules", $"/o/{Full}/settings/decisions?show=all", $"/o/{Full}/settings/people", $"/o/{Full}/settings/webhook", $"/o/{Full}/settings/slack", $"/o/{Full}/settings/sync-history", $"/o/{Full}/settings/organization",
        $"/o/{Full}/changes/{Change}", $"/o/{Full}/deployments/{Deployment}", $"/o/{Full}/at-risk", $"/o/{Empty}/at-risk",
        $"/o/{Empty}", $"/o/{Empty}/dora", $"/o/{Empty}/settings", $"/o/{Full}/nowhere",
        "/", "/organizations/new", "/account/profile", "/account/change-password",
    ];

    public static TheoryData<string, bool> All() =>
        [.. Visitor.Select(path => new TheoryDataRow<string, bool>(path, false)), .. Member.Select(path => new TheoryDataRow<string, bool>(path, true))];

    /// <summary>Those with numbers, charts and filters.</summary>
    public static TheoryData<string> WithNumbers() => [.. Measured.Select(path => $"/o/{Full}{path}")];

    public static string In(this string path, Acme acme) =>
        path.Replace(Full, acme.Slug, StringComparison.Ordinal).Replace(Empty, acme.EmptySlug, StringComparison.Ordinal)
            .Replace(Change, $"{acme.ChangeId}", StringComparison.Ordinal).Replace(Deployment, $"{acme.DeploymentId}", StringComparison.Ordinal);
}
