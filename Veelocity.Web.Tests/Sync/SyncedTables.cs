using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Veelocity.Web.Data;
using Veelocity.Web.Linking;

namespace Veelocity.Web.Tests.Sync;

/// <summary>
/// Two databases of the same organization, one synced step by step and one at once, made comparable: rows have the same ids, because
/// those follow from the provider's. What differs by nature is set aside: what is gone on GitHub and kept here, and what was detected when.
/// </summary>
internal static partial class SyncedTables
{
    private static readonly string[] Tables =
    [
        "repositories", "pull_requests", "reviews", "commits", "releases", "workflows", "workflow_runs", "workflow_jobs",
        "deployment_environments", "environment_deployments", "environment_deployment_statuses", "services", "deployments", "deployed_changes",
    ];

    // Bookkeeping of our own; a service's name, which is the people's once it is given; and what GitHub forgets but Veelocity remembers: the
    // branch that was deployed, once it is renamed or deleted, and a repository's former addresses.
    private static readonly string[] Set =
    [
        "connection_id", "changed_at", "linked_at", "person_id", "detected_at", "chosen_at", "source_evidence", "ref", "former_urls",
    ];

    /// <param name="unread">Runs from before this instant are not read again.</param>
    public static async Task<(ISet<string> Kept, ISet<string> Read)> AlignAsync(SyncHost kept, SyncHost read, Guid organizationId, DateTimeOffset unread)
    {
        await using var old = kept.Database.Open();
        await using var @new = read.Database.Open();
        await ForgetAsync(old, @new);
        await ForgetActorsAsync(old, unread);
        await ForgetActorsAsync(@new, unread);
        await ForgetDeletedAccountsAsync(old, @new);
        await LinkAsync(kept, organizationId);
        await LinkAsync(read, organizationId);
        await ChooseAsync(old, @new);
        await LinkAsync(kept, organizationId);
        await LinkAsync(read, organizationId);
        return (await RowsAsync(old), await RowsAsync(@new));
    }

    // Repositories out of reach, and commits pushed away by force, are kept.
    private static async Task ForgetAsync(VeelocityDb old, VeelocityDb @new)
    {
        var visible = await @new.Repositories.IgnoreQueryFilters().Select(r => r.Id).ToArrayAsync(TestContext.Current.CancellationToken);
        var commits = await @new.Database.SqlQuery<string>($"SELECT repository_id || sha AS \"Value\" FROM commits").ToArrayAsync(TestContext.Current.CancellationToken);
        foreach (var table in (string[])["deployed_changes", "deployments", "services", "workflow_runs"])
            await old.Database.ExecuteSqlAsync(FormattableStringFactory.Create($"DELETE FROM {table} WHERE repository_id <> ALL({{0}})", visible), TestContext.Current.CancellationToken);
        await old.Database.ExecuteSqlAsync($"DELETE FROM repositories WHERE id <> ALL({visible})", TestContext.Current.CancellationToken);
        await old.Database.ExecuteSqlAsync($"DELETE FROM commits WHERE repository_id || sha <> ALL({commits})", TestContext.Current.CancellationToken);
    }

    // Who ran what stays known when the account is deleted later; GitHub then names nobody.
    private static Task<int> ForgetActorsAsync(VeelocityDb db, DateTimeOffset before) => db.Database.ExecuteSqlAsync(
        $"UPDATE workflow_runs SET actor_account_id = NULL WHERE created_at < {before}", TestContext.Current.CancellationToken);

    // Whoever's account was deleted stays known where it was read before; GitHub then names a ghost or nobody.
    private static async Task ForgetDeletedAccountsAsync(VeelocityDb old, VeelocityDb @new)
    {
        var there = await @new.Accounts.IgnoreQueryFilters().Where(a => a.Login != "ghost").Select(a => a.Id).ToArrayAsync(TestContext.Current.CancellationToken);
        foreach (var db in (VeelocityDb[])[old, @new])
        {
            var columns = await db.Database.SqlQuery<string>($"""
                SELECT table_name || '.' || column_name AS "Value" FROM information_schema.columns
                WHERE table_schema = 'public' AND column_name LIKE '%account_id' AND table_name = ANY ({Tables})
                """).ToListAsync(TestContext.Current.CancellationToken);
            Assert.NotEmpty(columns);
            foreach (var (table, column) in columns.Select(name => (name.Split('.')[0], name.Split('.')[1])))
            {
                await db.Database.ExecuteSqlAsync(
                    FormattableStringFactory.Create($"UPDATE {table} SET {column} = NULL WHERE {column} <> ALL({{0}})", there), TestContext.Current.CancellationToken);
            }
        }
    }

    // Which source is detected depends on what was there when; here the deployments of one and the same source are compared.
    private static async Task ChooseAsync(VeelocityDb old, VeelocityDb @new)
    {
        var now = DateTimeOffset.UtcNow;
        var services = await old.Services.IgnoreQueryFilters().ToListAsync(TestContext.Current.CancellationToken);
        foreach (var service in services) service.Choose(service.Source, service.SourceName, service.SourceBranch, now);
        await old.SaveChangesAsync(TestContext.Current.CancellationToken);
        foreach (var twin in await @new.Services.IgnoreQueryFilters().ToListAsync(TestContext.Current.CancellationToken))
        {
            if (services.Find(service => service.Id == twin.Id) is not { } service) continue;
            twin.Name = service.Name;
            twin.Choose(service.Source, service.SourceName, service.SourceBranch, now);
        }
        await @new.SaveChangesAsync(TestContext.Current.CancellationToken);
    }

    private static Task LinkAsync(SyncHost host, Guid organizationId) =>
        host.UseAsync(async (Linker linker) => await linker.LinkAsync(organizationId, null, TestContext.Current.CancellationToken));

    private static async Task<ISet<string>> RowsAsync(VeelocityDb db)
    {
        var rows = new HashSet<string>(StringComparer.Ordinal);
        foreach (var table in Tables)
        {
            var found = db.Database.SqlQuery<string>(
                FormattableStringFactory.Create("SELECT (to_jsonb(t) - {0})::text AS \"Value\" FROM " + table + " t", (object)Set));
            // The addresses of what was read before a rename hold the old name, which leads on to the new one.
            foreach (var row in await found.ToListAsync(TestContext.Current.CancellationToken)) rows.Add($"{table} {RepositoryName().Replace(row, "/acme/*")}");
        }
        return rows;
    }

    [System.Text.RegularExpressions.GeneratedRegex("/acme/[^/\"]+")]
    private static partial System.Text.RegularExpressions.Regex RepositoryName();
}
