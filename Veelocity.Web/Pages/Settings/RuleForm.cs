using System.ComponentModel.DataAnnotations;
using Veelocity.Web.Data;
using Veelocity.Web.Platform.Patterns;

namespace Veelocity.Web.Pages.Settings;

/// <summary>The organization's patterns as they are typed.</summary>
internal sealed class RuleForm
{
    public const int MostWindowHours = 720;

    [Required(ErrorMessage = "Say how production environments are named."), NamePattern, Display(Name = "Production environments")]
    public string? Production { get; set; }

    [Required(ErrorMessage = "Say how workflows that deploy are named."), NamePattern, Display(Name = "Workflows that deploy")]
    public string? Deploy { get; set; }

    [NamePattern, Display(Name = "But not")]
    public string? NotDeploy { get; set; }

    [NamePattern, Display(Name = "Labels of deployed pull requests")]
    public string? Label { get; set; }

    [NamePattern, Display(Name = "Logins of bots")]
    public string? Bot { get; set; }

    [NamePattern, Display(Name = "Logins of coding agents")]
    public string? Agent { get; set; }

    [Required(ErrorMessage = "Say how pull requests that repair are named."), NamePattern, Display(Name = "Titles, branches and labels of repairs")]
    public string? Hotfix { get; set; }

    [NamePattern, Display(Name = "Excluded labels")]
    public string? ExcludedLabel { get; set; }

    [NamePattern, Display(Name = "Excluded branches")]
    public string? ExcludedBranch { get; set; }

    [NamePattern, Display(Name = "Excluded titles")]
    public string? ExcludedTitle { get; set; }

    [NamePattern, Display(Name = "Excluded files")]
    public string? ExcludedPath { get; set; }

    [Required(ErrorMessage = "Say for how many hours."), Range(1, MostWindowHours, ErrorMessage = "Choose 1 to 720 hours."), Display(Name = "Hours after a release")]
    public int? WindowHours { get; set; }

    public static RuleForm Of(Organization organization) => new()
    {
        Production = organization.ProductionPattern,
        Deploy = organization.DeployPattern,
        NotDeploy = organization.NotDeployPattern,
        Label = organization.DeployLabelPattern,
        Bot = organization.BotPattern,
        Agent = organization.AgentPattern,
        Hotfix = organization.HotfixPattern,
        ExcludedLabel = organization.ExcludedLabelPattern,
        ExcludedBranch = organization.ExcludedBranchPattern,
        ExcludedTitle = organization.ExcludedTitlePattern,
        ExcludedPath = organization.ExcludedPathPattern,
        WindowHours = organization.IncidentWindowHours,
    };

    public void ApplyTo(Organization organization)
    {
        (organization.ProductionPattern, organization.DeployPattern, organization.NotDeployPattern) = (Production ?? "", Deploy ?? "", NotDeploy ?? "");
        (organization.DeployLabelPattern, organization.BotPattern, organization.AgentPattern) = (Label ?? "", Bot ?? "", Agent ?? "");
        (organization.HotfixPattern, organization.IncidentWindowHours) = (Hotfix ?? "", WindowHours ?? organization.IncidentWindowHours);
        (organization.ExcludedLabelPattern, organization.ExcludedBranchPattern) = (ExcludedLabel ?? "", ExcludedBranch ?? "");
        (organization.ExcludedTitlePattern, organization.ExcludedPathPattern) = (ExcludedTitle ?? "", ExcludedPath ?? "");
    }
}
