using System.Buffers;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Tests.Database;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.Security;

/// <summary>Two organizations with rows in every table, alike in kind and told apart by their texts: whatever one is asked, it says and changes nothing of the other.</summary>
public sealed partial class IsolationTests(TestApp app)
{
    private const int ShortestMarker = 12;

    private static readonly string[]
        One = ["id", "user_id", "team_id", "deployment_id", "incident_id", "into_id", "issue_id", "service_id", "repo_id", "repository_id", "person_id", "subject_id", "account_id"],
        Many = ["team_ids", "person_ids", "repository_ids", "service_ids", "paths"];

    private static readonly Dictionary<string, object> Words = new(StringComparer.Ordinal)
    {
        ["name"] = "x", ["title"] = "x", ["role"] = "viewer", ["subject"] = "incident", ["reason"] = "x", ["started_at"] = "2026-11-01T09:30:00Z", ["identifier"] = "ENG-1",
    };

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_id_of_one_organization_opens_or_changes_anything_in_any_route_of_another()
    {
        using var ours = await Callers.GatherAsync(app);
        var theirs = await FillAsync(await ForeignIdAsync(ours));
        await FillAsync(ours.Id);
        var before = await SnapshotAsync(theirs.Id);
        var routes = (await EveryRoute.OfAsync(app)).Where(IsOfAnOrganization).ToList();
        var (told, asked) = (new List<string>(), 0);
        foreach (var route in routes.Where(route => route.Parameters.Any() || !route.OnlyReads))
        {
            // A form without fields can carry no id, so one request is enough.
            foreach (var id in route.IsApi || route.Parameters.Any() || route.Fields.Count > 0 ? theirs.Ids : theirs.Ids.Take(1))
            {
                List<KeyValuePair<string, string>> fields = [.. route.Fields.Select(field => KeyValuePair.Create(field, id))];
                var address = route.Address(ours.Slug, ours.Id, (_, _) => id);
                var (status, _, text) = await ours["admin"].AskAsync(route, address, ours.Slug, fields, Json(route, id));
                asked++;
                if ((int)status >= 500) told.Add($"{route.Name} with {id}: {(int)status}");
                if (theirs.MarkerIn(text, except: id) is { } marker)
                    told.Add($"{route.Name} with {id} says {marker}");
            }
            if (!route.OnlyReads) await ours.RestoreAsync();
        }
        Assert.Empty(told);
        Assert.True(asked > 2000, $"{asked}");
        Assert.Equal(before, await SnapshotAsync(theirs.Id));
    }

    [Fact]
    public async Task No_page_list_export_search_or_metric_of_one_organization_says_anything_of_another()
    {
        using var ours = await Callers.GatherAsync(app);
        var theirs = await FillAsync(await ForeignIdAsync(ours));
        var own = await FillAsync(ours.Id);
        var (told, full) = (new List<string>(), 0);
        foreach (var route in (await EveryRoute.OfAsync(app)).Where(route => IsOfAnOrganization(route) && route.OnlyReads && !route.Parameters.Any()))
        {
            foreach (var query in new[] { "", "?q=a&search=a&text=a&show=all&page=1", "?period=365d&from=2000-01-01&to=2100-01-01" })
            {
                var (status, _, text) = await ours["admin"].AskAsync(route, route.Address(ours.Slug, ours.Id, (name, _) => name) + query, ours.Slug);
                if ((int)status >= 500) told.Add($"{route.Name}{query}: {(int)status}");
                if (theirs.MarkerIn(text) is { } marker) told.Add($"{route.Name}{query} says {marker}");
                if (own.MarkerIn(text) is not null) full++;
            }
        }
        Assert.Empty(told);
        Assert.True(full > 30, $"Only {full} answers say anything of the organization itself."); // or there was nothing to tell
    }

    private static bool IsOfAnOrganization(OneRoute route) =>
        route.Pattern.StartsWith("/o/{slug}", StringComparison.Ordinal) || route.Pattern.StartsWith("/api/v1/", StringComparison.Ordinal) && !route.Pattern.StartsWith("/api/v1/auth", StringComparison.Ordinal);

    /// <summary>The fields that the operation takes, with the id where one can be.</summary>
    private static string Json(OneRoute route, string id) =>
        JsonSerializer.Serialize(One.ToDictionary(field => field, object (_) => id, StringComparer.Ordinal)
            .Concat(Many.Select(field => KeyValuePair.Create(field, (object)new[] { id, Guid.NewGuid().ToString() }))).Concat(Words)
            .Where(field => route.Fields.Contains(field.Key)).ToDictionary(StringComparer.Ordinal));

    private async Task<Guid> ForeignIdAsync(Callers callers)
    {
        var email = callers["foreign"].Who!.Email;
        await using var db = app.Database.Open();
        return await db.Memberships.IgnoreQueryFilters().Where(m => m.User.Email == email).Select(m => m.OrganizationId).SingleAsync(Now);
    }

    private async Task<Filled> FillAsync(Guid organizationId)
    {
        await using var db = app.Database.Open();
        var rows = (await EveryTable.FillAsync(db, organizationId, Now)).Rows;
        var texts = rows.Values.SelectMany(row => row.EnumerateObject()).Where(column => column.Value.ValueKind == JsonValueKind.String).Select(column => column.Value.GetString()!).ToList();
        return new Filled(
            organizationId,
            [.. rows.Where(row => row.Key != "organizations" && row.Value.TryGetProperty("id", out _)).Select(row => row.Value.GetProperty("id").ToString()).Distinct(StringComparer.Ordinal)],
            [.. texts.Where(text => text.Length >= ShortestMarker && Random().IsMatch(text)).Distinct(StringComparer.Ordinal)]);
    }

    /// <summary>All rows of an organization but for what counts and looks by itself.</summary>
    private async Task<string> SnapshotAsync(Guid organizationId)
    {
        await using var db = app.Database.Open();
        var tables = new List<string>();
        foreach (var table in RowLevelSecurity.Tables(db.Model).Where(t => t.Table is not ("metrics_versions" or "mails")).OrderBy(t => t.Table, StringComparer.Ordinal))
        {
            var sql = $"SELECT to_jsonb(t)::text AS \"Value\" FROM \"{table.Table}\" t WHERE \"{table.Column}\" = {{0}} ORDER BY 1";
            var rows = await db.Database.SqlQueryRaw<string>(sql, organizationId).ToListAsync(Now);
            tables.Add($"{table.Table}\n{string.Join('\n', rows)}");
        }
        return string.Join("\n\n", tables);
    }

    [GeneratedRegex("^[0-9a-f]+$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Random();

    /// <param name="Ids">Of its rows in every table.</param>
    /// <param name="Markers">Texts that are in its rows and nowhere else.</param>
    private sealed record Filled(Guid Id, IReadOnlyList<string> Ids, IReadOnlyList<string> Markers)
    {
        // One pass finds hundreds of markers in each of thousands of responses.
        private readonly SearchValues<string> any = SearchValues.Create([.. Markers], StringComparison.Ordinal);

        public string? MarkerIn(string text, string? except = null) =>
            text.AsSpan().ContainsAny(any) ? Markers.FirstOrDefault(marker => marker != except && text.Contains(marker, StringComparison.Ordinal)) : null;
    }
}
