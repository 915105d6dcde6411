using Veelocity.Web.Data;
using static Veelocity.Web.Tests.Linking.Sample;

namespace Veelocity.Web.Tests.Linking.Issues;

/// <summary>The database's answers beside those of slow, plain C# on random issues and pull requests.</summary>
public sealed class IssueOracleTests
{
    private static readonly string[] Types = ["backlog", "unstarted", "started", "started", "completed", "canceled", "duplicate"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task M27_M31_links_and_times_are_those_of_plain_code(int seed)
    {
        var dice = new Random(seed);
        await using var scene = await IssueScene.SetAsync();
        var issues = Enumerable.Range(1, 30).Select(n => Told(scene, dice, n)).ToList();
        var pulls = Enumerable.Range(1, 60).Select(_ => Told(scene, dice, issues)).ToList();
        await scene.LinkAsync();

        var expected = pulls.SelectMany(p => p.Names.Select(name => (Issue: Find(issues, name), p.Id))).Where(l => l.Issue is not null).Select(l => (l.Issue!.Id, l.Id)).Distinct().Order();
        Assert.Equal(expected, (await scene.LinksAsync()).Select(l => (l.Issue, l.Pull)).Order());
        foreach (var issue in issues)
        {
            var seen = await scene.SeeAsync(issue.Id);
            Assert.Equal((issue.Started, issue.Completed, Delivered(issue, pulls, issues)), (seen.FirstStartedAt, seen.LastCompletedAt, seen.DeliveredAt));
        }
    }

    private static ToldIssue Told(IssueScene scene, Random dice, int n)
    {
        var spans = Enumerable.Range(0, dice.Next(0, 7)).Select(i => (Type: Types[dice.Next(Types.Length)], From: i * 10.0 + dice.Next(1, 9))).ToArray();
        var type = spans.Length > 0 ? spans[^1].Type : Types[dice.Next(Types.Length)];
        var isTrashed = dice.Next(10) == 0;
        string[] before = dice.Next(4) == 0 ? [$"OLD-{n}"] : [];
        var id = scene.Issue($"ENG-{n}", type, started: 3, completed: 4, isTrashed: isTrashed, before: before, spans: spans);
        DateTimeOffset? started = spans.Length == 0 ? At(3) : null, completed = null;
        for (var i = spans.Length - 1; i >= 0; i--)
        {
            if (spans[i].Type == "started") started = At(spans[i].From);
            if (completed is null && spans[i].Type == "completed" && (i == 0 || spans[i - 1].Type != "completed")) completed = At(spans[i].From);
        }
        if (type != "completed" || isTrashed) completed = null;
        else completed ??= At(4);
        return new ToldIssue(id, n, type, isTrashed, before.Length > 0, started, completed);
    }

    private static ToldPull Told(IssueScene scene, Random dice, List<ToldIssue> issues)
    {
        var names = Enumerable.Range(0, dice.Next(0, 4)).Select(_ => (dice.Next(5) == 0 ? "OLD-" : "ENG-") + dice.Next(1, issues.Count + 5)).ToArray();
        double? merged = dice.Next(3) > 0 ? dice.Next(1, 100) : null;
        var isClosed = merged is null && dice.Next(2) == 0;
        var id = scene.Pull(string.Join('/', names.Take(1).Append("topic")).ToLowerInvariant(), $"Change {string.Join(", ", names.Skip(1).Take(1))}", string.Join(' ', names.Skip(2)), merged, isClosed);
        return new ToldPull(id, names, merged is { } at ? At(at) : null, merged is null && !isClosed);
    }

    private static ToldIssue? Find(List<ToldIssue> issues, string name) =>
        issues.Find(i => !i.IsTrashed && (name == $"ENG-{i.Number}" || (i.HasOldName && name == $"OLD-{i.Number}")));

    private static DateTimeOffset? Delivered(ToldIssue issue, List<ToldPull> pulls, List<ToldIssue> issues)
    {
        var own = pulls.Where(p => p.Names.Any(name => Find(issues, name)?.Id == issue.Id)).ToList();
        return issue.IsTrashed || issue.Type is "canceled" or "duplicate" || own.Exists(p => p.IsOpen) ? null : own.Max(p => p.MergedAt);
    }

    private sealed record ToldIssue(Guid Id, int Number, string Type, bool IsTrashed, bool HasOldName, DateTimeOffset? Started, DateTimeOffset? Completed);

    private sealed record ToldPull(Guid Id, string[] Names, DateTimeOffset? MergedAt, bool IsOpen);
}
