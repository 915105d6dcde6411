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

    /// <param name="known">Those seen before: what is missing of them is gone, which is said once.</param>
    public async IAsyncEnumerable<FactBatch> ReadAsync(
        IReadOnlySet<string>? selected, IReadOnlyList<KnownRepository> known, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var isPartial = false;
        var wanted = selected?.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var rows = GitHubRows.OfRest("");
        for (var page = 1; ; page++)
        {
            var reply = await session.Rest.GetAsync<List<JsonElement>>(
                $"user/repos?affiliation=owner,collaborator,organization_member&sort=pushed&per_page={PageSize}&page={page}", cancellation);
            var seen = rows.Read<RepositoryRow>(reply.Rows, "full_name", "id");
            var batch = await TakeAsync(rows, [.. seen.Where(row => wanted?.Contains(row.FullName ?? "") ?? true)]);
            isPartial |= batch.Problem is not null;
            yield return batch;
            if (page == 1 && HiddenBySso(reply) is { } hidden)
            {
                isPartial = true;
                yield return progress.Batch(Phase, [], null, hidden);
            }
            if (reply.Rows.Count < PageSize)
                break;
        }
        foreach (var name in wanted?.Except(Found.Select(row => row.FullName!), StringComparer.OrdinalIgnoreCase) ?? [])
            yield return await FindAsync(name, rows, known.Any(repository => repository.IsGone && IsNamed(repository, name)), cancellation);
        foreach (var missing in known.Where(repository => !isPartial && !repository.IsGone && Found.TrueForAll(row => row.ExternalId != repository.ExternalId)))
            yield return await ConfirmAsync(missing, rows, isToldAlready: wanted?.Contains(missing.FullName) == true, cancellation);
    }

    // The list may lack what moved while it was read, and what is public but no longer the token's: looking closely costs one request, once.
    private async Task<FactBatch> ConfirmAsync(KnownRepository missing, RowReader rows, bool isToldAlready, CancellationToken cancellation)
    {
        try
        {
            var reply = await session.Rest.GetAsync<JsonElement>(RepositoryPlace.Of(missing).Path, cancellation);
            if (rows.Read<RepositoryRow>([reply.Rows], "full_name") is [{ Id: not null } row] && row.ExternalId == missing.ExternalId)
                return await TakeAsync(rows, [row]);
        }
        catch (ConnectorException failure) when (failure.Fault is ConnectorFault.NotFound or ConnectorFault.MissingPermission
            or ConnectorFault.SsoRequired)
        {
            // As the list said.
        }
        var problem = new ScopeProblem(
            missing.ExternalId,
            ConnectorFault.NotFound,
            $"{missing.FullName} is no longer among the repositories that the token sees: it was deleted, or the token lost access to it. "
            + "What was read of it stays.");
        return progress.Batch(Phase, [new RepositoryGoneFact(missing.ExternalId)], null, isToldAlready ? null : problem);
    }

    private static bool IsNamed(KnownRepository repository, string name) => repository.FullName.Equals(name, StringComparison.OrdinalIgnoreCase);

    // Public repositories of others are in nobody's list, and yet can be chosen.
    private async Task<FactBatch> FindAsync(string fullName, RowReader rows, bool isKnownAsGone, CancellationToken cancellation)
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
            return progress.Batch(Phase, [], null, isKnownAsGone ? null : new ScopeProblem(fullName, failure.Fault, message));
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
