using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.WebUtilities;
using Veelocity.Web.Connectors.Http;

namespace Veelocity.Web.Connectors.Slack;

/// <summary>Channels, the messages of those that match the organization's patterns with their threads, and who is in the workspace.</summary>
internal sealed class SlackConnector(SlackApi api) : IConnector, IRefresh, IProviderApp
{
    public const string Kind = "slack";

    public ConnectorInfo Info { get; } = new(Kind, "Slack", Kind, 3, ["change_failure_rate", "mttr", "failed_deployment_recovery_time", "rework_rate"]) { ReadsChannels = true };

    public bool CanAuthorize => api.Options.ClientId is not null;

    public async Task<CredentialCheck> TestAsync(ConnectorCredentials credentials, CancellationToken cancellation)
    {
        var session = api.Open(credentials);
        var who = await session.AskAsync<AuthAnswer>("auth.test", cancellation);
        var warnings = new List<string>();
        await TryAsync("channels:read", () => session.AskAsync<ChannelsAnswer>("conversations.list", cancellation, ("types", "public_channel"), ("limit", "1")));
        try
        {
            await session.AskAsync<MembersAnswer>("users.list", cancellation, ("limit", "1"));
        }
        catch (ConnectorException refused) when (refused.Fault == ConnectorFault.MissingPermission)
        {
            warnings.Add($"Names of people stay unknown. {refused.Message}");
        }
        return new CredentialCheck(string.Join(" · ", new[] { who.Team, who.User }.OfType<string>()), warnings);

        // Without channels there is nothing to read at all.
        static async Task TryAsync(string scope, Func<Task> ask)
        {
            try
            {
                await ask();
            }
            catch (ConnectorException refused) when (refused.Fault == ConnectorFault.MissingPermission)
            {
                throw new ConnectorException(refused.Fault, $"{refused.Message} Without {scope} nothing can be read.", inner: refused);
            }
        }
    }

    public async IAsyncEnumerable<FactBatch> FetchAsync(FetchRequest request, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var session = api.Open(request.Credentials);
        var progress = new FetchProgress(session.Meter);
        var scoped = new ScopedReading(progress);
        var who = await session.AskAsync<AuthAnswer>("auth.test", cancellation);
        await foreach (var batch in scoped.ReadAsync("people", "People", new MemberReader(session, progress).ReadAsync(request, cancellation), cancellation))
            yield return batch;

        var list = new ChannelList(session, progress, who.Url, request.ChannelPatterns);
        await foreach (var batch in list.ReadAsync(cancellation))
            yield return batch;

        var reader = new ChannelReader(session, progress);
        foreach (var channel in list.ToRead)
        {
            var name = $"#{channel.Name}";
            await foreach (var batch in scoped.ReadAsync(name, name, reader.ReadAsync(channel.Id!, channel.Name!, request, cancellation), cancellation))
                yield return batch.Problem is { Fault: not ConnectorFault.Malformed } problem && batch.Facts.Count == 0
                    ? batch with { Facts = [SlackNames.FactOf(channel, who.Url, problem.Message)] }
                    : batch;
        }
        yield return progress.Batch("Slack is read", [], null);
    }

    public async IAsyncEnumerable<FactBatch> RefreshAsync(RefreshRequest request, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var session = api.Open(request.Credentials);
        var progress = new FetchProgress(session.Meter);
        var scoped = new ScopedReading(progress);
        var (id, name) = (request.Repository.ExternalId, request.Repository.FullName);
        foreach (var target in request.Targets.Distinct())
            await foreach (var batch in scoped.ReadAsync($"#{name}", $"#{name}", ReadAgainAsync(session, progress, id, name, target, cancellation), cancellation))
                yield return batch;
    }

    public Uri AuthorizeAddress(string state, Uri redirect, string verifier)
    {
        // The page that people sign in at lies beside the API: https://slack.com/oauth/v2/authorize.
        var root = new Uri(api.Options.BaseUrl, "../oauth/v2/authorize").AbsoluteUri;
        return new Uri(QueryHelpers.AddQueryString(root, new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["client_id"] = api.Options.ClientId,
            ["scope"] = string.Join(',', SlackManifest.Scopes),
            ["redirect_uri"] = redirect.AbsoluteUri,
            ["state"] = state,
        }));
    }

    public async Task<Grant> RedeemAsync(string code, Uri redirect, string verifier, CancellationToken cancellation)
    {
        var answer = await api.Open(null).RedeemAsync(code, redirect, api.Options.ClientId!, api.Options.ClientSecret!, cancellation);
        if (answer.RefreshToken is not null)
            throw new ConnectorException(ConnectorFault.TokenExpired, "The Slack app rotates its tokens, which would end every twelve hours. Switch token rotation off.");
        return new Grant(
            answer.AccessToken ?? throw new ConnectorException(ConnectorFault.Malformed, "Slack granted access without a token."),
            (answer.Scope ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    public string? Manifest(Uri? events, Uri? redirect) => SlackManifest.Write(events, redirect);

    private static async IAsyncEnumerable<FactBatch> ReadAgainAsync(
        SlackSession session, FetchProgress progress, string id, string name, RefreshTarget target, [EnumeratorCancellation] CancellationToken cancellation)
    {
        switch (target)
        {
            case ThreadTarget thread:
                var rows = new RowReader("Slack", $"#{name}", ProviderJson.Snake);
                await foreach (var batch in new ThreadReader(session, progress).ReadAgainAsync(id, name, thread.Ts, rows, cancellation))
                    yield return batch;
                break;
            case ReactionTarget r:
                yield return progress.Batch($"Reactions in #{name}", [new ReactionFact(id, r.Ts, r.Name, r.UserId, SlackTs.ToTime(r.EventTs), r.IsRemoval)], null);
                break;
            case ChannelTarget:
                var who = await session.AskAsync<AuthAnswer>("auth.test", cancellation);
                var answer = await session.AskAsync<ChannelAnswer>("conversations.info", cancellation, ("channel", id));
                if (answer.Channel is { } channel) yield return progress.Batch($"#{name}", [SlackNames.FactOf(channel, who.Url, null)], null);
                break;
            case CredentialsTarget:
                await session.AskAsync<AuthAnswer>("auth.test", cancellation);
                break;
        }
    }
}
