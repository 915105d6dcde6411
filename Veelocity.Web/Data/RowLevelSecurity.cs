using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Veelocity.Web.Data;

/// <summary>What keeps organizations apart in the database itself.</summary>
public enum Walls
{
    /// <summary>The role of the connection string is held by row-level security.</summary>
    HoldOwnRole,

    /// <summary>The role of the connection string would not be held (superuser, BYPASSRLS); connections take on one that is.</summary>
    HoldByRole,

    /// <summary>The role of the connection string is not held, and may not make one that is: the model's query filters stand alone.</summary>
    Missing,
}

/// <summary>
/// The second wall between organizations: policies on every table with an organization in it, made from the model after each migration, so that
/// no new table can be without. Only what is missing or different is written.
/// </summary>
internal static class RowLevelSecurity
{
    public const string InstallationScope = "installation";

    // Sub-selects, because PostgreSQL works them out once a statement; as bare calls it would for each row.
    private const string Organization = "(SELECT NULLIF(current_setting('veelocity.organization', true), '')::uuid)";
    private const string User = "(SELECT NULLIF(current_setting('veelocity.user', true), '')::uuid)";
    private const string Installation = $"(SELECT current_setting('veelocity.scope', true)) = '{InstallationScope}'";

    private sealed record Policy(string Table, string Name, string Rest)
    {
        public string Mark => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Rest)))[..16];
    }

    private sealed record Standing(string TableName, bool IsForced, string? PolicyName, string? Mark);

    /// <summary>The tables of which every row belongs to an organization, and the column that says to which.</summary>
    public static IEnumerable<(string Table, string Column)> Tables(IModel model) =>
        [(model.TableOf<Organization>(), "id"), .. OrganizationTables.Of(model).Select(t => (t.GetTableName()!, OrganizationTables.Column))];

    public static async Task<Walls> RaiseAsync(VeelocityDb db, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended('veelocity walls', 0))", cancellation);
        await RaisePoliciesAsync(db, cancellation);
        var walls = await RaiseRoleAsync(db, cancellation);
        await transaction.CommitAsync(cancellation);
        return walls;
    }

    private static async Task RaisePoliciesAsync(VeelocityDb db, CancellationToken cancellation)
    {
        var standing = await db.Database.SqlQuery<Standing>($"""
            SELECT c.relname::text AS table_name, c.relrowsecurity AND c.relforcerowsecurity AS is_forced, p.polname::text AS policy_name,
                   obj_description(p.oid, 'pg_policy') AS mark
            FROM pg_class c LEFT JOIN pg_policy p ON p.polrelid = c.oid
            WHERE c.relkind IN ('r', 'p') AND c.relnamespace = current_schema()::regnamespace
            """).ToListAsync(cancellation);
        var tables = standing.ToLookup(s => s.TableName, StringComparer.Ordinal);
        foreach (var table in Policies(db.Model).GroupBy(policy => policy.Table, StringComparer.Ordinal))
        {
            foreach (var policy in table.Where(policy => !tables[table.Key].Any(s => s.PolicyName == policy.Name && s.Mark == policy.Mark)))
            {
                await ExecuteAsync(db, $"""
                    DROP POLICY IF EXISTS {policy.Name} ON "{policy.Table}";
                    CREATE POLICY {policy.Name} ON "{policy.Table}" {policy.Rest};
                    COMMENT ON POLICY {policy.Name} ON "{policy.Table}" IS '{policy.Mark}';
                    """, cancellation);
            }
            if (!tables[table.Key].Any(s => s.IsForced))
                await ExecuteAsync(db, $"""ALTER TABLE "{table.Key}" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY""", cancellation);
        }
    }

    private static IEnumerable<Policy> Policies(IModel model)
    {
        foreach (var (table, column) in Tables(model))
        {
            var isNullable = model.GetEntityTypes().First(e => e.GetTableName() == table).GetProperties().Any(p => p.GetColumnName() == column && p.IsNullable);
            // What belongs to no organization (a mail about an account) may be put down by anyone, and is read by the installation alone.
            var nobodys = isNullable ? $" WITH CHECK (\"{column}\" = {Organization} OR {Installation} OR \"{column}\" IS NULL)" : "";
            yield return new(table, "organization", $"USING (\"{column}\" = {Organization} OR {Installation}){nobodys}");
        }
        // Asked before an organization is chosen: which ones are mine?
        yield return new(model.TableOf<Membership>(), "own", $"FOR SELECT USING (user_id = {User})");
        yield return new(model.TableOf<Organization>(), "own", $"FOR SELECT USING (id IN (SELECT m.organization_id FROM memberships m WHERE m.user_id = {User}))");
    }

    private static string TableOf<TRow>(this IModel model) => model.FindEntityType(typeof(TRow))!.GetTableName()!;

    private static async Task<Walls> RaiseRoleAsync(VeelocityDb db, CancellationToken cancellation)
    {
        var isHeld = await db.Database.SqlQuery<bool>($"SELECT NOT (rolsuper OR rolbypassrls) AS \"Value\" FROM pg_roles WHERE rolname = session_user").SingleAsync(cancellation);
        if (isHeld) return Walls.HoldOwnRole;
        return await TryAsync(db, MakeRole, cancellation) && await TryAsync(db, TakeOn, cancellation) ? Walls.HoldByRole : Walls.Missing;
    }

    // Roles belong to the whole server, so another database may have made it, or be at it.
    private const string MakeRole = $"""
        DO $$
        BEGIN
            IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{DatabaseDoor.Role}') THEN
                BEGIN
                    CREATE ROLE {DatabaseDoor.Role} NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE;
                EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
                END;
            END IF;
            IF NOT pg_has_role('{DatabaseDoor.Role}', 'MEMBER') THEN
                EXECUTE format('GRANT {DatabaseDoor.Role} TO %I', session_user);
            END IF;
            IF NOT has_schema_privilege('{DatabaseDoor.Role}', current_schema(), 'USAGE') THEN
                EXECUTE format('GRANT USAGE ON SCHEMA %I TO {DatabaseDoor.Role}', current_schema());
            END IF;
            IF NOT has_database_privilege('{DatabaseDoor.Role}', current_database(), 'TEMPORARY') THEN
                EXECUTE format('GRANT TEMPORARY ON DATABASE %I TO {DatabaseDoor.Role}', current_database());
            END IF;
            IF EXISTS (SELECT FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p', 'v', 'm')
                       AND NOT has_table_privilege('{DatabaseDoor.Role}', oid, 'INSERT')) THEN
                EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA %I TO {DatabaseDoor.Role}', current_schema());
                EXECUTE format('GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA %I TO {DatabaseDoor.Role}', current_schema());
            END IF;
        END $$
        """;

    private const string TakeOn = $"SET LOCAL ROLE {DatabaseDoor.Role}; SET LOCAL ROLE none";

    private static async Task<bool> TryAsync(VeelocityDb db, string sql, CancellationToken cancellation)
    {
        var transaction = db.Database.CurrentTransaction!;
        await transaction.CreateSavepointAsync("before", cancellation);
        try
        {
            await ExecuteAsync(db, sql, cancellation);
            return true;
        }
        catch (Npgsql.PostgresException refused) when (refused.SqlState is Npgsql.PostgresErrorCodes.InsufficientPrivilege)
        {
            await transaction.RollbackToSavepointAsync("before", cancellation);
            return false;
        }
    }

    private static Task<int> ExecuteAsync(VeelocityDb db, string sql, CancellationToken cancellation) => db.Database.ExecuteSqlRawAsync(sql, cancellation);
}
