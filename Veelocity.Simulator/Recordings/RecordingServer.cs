using Veelocity.Simulator.Linear;
using Veelocity.Simulator.Slack;
using Veelocity.Simulator.Worlds;

namespace Veelocity.Simulator.Recordings;

/// <summary>Serves a recording in place of what was served so far.</summary>
internal sealed class RecordingServer(World world, LinearWorkspace linear, Workspace slack, TimeProvider clock)
{
    /// <param name="Folder">What is served from now on.</param>
    /// <param name="After">What was served before it: pull requests that differ have just changed.</param>
    public sealed record Order(string Folder, string? After = null);

    public IResult Serve(Order order)
    {
        if (!Directory.Exists(order.Folder) || (order.After is not null && !Directory.Exists(order.After)))
            return Results.Json(new { error = "There is no such folder." }, statusCode: StatusCodes.Status422UnprocessableEntity);
        world.Change(() =>
        {
            Recording.Load(order.Folder, world);
            if (order.After is not null)
                Touch(new PullRequestRows(order.Folder), new PullRequestRows(order.After));
            return true;
        });
        LoadOthers(order.Folder, linear, slack);
        return Results.NoContent();
    }

    public static void LoadOthers(string folder, LinearWorkspace linear, Workspace slack)
    {
        if (!Recording.IsWhole(folder))
            return;
        linear.Change(() => new RecordedLinear(Path.Combine(folder, "linear"), linear).Load());
        new RecordedSlack(Path.Combine(folder, "slack"), slack).Load();
    }

    private void Touch(PullRequestRows now, PullRequestRows before)
    {
        foreach (var pull in world.Repositories.SelectMany(repository => repository.PullRequests))
        {
            if (now.Of(pull) != before.Of(pull))
                pull.UpdatedAt = clock.GetUtcNow();
        }
    }

    /// <summary>All that a folder says about each pull request, as text to compare.</summary>
    private sealed class PullRequestRows(string folder)
    {
        private static readonly string[] Kinds = ["pulls", "pull_commits", "pull_files", "reviews", "timeline", "issue_comments"];

        private readonly Dictionary<string, string> _rows = Kinds
            .SelectMany(kind => Row.Read(Path.Combine(folder, "github"), kind))
            .GroupBy(row => $"{row.Text("_repo")}#{row.Number("number") ?? row.Number("_number")}", StringComparer.OrdinalIgnoreCase)
            .ToDictionary(rows => rows.Key, rows => string.Join('\n', rows.Select(row => row.Json.GetRawText())), StringComparer.OrdinalIgnoreCase);

        public string Of(PullRequest pull) => _rows.GetValueOrDefault($"{pull.Repository.FullName}#{pull.Number}", "");
    }
}
