using System.Text.Json.Nodes;

namespace Veelocity.Web.Tests.Recomputed.Answers;

/// <summary>Asks for the rows behind each value, page by page and as a file.</summary>
internal sealed class RowQuestions(StoredWorld stored, Recomputation all, Differences differences, CancellationToken stop)
{
    public async Task AskAsync(Days days)
    {
        foreach (var scope in Scopes.Of(all.World).Where((scope, at) => (at % 4 == 0 || scope.Environment == "staging") && scope.Clock is null))
        {
            foreach (var (path, rows) in new DoraRows(all, days, scope).Addresses())
            {
                // Of other environments than production nothing says what fails there.
                if (scope.Environment is not null && path.Contains("rate", StringComparison.Ordinal)) continue;
                await CompareAsync($"metrics/dora/{path}", scope.Query, days, rows());
            }
        }
        foreach (var scope in new Workforce(all, days).Scopes().Where((scope, at) => at % 3 == 0 && scope.Clock is null))
            foreach (var (path, rows) in new WorkRows(all, days, scope).Addresses()) await CompareAsync($"metrics/{path}", scope.Query, days, rows());
        foreach (var (path, rows) in new WorkRows(all, days, new("")).Builds()) await CompareAsync($"metrics/{path}", "", days, rows());
    }

    private async Task CompareAsync(string path, string query, Days days, JsonArray expected)
    {
        var question = $"{path}&{query}&start_date={days.First:yyyy-MM-dd}&end_date={days.Last:yyyy-MM-dd}".Replace("?&", "?", StringComparison.Ordinal).Replace("&&", "&", StringComparison.Ordinal);
        var actual = new JsonArray();
        for (var page = 1; ; page++)
        {
            var answer = await stored.AskAsync($"{question}&per_page=100&page={page}", stop);
            foreach (var row in answer["items"]!.AsArray()) actual.Add(row!.DeepClone());
            if (page * 100 >= answer["total"]!.GetValue<int>()) break;
        }
        differences.Compare(question, new JsonObject { ["items"] = expected.DeepClone() }, new JsonObject { ["items"] = actual });
        if (query.Length == 0) CompareFile(question, expected, actual, Csv.Read(await stored.DownloadAsync(question, stop)));
    }

    // The file has the rows in the same order.
    private void CompareFile(string question, JsonArray expected, JsonArray actual, List<Dictionary<string, string>> file)
    {
        var key = new[] { "pull_request_id", "identifier", "id" }.FirstOrDefault(name => expected.All(row => row!.AsObject().ContainsKey(name)));
        if (key is null || expected.Count == 0) return;
        var rows = expected.ToDictionary(row => row![key]!.ToString(), row => row!.AsObject(), StringComparer.Ordinal);
        if (file.Count != expected.Count) differences.Differ(question, "CSV", $"{expected.Count} rows", $"{file.Count} rows");
        for (var i = 0; i < Math.Min(file.Count, actual.Count); i++)
            if (rows.TryGetValue(actual[i]![key]!.ToString(), out var row)) differences.Compare($"{question} CSV", row, file[i]);
    }
}
