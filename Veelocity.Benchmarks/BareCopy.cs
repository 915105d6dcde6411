using Npgsql;
using NpgsqlTypes;
using Veelocity.Web.Connectors;
using Veelocity.Web.Data;

namespace Veelocity.Benchmarks;

/// <summary>
/// The same pull requests and reviews with hand-written COPY and INSERT … ON CONFLICT DO UPDATE: no facts, no change detection, no
/// accounts. What a writer could reach at best.
/// </summary>
internal static class BareCopy
{
    private const string Pulls =
        "id, organization_id, repository_id, number, title, url, state, is_draft, author_account_id, merged_by_account_id, created_at, updated_at, "
        + "closed_at, merged_at, base_branch, head_branch, head_sha, merge_commit_sha, additions, deletions, changed_files, comment_count, "
        + "commit_count, first_commit_at, labels, ready_for_review_at, converted_to_draft_at, is_revert, reverts_number, reverts_sha";

    private const string Reviews = "organization_id, pull_request_id, external_id, author_account_id, state, submitted_at";

    public static async Task<long> WriteAsync(
        BenchmarkDatabase database, Connection owner, IReadOnlyList<PullRequestFact> facts, int batchSize)
    {
        var written = 0L;
        await using var connection = await database.Source.OpenConnectionAsync();
        foreach (var batch in facts.Chunk(batchSize))
        {
            await using var transaction = await connection.BeginTransactionAsync();
            written += await MergeAsync(connection, "pull_requests", Pulls, "id", copy => CopyPullsAsync(copy, owner, batch));
            written += await MergeAsync(connection, "reviews", Reviews, "pull_request_id, external_id", copy => CopyReviewsAsync(copy, owner, batch));
            await transaction.CommitAsync();
        }
        return written;
    }

    public static async Task<int> MergeAsync(
        NpgsqlConnection connection, string table, string columns, string key, Func<NpgsqlBinaryImporter, Task> copyRows)
    {
        await ExecuteAsync(connection, $"CREATE TEMP TABLE bare_{table} (LIKE {table}) ON COMMIT DROP");
        await using (var copy = await connection.BeginBinaryImportAsync($"COPY bare_{table} ({columns}) FROM STDIN (FORMAT BINARY)"))
        {
            await copyRows(copy);
            await copy.CompleteAsync();
        }
        var update = string.Join(", ", columns.Split(", ").Select(column => $"{column} = EXCLUDED.{column}"));
        return await ExecuteAsync(
            connection, $"INSERT INTO {table} ({columns}) SELECT {columns} FROM bare_{table} ON CONFLICT ({key}) DO UPDATE SET {update}");
    }

    private static async Task CopyPullsAsync(NpgsqlBinaryImporter copy, Connection owner, PullRequestFact[] facts)
    {
        foreach (var fact in facts)
        {
            var repositoryId = Repository.IdOf(owner.OrganizationId, fact.RepositoryExternalId);
            await copy.StartRowAsync();
            await copy.WriteAsync(PullRequest.IdOf(repositoryId, fact.Number), NpgsqlDbType.Uuid);
            await copy.WriteAsync(owner.OrganizationId, NpgsqlDbType.Uuid);
            await copy.WriteAsync(repositoryId, NpgsqlDbType.Uuid);
            await copy.WriteAsync(fact.Number, NpgsqlDbType.Integer);
            foreach (var text in new[] { fact.Title, fact.Url, "merged" }) await copy.WriteAsync(text, NpgsqlDbType.Text);
            await copy.WriteAsync(fact.IsDraft, NpgsqlDbType.Boolean);
            await copy.WriteNullAsync();
            await copy.WriteNullAsync();
            foreach (var at in new[] { fact.CreatedAt, fact.UpdatedAt, fact.ClosedAt!.Value, fact.MergedAt!.Value })
                await copy.WriteAsync(at.ToUniversalTime(), NpgsqlDbType.TimestampTz);
            foreach (var text in new[] { fact.BaseBranch, fact.HeadBranch, fact.HeadSha, fact.MergeCommitSha! }) await copy.WriteAsync(text, NpgsqlDbType.Text);
            foreach (var number in new[] { fact.Additions, fact.Deletions, fact.ChangedFiles, fact.CommentCount, fact.CommitCount })
                await copy.WriteAsync(number, NpgsqlDbType.Integer);
            await copy.WriteAsync(fact.FirstCommitAt!.Value.ToUniversalTime(), NpgsqlDbType.TimestampTz);
            await copy.WriteAsync(fact.Labels.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text);
            await copy.WriteAsync(Array.Empty<DateTimeOffset>(), NpgsqlDbType.Array | NpgsqlDbType.TimestampTz);
            await copy.WriteAsync(Array.Empty<DateTimeOffset>(), NpgsqlDbType.Array | NpgsqlDbType.TimestampTz);
            await copy.WriteAsync(false, NpgsqlDbType.Boolean);
            await copy.WriteNullAsync();
            await copy.WriteNullAsync();
        }
    }

    private static async Task CopyReviewsAsync(NpgsqlBinaryImporter copy, Connection owner, PullRequestFact[] facts)
    {
        foreach (var fact in facts)
        {
            var pullRequestId = PullRequest.IdOf(Repository.IdOf(owner.OrganizationId, fact.RepositoryExternalId), fact.Number);
            foreach (var review in fact.Reviews)
            {
                await copy.StartRowAsync();
                await copy.WriteAsync(owner.OrganizationId, NpgsqlDbType.Uuid);
                await copy.WriteAsync(pullRequestId, NpgsqlDbType.Uuid);
                await copy.WriteAsync(review.ExternalId, NpgsqlDbType.Text);
                await copy.WriteNullAsync();
                await copy.WriteAsync(review.Verdict == ReviewVerdict.Approved ? "approved" : "commented", NpgsqlDbType.Text);
                await copy.WriteAsync(review.SubmittedAt.ToUniversalTime(), NpgsqlDbType.TimestampTz);
            }
        }
    }

    private static async Task<int> ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteNonQueryAsync();
    }
}
