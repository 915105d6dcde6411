using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace Veelocity.Web.Connectors.Linear;

/// <summary>Teams, people, projects, cycles and issues with the time they spent in each state, as far as the key's owner sees them.</summary>
internal sealed class LinearConnector(LinearApi api) : IConnector, IRefresh, IProviderApp
{
    public const string Kind = "linear";
    private const string Scope = "read";
    private static readonly TimeSpan RenewalMargin = TimeSpan.FromHours(6);

    public ConnectorInfo Info { get; } = new(Kind, "Linear", Kind, 4, ["cycle_time", "throughput"]) { ReadsTeams = true };

    public bool CanAuthorize => api.Options.ClientId is not null;

    public async Task<CredentialCheck> TestAsync(ConnectorCredentials credentials, CancellationToken cancellation)
    {
        var who = (await api.Open(credentials).AskAsync<ViewerData>(LinearDocuments.Viewer, new { }, cancellation)).Viewer;
        return new CredentialCheck(string.Join(" · ", new[] { who?.Organization?.Name, who?.DisplayName ?? who?.Name ?? who?.Email }.OfType<string>()), []);
    }

    public async Task<IReadOnlyList<string>> UnknownAsync(
        ConnectorCredentials credentials, IReadOnlySet<string> selected, CancellationToken cancellation)
    {
        var session = api.Open(credentials);
        var known = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var size = TeamList.PageSizeOf(session);
        string? after = null;
        do
        {
            var page = (await session.AskAsync<TeamsData>(LinearDocuments.Teams, size, first => new { after, first }, cancellation)).Teams;
            foreach (var team in new RowReader("Linear", "Linear", Http.ProviderJson.Camel).Read<TeamRow>(page?.Nodes ?? [], "key", "id"))
                known.UnionWith(new[] { team.Id, team.Key }.OfType<string>());
            after = page?.Next;
        }
        while (after is not null);
        return [.. selected.Except(known, StringComparer.OrdinalIgnoreCase)];
    }

    public async IAsyncEnumerable<FactBatch> FetchAsync(FetchRequest request, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var session = api.Open(request.Credentials);
        var progress = new FetchProgress(session.Meter);
        var rows = new RowReader("Linear", "Linear", Http.ProviderJson.Camel);
        var teams = new TeamList(session, progress, rows, request.SelectedRepositories);
        await foreach (var batch in teams.ReadAsync(cancellation)) yield return batch;
        var (reader, passes) = (new PassReader(session, progress, request, rows), new LinearPasses(session, teams));
        List<(string Phase, IAsyncEnumerable<FactBatch> Batches)> parts =
            [.. passes.All(request.HistoryStart).Select(pass => (pass.Phase, reader.ReadAsync(pass, cancellation)))];
        if (request.IsFull) parts.Add(("Deleted issues", new IssueCensus(session, progress, request, rows, teams).ReadAsync(cancellation)));
        var scoped = new ScopedReading(progress);
        foreach (var (phase, batches) in parts)
            await foreach (var batch in scoped.ReadAsync($"Linear, {phase}", phase, batches, cancellation))
                yield return batch;
        yield return progress.Batch("Linear is read", [], null);
    }

    public IAsyncEnumerable<FactBatch> RefreshAsync(RefreshRequest request, CancellationToken cancellation) =>
        new LinearRefresh(api.Open(request.Credentials), request).ReadAsync(cancellation);

    public Uri AuthorizeAddress(string state, Uri redirect, string verifier) =>
        new(QueryHelpers.AddQueryString(api.AuthorizeAddress.AbsoluteUri, new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["client_id"] = api.Options.ClientId,
            ["redirect_uri"] = redirect.AbsoluteUri,
            ["response_type"] = "code",
            ["scope"] = Scope,
            ["state"] = state,
            ["prompt"] = "consent",
            ["code_challenge"] = WebEncoders.Base64UrlEncode(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))),
            ["code_challenge_method"] = "S256",
        }));

    public async Task<Grant> RedeemAsync(string code, Uri redirect, string verifier, CancellationToken cancellation)
    {
        var grants = api.Grants();
        var answer = await grants.RedeemAsync(code, redirect, verifier, cancellation);
        return new Grant(grants.SecretOf(answer).Write(), answer.Scopes);
    }

    public string? Manifest(Uri? events, Uri? redirect) => null;

    public bool NeedsRenewal(ConnectorCredentials credentials) =>
        LinearSecret.Read(credentials.Secret) is { RefreshToken: not null, ExpiresAt: { } until } && until < api.Clock.GetUtcNow() + RenewalMargin;

    public async Task<string> RenewAsync(ConnectorCredentials credentials, CancellationToken cancellation)
    {
        var (grants, old) = (api.Grants(), LinearSecret.Read(credentials.Secret));
        var renewed = grants.SecretOf(await grants.RefreshAsync(old.RefreshToken!, cancellation));
        // An app that does not rotate answers without a new one.
        return (renewed with { RefreshToken = renewed.RefreshToken ?? old.RefreshToken }).Write();
    }
}
