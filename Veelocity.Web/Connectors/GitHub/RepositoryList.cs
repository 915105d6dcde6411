using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Veelocity.Web.Connectors.GitHub;

/// <summary>Finds the repositories to read: all that the token sees, or the chosen ones.</summary>
internal sealed class RepositoryList(GitHubSession session, FetchProgress progress)
{
    private const string Phase = "Repositories";
    private const int PageSize = 100;

    /// <summary>Filled while the batches are read.</summary>
    public List<RepositoryRow> Found { get; } = [];

    public async IAsyncEnumerable<FactBatch> ReadAsync(
        IReadOnlySet<string>? selected, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var wanted = selected?.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var rows = GitHubRows.OfRest("");
        for (var page = 1; ; page++)
        {
            var reply = await session.Rest.GetAsync<List<JsonElement>>(
                $"user/repos?affiliation=owner,collaborator,organization_member&sort=pushed&per_page={PageSize}&page={page}", cancellation);
            var seen = rows.Read<RepositoryRow>(reply.Rows, "full_name", "id");
            yield return await TakeAsync(rows, [.. seen.Where(row => wanted?.Contains(row.FullName ?? "") ?? true)]);
            if (page == 1 && HiddenBySso(reply) is { } hidden)
                yield return progress.Batch(Phase, [], null, hidden);
            if (reply.Rows.Count < PageSize)
                break;
        }
        foreach (var name in wanted?.Except(Found.Select(row => row.FullName!), StringComparer.OrdinalIgnoreCase) ?? [])
            yield return await FindAsync(name, rows, cancellation);
    }

    // Public repositories of others are in nobody's list, and yet can be chosen.
    private async Task<FactBatch> FindAsync(string fullName, RowReader rows, CancellationToken cancellation)
    {
        try
        {
            var reply = await session.Rest.GetAsync<JsonElement>(new RepositoryPlace("", fullName).Path, cancellation);
            return await TakeAsync(rows, rows.Read<RepositoryRow>([reply.Rows], "full_name"));
        }
        catch (ConnectorException failure) when (failure.Fault is ConnectorFault.NotFound or ConnectorFault.MissingPermission
            or ConnectorFault.SsoRequired)
        {
            var message = failure.Fault == ConnectorFault.NotFound
                ? $"{fullName} is chosen, but the token does not see it: it was renamed or deleted, or the token lacks access to it."
                : $"{fullName}: {failure.Message}";
            return progress.Batch(Phase, [], null, new ScopeProblem(fullName, failure.Fault, message));
        }
    }

    private async Task<FactBatch> TakeAsync(RowReader rows, List<RepositoryRow> seen)
    {
        var facts = await rows.MakeAsync(seen, row => row.FullName ?? "a repository", row =>
        {
            Required.Of(row.NodeId, "node_id");
            var fact = row.ToFact();
            Found.Add(row);
            return fact;
        });
        return progress.Batch(Phase, facts, null, rows.TakeProblem());
    }

    private static ScopeProblem? HiddenBySso<T>(RestReply<T> reply) =>
        reply.Headers.TryGetValues("X-GitHub-SSO", out var values) && values.Any(value => value.StartsWith("partial-results", StringComparison.Ordinal))
            ? new ScopeProblem(
                "",
                ConnectorFault.SsoRequired,
                "Repositories of organizations with single sign-on are missing from the list: authorize the token for them on GitHub "
                + "(Settings, Developer settings, the token, Configure SSO).")
            : null;
}
