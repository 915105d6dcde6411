using System.ComponentModel.DataAnnotations;
using Veelocity.Web.Data;

namespace Veelocity.Web.Pages.Settings;

/// <summary>The organization's patterns as they are typed.</summary>
internal sealed class RuleForm
{
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

    public static RuleForm Of(Organization organization) => new()
    {
        Production = organization.ProductionPattern,
        Deploy = organization.DeployPattern,
        NotDeploy = organization.NotDeployPattern,
        Label = organization.DeployLabelPattern,
        Bot = organization.BotPattern,
    };

    /// <summary>Writes them onto the organization; answers whether any is different.</summary>
    public bool ApplyTo(Organization organization)
    {
        var before = (organization.ProductionPattern, organization.DeployPattern, organization.NotDeployPattern, organization.DeployLabelPattern, organization.BotPattern);
        (organization.ProductionPattern, organization.DeployPattern, organization.NotDeployPattern) = (Production!, Deploy!, NotDeploy ?? "");
        (organization.DeployLabelPattern, organization.BotPattern) = (Label ?? "", Bot ?? "");
        return before != (organization.ProductionPattern, organization.DeployPattern, organization.NotDeployPattern, organization.DeployLabelPattern, organization.BotPattern);
    }
}
