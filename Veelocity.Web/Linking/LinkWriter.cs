using Npgsql;
using NpgsqlTypes;
using Veelocity.Web.Data;

namespace Veelocity.Web.Linking;

/// <summary>Writes what was derived, as sets and only where it differs; each method answers how many rows it changed.</summary>
internal sealed class LinkWriter(VeelocityDb db, NpgsqlConnection connection)
{
    private readonly SetWriter _sets = new(db);

    public async Task<int> WriteAsync(IEnumerable<(PullRequestFacts Pull, LinkedPullRequest Linked)> pulls, CancellationToken cancellation)
    {
        var changed = pulls.Where(p => p.Linked != p.Pull.Stored).ToArray();
        if (changed.Length == 0) return 0;
        await using var command = new NpgsqlCommand(
            """
            UPDATE pull_requests p
            SET ready_at = v.ready_at, first_review_at = v.first_review_at, approved_at = v.approved_at, waiting_since = v.waiting_since,
                is_reviewed = v.is_reviewed, service_ids = v.service_ids::uuid[],
                is_revert = v.is_revert, is_hotfix = v.is_hotfix, left_out = v.left_out
            FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
                AS v (id, ready_at, first_review_at, approved_at, waiting_since, is_reviewed, service_ids, is_revert, is_hotfix, left_out)
            WHERE p.id = v.id
            """, connection);
        command.Parameters.Add(new() { Value = changed.Select(p => p.Pull.Id).ToArray() });
        command.Parameters.Add(Times(p => p.Review.ReadyAt));
        command.Parameters.Add(Times(p => p.Review.FirstReviewAt));
        command.Parameters.Add(Times(p => p.Review.ApprovedAt));
        command.Parameters.Add(Times(p => p.WaitingSince));
        command.Parameters.Add(new() { Value = changed.Select(p => p.Linked.Review.IsReviewed).ToArray() });
        // An array of arrays would have to be a rectangle.
        command.Parameters.Add(new() { Value = changed.Select(p => $"{{{string.Join(',', p.Linked.ServiceIds)}}}").ToArray() });
        command.Parameters.Add(new() { Value = changed.Select(p => p.Linked.IsRevert).ToArray() });
        command.Parameters.Add(new() { Value = changed.Select(p => p.Linked.IsHotfix).ToArray() });
        command.Parameters.Add(new()
        {
            Value = changed.Select(p => p.Linked.LeftOut is { } reason ? SnakeCaseEnum<LeftOut>.ToText(reason) : null).ToArray(),
            NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text,
        });
        return await command.ExecuteNonQueryAsync(cancellation);

        NpgsqlParameter Times(Func<LinkedPullRequest, DateTimeOffset?> column) => new()
        {
            Value = changed.Select(p => column(p.Linked)).ToArray(),
            NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz,
        };
    }

    /// <summary>New deployments go in before the changes that point at them, and old ones out after.</summary>
    public async Task<int> WriteAsync(
        Guid repositoryId,
        IReadOnlyCollection<Deployment> deployments,
        IReadOnlyCollection<DeployedChange> changes,
        IReadOnlyCollection<EnvironmentChange> elsewhere,
        IReadOnlyCollection<Revert> reverts,
        CancellationToken cancellation) =>
        await _sets.MergeAsync(deployments, cancellation)
        + await _sets.ReplaceAsync(changes, "repository_id", repositoryId, cancellation)
        + await _sets.ReplaceAsync(reverts, "repository_id", repositoryId, cancellation)
        + await _sets.ReplaceAsync(elsewhere, "repository_id", repositoryId, cancellation)
        + await _sets.ReplaceAsync(deployments, "repository_id", repositoryId, cancellation);

    public Task<int> WriteAsync(Guid repositoryId, IReadOnlyCollection<SourceFinding> findings, CancellationToken cancellation) =>
        _sets.ReplaceAsync(findings, "repository_id", repositoryId, cancellation);
}
