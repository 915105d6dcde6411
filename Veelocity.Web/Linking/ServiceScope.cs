using Veelocity.Web.Platform.Patterns;

namespace Veelocity.Web.Linking;

/// <summary>
/// Which pull requests of a repository are a service's: all, or those that changed a path that its globs match. One whose files are not
/// read yet belongs to no service with globs.
/// </summary>
internal sealed class ServiceScope
{
    private readonly HashSet<Guid>? _pulls;

    private ServiceScope(HashSet<Guid>? pulls) => _pulls = pulls;

    public static ServiceScope Of(RepositoryFacts facts, IReadOnlyList<string> globs)
    {
        var paths = PathGlobs.Of(globs);
        return new(paths.IsEverything
            ? null
            : facts.PullRequests.Where(p => p.Paths?.Any(paths.Matches) == true).Select(p => p.Id).ToHashSet());
    }

    public bool Holds(PullRequestFacts pull) => _pulls?.Contains(pull.Id) ?? true;
}
