using System.Runtime.CompilerServices;
using System.Text.Json;
using Veelocity.Web.Connectors.GitHub;

namespace Veelocity.Web.Connectors.GitHubActions;

/// <summary>
/// The environments of one repository. Only REST's deployments say whether theirs is production or passing; one page of them is
/// asked for, once in a fetch, when an environment comes up that is not in the book.
/// </summary>
internal sealed class EnvironmentBook(GitHubSession session, FetchProgress progress, RepositoryPlace place, string? cursorText)
{
    public const string Resource = "environments";

    private readonly HashSet<string> _known = new(CursorText.Read<List<string>>(cursorText) ?? [], StringComparer.Ordinal);

    private ILookup<string, DeploymentRow>? _flags;

    public async IAsyncEnumerable<FactBatch> LearnAsync(IEnumerable<Fact> deployments, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var unknown = deployments.OfType<EnvironmentDeploymentFact>().Select(fact => fact.Environment).Where(name => !_known.Contains(name))
            .ToHashSet(StringComparer.Ordinal);
        if (unknown.Count == 0)
            yield break;
        var rows = GitHubRows.OfRest(place.Scope);
        var flags = _flags ??= await FlagsAsync(rows, cancellation);
        unknown.UnionWith(flags.Select(group => group.Key));
        var facts = unknown.Order(StringComparer.Ordinal).Select(name => (Fact)new EnvironmentFact(
            place.Scope,
            name,
            AnyOf(flags[name].Select(row => row.ProductionEnvironment)),
            AnyOf(flags[name].Select(row => row.TransientEnvironment)))).ToList();
        _known.UnionWith(unknown);
        yield return progress.Batch(
            $"Environments of {place.FullName}",
            facts,
            new CursorMove(place.Scope, Resource, CursorText.Write(_known.Order(StringComparer.Ordinal))),
            rows.TakeProblem());
    }

    private async Task<ILookup<string, DeploymentRow>> FlagsAsync(RowReader rows, CancellationToken cancellation)
    {
        var reply = await session.Rest.GetAsync<List<JsonElement>>($"{place.Path}/deployments?per_page=100", cancellation);
        return rows.Read<DeploymentRow>(reply.Rows, "id")
            .Where(row => row.Environment is not null)
            .ToLookup(row => row.Environment!, StringComparer.Ordinal);
    }

    private static bool? AnyOf(IEnumerable<bool?> said) => said.Aggregate((bool?)null, (any, one) => one is null ? any : any == true || one.Value);

    private sealed record DeploymentRow(string? Environment, bool? ProductionEnvironment, bool? TransientEnvironment);
}
