namespace Veelocity.Web.Data.Migrations;

/// <summary>The triggers behind <see cref="MetricsVersion"/>; the first migration creates them.</summary>
internal static class MetricsVersionTriggers
{
    private static readonly (string Table, string Scope)[] Watched =
        [("deployments", "repository_id"), ("deployed_changes", "repository_id"), ("incidents", "organization_id")];

    // In the order of the scopes, so that two who write to the same ones wait for each other and do not block each other.
    private static readonly (string Event, string Rows)[] Events = [("INSERT", "NEW"), ("UPDATE", "NEW"), ("DELETE", "OLD")];

    public static IEnumerable<string> Create() =>
        Watched.Select(watched => watched.Scope).Distinct(StringComparer.Ordinal).Select(scope => $"""
            CREATE FUNCTION count_change_of_{scope}() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                INSERT INTO metrics_versions AS v (scope_id, organization_id, version)
                SELECT DISTINCT {scope}, organization_id, 1 FROM changed ORDER BY 1
                ON CONFLICT (scope_id) DO UPDATE SET version = v.version + 1;
                RETURN NULL;
            END $$
            """)
        .Concat(
            from watched in Watched
            from happened in Events
            select $"""
                CREATE TRIGGER count_{happened.Event.ToLowerInvariant()} AFTER {happened.Event} ON {watched.Table}
                REFERENCING {happened.Rows} TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION count_change_of_{watched.Scope}()
                """);

    public static IEnumerable<string> Drop() =>
        Watched.SelectMany(watched => Events.Select(happened => $"DROP TRIGGER count_{happened.Event.ToLowerInvariant()} ON {watched.Table}"))
            .Concat(Watched.Select(watched => watched.Scope).Distinct(StringComparer.Ordinal).Select(scope => $"DROP FUNCTION count_change_of_{scope}()"));
}
