using Veelocity.Web.Data;
using Veelocity.Web.Platform.Patterns;

namespace Veelocity.Web.Pages.Settings;

/// <summary>A source of deployments as it is typed.</summary>
public sealed class SourceForm
{
    public DeploymentSource? Type { get; set; }
    public string? Name { get; set; }
    public string? Also { get; set; }
    public string? Branch { get; set; }
    public string? Job { get; set; }
    public string? Workflow { get; set; }
    public Guid? RepositoryId { get; set; }
    public string? Paths { get; set; }

    public static SourceForm Of(ServiceSource source) => new()
    {
        Type = source.Source,
        Name = source.Name,
        Also = string.Join('\n', source.Also),
        Branch = source.Branch,
        Job = source.Job,
        Workflow = source.Workflow,
        RepositoryId = source.RepositoryId,
        Paths = string.Join('\n', source.Paths),
    };

    /// <summary>Null when no kind is chosen. What the kind can't use is dropped: the form shows every field.</summary>
    public ServiceSource? ToSource() => Type is not { } type ? null : new(type, Blank(Name), type == DeploymentSource.Workflow ? Blank(Branch) : null)
    {
        Also = type == DeploymentSource.Environment ? PathGlobs.Parse(Also) : [],
        Job = type == DeploymentSource.Workflow ? Blank(Job) : null,
        Workflow = type == DeploymentSource.Environment ? Blank(Workflow) : null,
        RepositoryId = RepositoryId,
        Paths = RepositoryId is null ? [] : PathGlobs.Parse(Paths),
    };

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
