using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Veelocity.Benchmarks;

/// <summary>
/// The dashboard and the DORA overview of a very large organization, at the HTTP endpoint, beside one bare SQL statement over covering
/// indexes that answers the same four metrics.
/// </summary>
internal static class ScaleBenchmark
{
    private static readonly (string Label, int Days)[] Periods = [("90 days", 90), ("12 months", 365)];

    public static async Task RunAsync(Arguments arguments)
    {
        var (repositories, pulls, deployments, incidents) =
            (arguments["repositories", 200], arguments["pull-requests", 1_000_000], arguments["deployments", 200_000], arguments["incidents", 10_000]);
        var now = TimeProvider.System.GetUtcNow();
        await using var database = await BenchmarkDatabase.StartAsync();
        await using var app = await AppUnderTest.StartAsync(database.ConnectionString);
        var watch = Stopwatch.StartNew();
        await new ScaleData(database, app.OrganizationId, now).WriteAsync(repositories, pulls, deployments, incidents);
        Print($"{repositories} repositories, {pulls} pull requests, {deployments} deployments, {incidents} incidents written in {watch.Elapsed.TotalSeconds:0} s");

        var today = DateOnly.FromDateTime(now.UtcDateTime);
        Print($"first dashboard after a start, 12 months: {await OnceAsync(app, Path(app, "", today, 365)):0} ms");
        var times = arguments["requests", 40];
        Print($"{"",-44} {"median",8} {"p95",8} {"worst",8}  ms");
        await PrintAsync("a page without numbers", times, () => AskAsync(app, $"o/{app.Slug}/settings/organization"));
        await using (var forgetful = await AppUnderTest.StartAsync(database.ConnectionString, ("Metrics__KeptAnswers", "0")))
        {
            foreach (var (label, days) in Periods)
            {
                await PrintAsync($"dashboard, no answers kept, {label}", times, () => AskAsync(forgetful, Path(app, "", today, days)));
                await PrintAsync($"DORA overview, no answers kept, {label}", times, () => AskAsync(forgetful, Path(app, "/dora", today, days)));
                await PrintAsync($"one repository, no answers kept, {label}", times, () => AskAsync(forgetful, Path(app, "", today, days) + "&repo=acme/service-007"));
            }
        }
        foreach (var (label, days) in Periods)
        {
            await PrintAsync($"bare SQL, one statement, {label}", times, () => BareSqlAsync(database.Source, app.OrganizationId, now.AddDays(-days), now));
            await PrintAsync($"dashboard, {label}", times, () => AskAsync(app, Path(app, "", today, days)));
            await PrintAsync($"DORA overview, {label}", times, () => AskAsync(app, Path(app, "/dora", today, days)));
            await PrintAsync($"dashboard of one repository, {label}", times, () => AskAsync(app, Path(app, "", today, days) + "&repo=acme/service-007"));
            var team = $"team={ScaleData.TeamId(app.OrganizationId, 3)}";
            await PrintAsync($"dashboard by team, {label}", times, () => AskAsync(app, $"{Path(app, "", today, days)}&{team}"));
            await PrintAsync($"DORA overview by team, {label}", times, () => AskAsync(app, $"{Path(app, "/dora", today, days)}&{team}"));
            foreach (var metric in new[] { "deployment-frequency", "change-failure-rate", "mttr", "lead-time" })
                await PrintAsync($"API {metric}, group_by=team, {label}", times, () => AskAsync(app, ApiPath("metrics/dora/" + metric, today, days) + "&group_by=team"));
            await PrintAsync($"API metrics/dora, {label}", times, () => AskAsync(app, ApiPath("metrics/dora", today, days)));
        }

        await PrintAsync("dashboard, 90 days, after a day was touched", times, async () =>
        {
            // What a sync changes that brings a release: its repository's rows are read again.
            await database.ExecuteAsync($"UPDATE deployments SET rework = CASE WHEN rework IS NULL THEN 'hotfix' END WHERE id = (SELECT id FROM deployments WHERE organization_id = '{app.OrganizationId}' AND is_production ORDER BY finished_at DESC LIMIT 1)");
            await AskAsync(app, Path(app, "", today, 90));
        });
    }

    private static async Task PrintAsync(string what, int times, Func<Task> ask)
    {
        var timing = await Timing.OfAsync(times, ask);
        Print($"{what,-44} {timing.Median,8:0.0} {timing.P95,8:0.0} {timing.Worst,8:0.0}");
    }

    private static async Task<double> OnceAsync(AppUnderTest app, string path)
    {
        var start = Stopwatch.GetTimestamp();
        await AskAsync(app, path);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static async Task AskAsync(AppUnderTest app, string path)
    {
        using var answer = await app.AskAsync(path);
        answer.EnsureSuccessStatusCode();
        await answer.Content.ReadAsByteArrayAsync();
    }

    private static async Task BareSqlAsync(NpgsqlDataSource source, Guid organizationId, DateTimeOffset from, DateTimeOffset to)
    {
        await using var command = source.CreateCommand("""
            WITH changes AS (
                SELECT GROUPING(w, m) AS kind, COALESCE(w, m) AS start, count(*), avg(lead_seconds), percentile_cont(ARRAY[0.5, 0.75, 0.9, 0.95]) WITHIN GROUP (ORDER BY lead_seconds)
                FROM (SELECT date_trunc('week', deployed_at AT TIME ZONE 'Europe/Paris') AS w, date_trunc('month', deployed_at AT TIME ZONE 'Europe/Paris') AS m, lead_seconds
                      FROM deployed_changes WHERE organization_id = $1 AND deployed_at >= $2 AND deployed_at < $3 AND left_out IS NULL AND is_first) c
                GROUP BY GROUPING SETS ((), (w), (m))
            ), releases AS (
                SELECT GROUPING(w, m), COALESCE(w, m), count(*) FILTER (WHERE is_release), count(*) FILTER (WHERE NOT is_rollback AND is_release), count(failed_by)
                FROM (SELECT date_trunc('week', finished_at AT TIME ZONE 'Europe/Paris') AS w, date_trunc('month', finished_at AT TIME ZONE 'Europe/Paris') AS m, is_release, is_rollback, failed_by
                      FROM deployments WHERE organization_id = $1 AND is_production AND finished_at >= $2 AND finished_at < $3) d
                GROUP BY GROUPING SETS ((), (w), (m))
            ), recoveries AS (
                SELECT count(*), avg(resolved_at - started_at) FROM incidents WHERE organization_id = $1 AND started_at >= $2 AND started_at < $3
            )
            SELECT (SELECT count(*) FROM changes), (SELECT count(*) FROM releases), (SELECT count(*) FROM recoveries), (SELECT max(start) FROM changes)
            """);
        command.Parameters.Add(new() { Value = organizationId });
        command.Parameters.Add(new() { Value = from.ToUniversalTime() });
        command.Parameters.Add(new() { Value = to.ToUniversalTime() });
        await command.ExecuteScalarAsync();
    }

    private static string Path(AppUnderTest app, string page, DateOnly today, int days) => $"o/{app.Slug}{page}?from={Day(today.AddDays(1 - days))}&to={Day(today)}";

    private static string ApiPath(string metric, DateOnly today, int days) => $"api/v1/{metric}?start_date={Day(today.AddDays(1 - days))}&end_date={Day(today)}";

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static void Print(FormattableString line) => Console.WriteLine(FormattableString.Invariant(line));
}
