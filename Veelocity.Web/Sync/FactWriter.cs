using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Connectors;
using Veelocity.Web.Data;
using Veelocity.Web.Sync.Rows;

namespace Veelocity.Web.Sync;

/// <summary>Stores a batch of facts as rows, in the caller's transaction, parents before children.</summary>
public sealed class FactWriter(VeelocityDb db, SetWriter writer, TimeProvider time)
{
    /// <summary>Answers how many rows were new or different.</summary>
    public async Task<int> WriteAsync(Connection connection, IReadOnlyCollection<Fact> facts, CancellationToken cancellation)
    {
        if (facts.Count == 0) return 0;
        var rows = new FactRows(new RowOwner(connection.OrganizationId, connection.Id, connection.Kind));
        foreach (var fact in facts.Where(fact => fact is not Absence)) rows.Add(fact);

        await new RenamedRepositories(db, time).FollowAsync(connection, rows.Code.Repositories.Values, cancellation);
        var changed = await writer.MergeAsync(rows.Code.Repositories.Values, cancellation);
        changed += await writer.MergeAsync(rows.Owner.Accounts.Values, cancellation);
        var inRepositories = await writer.MergeAsync(rows.Pulls.PullRequests.Values, cancellation);
        inRepositories += await writer.MergeAsync(rows.Pulls.Reviews.Values, cancellation);
        inRepositories += await writer.MergeAsync(rows.Pulls.Paths.Values, cancellation);
        inRepositories += await writer.MergeAsync(rows.Code.Commits.Values, cancellation);
        inRepositories += await writer.MergeAsync(rows.Code.Releases.Values, cancellation);
        inRepositories += await writer.MergeAsync(rows.Code.Tags.Values, cancellation);
        inRepositories += await writer.MergeAsync(rows.Workflows.Workflows.Values, cancellation);
        inRepositories += await writer.MergeAsync(rows.Workflows.Files.Values, cancellation);
        inRepositories += await writer.MergeAsync(rows.Workflows.Runs.Values, cancellation);
        inRepositories += await writer.MergeAsync(rows.Workflows.Jobs.Values, cancellation);
        inRepositories += await writer.MergeAsync(rows.Deployments.Environments.Values, cancellation);
        inRepositories += await writer.MergeAsync(rows.Deployments.Deployments.Values, cancellation);
        inRepositories += await writer.MergeAsync(rows.Deployments.Statuses.Values, cancellation);
        var inChannels = await writer.MergeAsync(rows.Chat.Channels.Values, cancellation);
        inChannels += await writer.MergeAsync(rows.Chat.Messages.Values, cancellation);
        inChannels += await writer.MergeAsync(rows.Chat.Reactions.Values, cancellation);
        var inWork = await new WorkWriter(db, writer).WriteAsync(rows.Work, cancellation);
        if (inChannels > 0) await MarkChannelsChangedAsync([.. rows.Chat.Touched, .. rows.Chat.Channels.Keys], cancellation);
        if (inRepositories > 0) await MarkChangedAsync(rows.Owner.Touched, cancellation);
        var gone = await new AbsenceWriter(db, writer, time).WriteAsync(connection, facts.OfType<Absence>(), cancellation);
        if (inWork > 0 || (gone > 0 && facts.Any(fact => fact is IssueGoneFact or OnlyIssuesFact))) await MarkWorkChangedAsync(connection.Id, cancellation);
        return changed + inRepositories + inChannels + inWork + gone;
    }

    private Task MarkWorkChangedAsync(Guid connectionId, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        return db.Connections.IgnoreQueryFilters([VeelocityDb.OrganizationFilter])
            .Where(c => c.Id == connectionId)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.ChangedAt, now), cancellation);
    }

    private Task MarkChannelsChangedAsync(IReadOnlyCollection<Guid> channelIds, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        return db.ChatChannels.IgnoreQueryFilters([VeelocityDb.OrganizationFilter])
            .Where(c => channelIds.Contains(c.Id))
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.ChangedAt, now), cancellation);
    }

    private Task MarkChangedAsync(IReadOnlyCollection<Guid> repositoryIds, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        return db.Repositories.IgnoreQueryFilters([VeelocityDb.OrganizationFilter])
            .Where(r => repositoryIds.Contains(r.Id))
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.ChangedAt, now), cancellation);
    }
}
