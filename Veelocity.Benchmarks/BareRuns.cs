using Npgsql;
using NpgsqlTypes;
using Veelocity.Web.Connectors;
using Veelocity.Web.Data;

namespace Veelocity.Benchmarks;

/// <summary>The same workflow runs with hand-written COPY and INSERT … ON CONFLICT DO UPDATE, as <see cref="BareCopy"/> does it for pull requests.</summary>
internal static class BareRuns
{
    private const string Columns =
        "id, organization_id, repository_id, workflow_id, external_id, attempt, run_number, title, url, event, head_branch, head_sha, status, "
        + "conclusion, actor_account_id, created_at, started_at, completed_at";

    public static async Task<long> WriteAsync(BenchmarkDatabase database, Connection owner, IReadOnlyList<WorkflowRunFact> facts, int batchSize)
    {
        var written = 0L;
        await using var connection = await database.Source.OpenConnectionAsync();
        foreach (var batch in facts.Chunk(batchSize))
        {
            await using var transaction = await connection.BeginTransactionAsync();
            written += await BareCopy.MergeAsync(connection, "workflow_runs", Columns, "id", copy => CopyAsync(copy, owner, batch));
            await transaction.CommitAsync();
        }
        return written;
    }

    private static async Task CopyAsync(NpgsqlBinaryImporter copy, Connection owner, WorkflowRunFact[] facts)
    {
        foreach (var fact in facts)
        {
            var repositoryId = Repository.IdOf(owner.OrganizationId, fact.RepositoryExternalId);
            await copy.StartRowAsync();
            await copy.WriteAsync(WorkflowRun.IdOf(repositoryId, fact.ExternalId, fact.Attempt), NpgsqlDbType.Uuid);
            await copy.WriteAsync(owner.OrganizationId, NpgsqlDbType.Uuid);
            await copy.WriteAsync(repositoryId, NpgsqlDbType.Uuid);
            await copy.WriteAsync(Workflow.IdOf(repositoryId, fact.WorkflowExternalId), NpgsqlDbType.Uuid);
            await copy.WriteAsync(fact.ExternalId, NpgsqlDbType.Bigint);
            await copy.WriteAsync(fact.Attempt, NpgsqlDbType.Integer);
            await copy.WriteAsync(fact.RunNumber, NpgsqlDbType.Integer);
            foreach (var text in new[] { fact.Title, fact.Url, fact.Event, fact.HeadBranch!, fact.HeadSha, fact.Status, fact.Conclusion! })
                await copy.WriteAsync(text, NpgsqlDbType.Text);
            await copy.WriteNullAsync();
            foreach (var at in new[] { fact.CreatedAt, fact.StartedAt, fact.CompletedAt!.Value })
                await copy.WriteAsync(at.ToUniversalTime(), NpgsqlDbType.TimestampTz);
        }
    }
}
