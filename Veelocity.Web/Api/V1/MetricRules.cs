using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Api.Input;
using Veelocity.Web.Data;
using Veelocity.Web.Linking.Rules;
using Veelocity.Web.Organizations;
using Veelocity.Web.Platform;
using Veelocity.Web.Platform.Patterns;
using Veelocity.Web.Sync;

namespace Veelocity.Web.Api.V1;

/// <summary>
/// The patterns by which names are read: environments, workflows, labels, bots, hotfixes; and the window of
/// incidents.
/// </summary>
internal static class MetricRules
{
    public static void MapMetricRules(this RouteGroupBuilder v1)
    {
        var rules = v1.MapOrganizationGroup("/metrics/rules").WithTags("Metric rules");
        rules.MapGet("/", GetAsync).WithSummary("The organization's metric rules");
        rules.MapPatch("/", ChangeAsync).Requires(Permission.EditMetricRules)
            .WithSummary("Change metric rules; the numbers follow as each repository is linked again")
            .WithDescription("Regular expressions, looked for anywhere in a name, in any case. Only the fields you send change; null or empty text matches nothing, where that is allowed.");
    }

    private static async Task<MetricRulesAnswer> GetAsync(
        CurrentOrganization organization, VeelocityDb db, CancellationToken cancellation) =>
        MetricRulesAnswer.Of(await db.Organizations.AsNoTracking().SingleAsync(o => o.Id == organization.Id,
            cancellation));

    private static async Task<MetricRulesAnswer> ChangeAsync(
        MetricRulesPatch body, ClaimsPrincipal caller, CurrentOrganization organization, VeelocityDb db,
        MetricRuleChanges changes, PathSync paths,
        CancellationToken cancellation)
    {
        var stored = await db.Organizations.SingleAsync(o => o.Id == organization.Id, cancellation);
        body.ApplyTo(stored);
        await changes.SaveAsync(stored, caller.RequiredCallerId(), cancellation);
        await paths.RequestAllAsync(cancellation);
        return MetricRulesAnswer.Of(stored);
    }
}

/// <param name="NotDeployPattern">Workflows that don't deploy although they match the other pattern.</param>
/// <param name="IncidentWindowHours">For how many hours after a deployment an incident is laid to it (M22).</param>
internal sealed record MetricRulesAnswer(
    string ProductionPattern, string DeployPattern, string NotDeployPattern, string DeployLabelPattern,
    string BotPattern, string AgentPattern,
    string HotfixPattern, string ExcludedLabelPattern, string ExcludedBranchPattern, string ExcludedTitlePattern,
    string ExcludedPathPattern, int IncidentWindowHours, DateTimeOffset? ChangedAt)
{
    public static MetricRulesAnswer Of(Organization of) => new(
        of.ProductionPattern, of.DeployPattern, of.NotDeployPattern, of.DeployLabelPattern, of.BotPattern,
        of.AgentPattern, of.HotfixPattern,
        of.ExcludedLabelPattern, of.ExcludedBranchPattern, of.ExcludedTitlePattern, of.ExcludedPathPattern,
        of.IncidentWindowHours, of.RulesChangedAt);
}

/// <summary>The rules to change.</summary>
internal sealed record MetricRulesPatch : PatchBody, IValidatableObject
{
    /// <summary>Production environments.</summary>
    [NamePattern]
    public string? ProductionPattern { get; init => field = Sent(value); }

    /// <summary>Workflows that deploy, by name or file.</summary>
    [NamePattern]
    public string? DeployPattern { get; init => field = Sent(value); }

    /// <summary>Workflows that don't deploy although they match the other pattern.</summary>
    [NamePattern]
    public string? NotDeployPattern { get; init => field = Sent(value); }

    /// <summary>Labels of deployed pull requests.</summary>
    [NamePattern]
    public string? DeployLabelPattern { get; init => field = Sent(value); }

    /// <summary>Logins of bots.</summary>
    [NamePattern]
    public string? BotPattern { get; init => field = Sent(value); }

    /// <summary>Logins of coding agents.</summary>
    [NamePattern]
    public string? AgentPattern { get; init => field = Sent(value); }

    /// <summary>Titles, branches and labels of hotfixes.</summary>
    [NamePattern]
    public string? HotfixPattern { get; init => field = Sent(value); }

    /// <summary>Labels of pull requests that lead time excludes, such as release pull requests.</summary>
    [NamePattern]
    public string? ExcludedLabelPattern { get; init => field = Sent(value); }

    /// <summary>Branches of pull requests that lead time excludes.</summary>
    [NamePattern]
    public string? ExcludedBranchPattern { get; init => field = Sent(value); }

    /// <summary>Titles of pull requests that lead time excludes.</summary>
    [NamePattern]
    public string? ExcludedTitlePattern { get; init => field = Sent(value); }

    /// <summary>Paths: a pull request of which every file matches is excluded from lead time.</summary>
    [NamePattern]
    public string? ExcludedPathPattern { get; init => field = Sent(value); }

    /// <summary>For how many hours after a deployment an incident is laid to it.</summary>
    [Range(1, 720, ErrorMessage = "Use 1 to 720 hours.")]
    public int? IncidentWindowHours { get; init => field = Sent(value); }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var (value, name) in new[]
        {
            (ProductionPattern, nameof(ProductionPattern)),
            (DeployPattern, nameof(DeployPattern)),
            (HotfixPattern, nameof(HotfixPattern)),
        })
        {
            if (Has(name) && string.IsNullOrEmpty(value)) yield return new("This pattern can't be empty.", [name]);
        }
        if (Has(nameof(IncidentWindowHours)) && IncidentWindowHours is null)
            yield return new("Use 1 to 720 hours.", [nameof(IncidentWindowHours)]);
    }

    public void ApplyTo(Organization organization)
    {
        organization.ProductionPattern = Or(ProductionPattern, organization.ProductionPattern,
            nameof(ProductionPattern))!;
        organization.DeployPattern = Or(DeployPattern, organization.DeployPattern, nameof(DeployPattern))!;
        organization.NotDeployPattern = Or(NotDeployPattern, organization.NotDeployPattern,
            nameof(NotDeployPattern)) ?? "";
        organization.DeployLabelPattern = Or(DeployLabelPattern, organization.DeployLabelPattern,
            nameof(DeployLabelPattern)) ?? "";
        organization.BotPattern = Or(BotPattern, organization.BotPattern, nameof(BotPattern)) ?? "";
        organization.AgentPattern = Or(AgentPattern, organization.AgentPattern, nameof(AgentPattern)) ?? "";
        organization.HotfixPattern = Or(HotfixPattern, organization.HotfixPattern, nameof(HotfixPattern))!;
        organization.ExcludedLabelPattern = Or(ExcludedLabelPattern, organization.ExcludedLabelPattern,
            nameof(ExcludedLabelPattern)) ?? "";
        organization.ExcludedBranchPattern = Or(ExcludedBranchPattern, organization.ExcludedBranchPattern,
            nameof(ExcludedBranchPattern)) ?? "";
        organization.ExcludedTitlePattern = Or(ExcludedTitlePattern, organization.ExcludedTitlePattern,
            nameof(ExcludedTitlePattern)) ?? "";
        organization.ExcludedPathPattern = Or(ExcludedPathPattern, organization.ExcludedPathPattern,
            nameof(ExcludedPathPattern)) ?? "";
        organization.IncidentWindowHours = Or(IncidentWindowHours, organization.IncidentWindowHours,
            nameof(IncidentWindowHours))!.Value;
    }
}
