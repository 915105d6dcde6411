using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Veelocity.Web.Connectors;

namespace Veelocity.Web.SampleData;

/// <summary>A repository of the sample.</summary>
/// <param name="PerDay">Pull requests opened on a working day, on average.</param>
/// <param name="ReleaseEvery">Hours between deployments; null for an app that is released by tag every other week.</param>
internal sealed record SampleRepository(int Number, string Name, SampleTeam Team, double PerDay, int? ReleaseEvery)
{
    public string ExternalId => string.Create(CultureInfo.InvariantCulture, $"sample-{Number}");

    public string FullName => $"harbor/{Name}";

    public string Url => $"https://github.com/{FullName}";
}

/// <summary>A pull request as the rest of the story needs it.</summary>
/// <param name="Issue">The issue it names, such as <c>PAY-12</c>; null for none.</param>
internal sealed record SampleChange(SampleRepository Repository, PullRequestFact Pull, int? Author, string? Issue);

/// <summary>A deployment that reached production.</summary>
internal sealed record SampleRelease(SampleRepository Repository, string Sha, DateTimeOffset At);

/// <summary>Repositories, pull requests with reviews, commits, deployments and releases.</summary>
internal sealed class SampleCode
{
    private static readonly string[] Things =
        ["the checkout form", "search suggestions", "the order history", "receipts", "address lookup", "gift cards", "the basket", "currency formatting", "login", "refunds", "push notifications", "the settings screen"];

    private static readonly string[] Doings = ["Speed up", "Simplify", "Add tests for", "Cache", "Validate", "Redesign", "Log failures of", "Translate", "Retry timeouts in"];

    private readonly SampleDice dice = new(11);
    private readonly SampleCalendar calendar;
    private readonly Dictionary<string, int> issueNumbers = new(StringComparer.Ordinal);
    private long deploymentNumber = 7_000;

    private SampleCode(SampleCalendar calendar) => this.calendar = calendar;

    public static readonly IReadOnlyList<SampleRepository> Repositories =
    [
        new(1, "shop-web", SamplePeople.Teams[0], 1.7, 4),
        new(2, "search-api", SamplePeople.Teams[0], 0.6, 72),
        new(3, "payments-api", SamplePeople.Teams[1], 1.5, 12),
        new(4, "mobile-app", SamplePeople.Teams[2], 1.3, null),
    ];

    public List<Fact> Facts { get; } = [];
    public List<SampleChange> Changes { get; } = [];
    public List<SampleRelease> Releases { get; } = [];

    /// <summary>Releases that broke something, and when that was over.</summary>
    public List<(SampleRelease Release, DateTimeOffset Noticed, DateTimeOffset Over, bool IsTakenBack)> Failures { get; } = [];

    public static SampleCode Tell(SampleCalendar calendar)
    {
        var story = new SampleCode(calendar);
        foreach (var repository in Repositories) story.Tell(repository);
        return story;
    }

    /// <summary>A commit's name that is made from words.</summary>
    public static string Sha(string words) =>
#pragma warning disable CA5350 // looks like one of git, protects nothing
        Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(words)));
#pragma warning restore CA5350

    private void Tell(SampleRepository repository)
    {
        Facts.Add(new RepositoryFact(repository.ExternalId, repository.FullName, repository.Url, "main", true, false, false, calendar.Start.AddYears(-2), calendar.Now));
        var changes = calendar.WorkingDays.SelectMany(day => Opened(repository, day)).ToList();
        for (var i = 0; i < changes.Count; i++) changes[i] = Numbered(changes[i], i + 1);
        changes.AddRange(Unfinished(repository, changes.Count));
        Changes.AddRange(changes);
        Facts.AddRange(changes.Select(change => change.Pull));
        var merged = changes.Where(c => c.Pull.State == PullState.Merged).OrderBy(c => c.Pull.MergedAt).ToList();
        Facts.AddRange(merged.Select((change, i) => CommitOf(change, i == 0 ? null : merged[i - 1].Pull.MergeCommitSha)));
        if (repository.ReleaseEvery is { } hours) Deploy(repository, merged, TimeSpan.FromHours(hours));
        else Publish(repository, merged);
    }

    private IEnumerable<SampleChange> Opened(SampleRepository repository, DateTimeOffset day)
    {
        var count = (int)repository.PerDay + (dice.Chance(repository.PerDay % 1) ? 1 : 0);
        for (var i = 0; i < count; i++)
        {
            var opened = day.AddHours(8) + dice.Minutes(0, 480);
            if (opened < calendar.Now) yield return Change(repository, opened);
        }
    }

    private SampleChange Change(SampleRepository repository, DateTimeOffset opened)
    {
        var person = dice.Pick(repository.Team.Members);
        var kind = dice.Between(1, 20);
        var author = kind == 1 ? SamplePeople.Dependabot : kind == 2 ? SamplePeople.Agent : SamplePeople.AtGitHubOf(person);
        int? byPerson = kind > 2 ? person : null;
        var title = kind == 1 ? $"Bump {dice.Pick(["npgsql", "react", "kotlin", "openssl"])} from 3.{dice.Between(1, 9)}.0 to 4.0.{dice.Between(0, 9)}" : $"{dice.Pick(Doings)} {dice.Pick(Things)}";
        var issue = byPerson is not null && dice.Chance(0.78) ? $"{repository.Team.Key}-{issueNumbers[repository.Team.Key] = issueNumbers.GetValueOrDefault(repository.Team.Key) + 1}" : null;
        var branch = issue is null ? $"topic/{title.ToLowerInvariant().Replace(' ', '-')}" : $"{author.Login}/{issue.ToLowerInvariant()}-{title.ToLowerInvariant().Replace(' ', '-')}";
        var first = opened + dice.Around(calendar.ReviewWait(opened));
        var isChanged = dice.Chance(0.35);
        var approved = isChanged ? first + dice.Around(TimeSpan.FromHours(5)) : first;
        var merged = approved + dice.Around(TimeSpan.FromMinutes(40));
        var reviewer = dice.Pick(repository.Team.Members.Where(m => m != person).ToList());
        var reviews = new List<(DateTimeOffset At, ReviewVerdict Verdict)>();
        if (isChanged) reviews.Add((first, dice.Chance(0.6) ? ReviewVerdict.ChangesRequested : ReviewVerdict.Commented));
        if (!dice.Chance(0.05)) reviews.Add((approved, ReviewVerdict.Approved));
        return Pull(repository, title, branch, byPerson, author, opened, opened - dice.Around(TimeSpan.FromHours(9)), reviewer, reviews, dice.Chance(0.04) ? null : merged, issue);
    }

    private SampleChange Pull(
        SampleRepository repository, string title, string branch, int? person, Actor author, DateTimeOffset opened, DateTimeOffset begun, int reviewer,
        IEnumerable<(DateTimeOffset At, ReviewVerdict Verdict)> reviews, DateTimeOffset? merged, string? issue)
    {
        var known = reviews.Where(review => review.At < calendar.Now).ToList();
        var isMerged = merged < calendar.Now;
        var isClosed = merged is null && opened < calendar.Now.AddDays(-20);
        var key = $"{repository.Name} {branch} {opened:O}";
        var size = dice.Between(4, calendar.IsRecovering(opened) ? 160 : 420);
        var updated = isMerged ? merged!.Value : known.Count > 0 ? known[^1].At : opened;
        return new SampleChange(repository, new PullRequestFact(
            repository.ExternalId, 0, title, "", null, isMerged ? PullState.Merged : isClosed ? PullState.Closed : PullState.Open, false, author,
            isMerged ? SamplePeople.AtGitHubOf(person ?? reviewer) : null, opened, updated, isMerged ? merged : isClosed ? opened.AddDays(6) : null, isMerged ? merged : null,
            "main", branch, Sha("head " + key), isMerged ? Sha("merge " + key) : null, size, size / 3, 1 + (size / 60), dice.Between(0, 6), dice.Between(1, 6), begun, [], [opened], [],
            [.. known.Select((review, i) => new ReviewFact($"{Sha(key)[..12]}-{i}", SamplePeople.AtGitHubOf(reviewer), review.Verdict, review.At))]), person, issue);
    }

    private static SampleChange Numbered(SampleChange change, int number) => change with
    {
        Pull = change.Pull with { Number = number, Url = string.Create(CultureInfo.InvariantCulture, $"{change.Repository.Url}/pull/{number}") },
    };

    /// <summary>What lies open today; one of them has waited for a review for over a week.</summary>
    private IEnumerable<SampleChange> Unfinished(SampleRepository repository, int after)
    {
        var members = repository.Team.Members;
        (string Title, int Days)[] open = repository.Name == "payments-api"
            ? [("Move refunds to the new ledger", 9), ("Store receipts as PDF", 2)]
            : [("Try the new date picker", repository.Number + 1)];
        return open.Select((one, i) => Numbered(
            Pull(repository, one.Title, "topic/" + one.Title.ToLowerInvariant().Replace(' ', '-'), members[i], SamplePeople.AtGitHubOf(members[i]), calendar.DaysAgo(one.Days, 9), calendar.DaysAgo(one.Days + 2, 10), members[^1], [], calendar.Now.AddDays(1), null),
            after + i + 1));
    }

    private static CommitFact CommitOf(SampleChange change, string? parent) => new(
        change.Repository.ExternalId, change.Pull.MergeCommitSha!, $"{change.Pull.Title} (#{change.Pull.Number})", change.Pull.FirstCommitAt!.Value, change.Pull.MergedAt!.Value,
        parent is null ? [] : [parent], change.Pull.Author, null, null);

    /// <summary>Deploys what was merged, every so often; some releases break something and are taken back or repaired.</summary>
    private void Deploy(SampleRepository repository, List<SampleChange> merged, TimeSpan every)
    {
        Facts.Add(new EnvironmentFact(repository.ExternalId, "production", true, false));
        Facts.Add(new EnvironmentFact(repository.ExternalId, "staging", false, false));
        var (last, previous) = (DateTimeOffset.MinValue, (string?)null);
        var hasRolledBack = false;
        for (var i = 0; i < merged.Count; i++)
        {
            var at = merged[i].Pull.MergedAt!.Value + dice.Minutes(20, 90);
            var isNext = i + 1 < merged.Count && merged[i + 1].Pull.MergedAt < at;
            if (isNext || at - last < every || at > calendar.Now) continue;
            var sha = merged[i].Pull.MergeCommitSha!;
            Deployment(repository, "staging", sha, at.AddMinutes(-15), succeeds: true);
            if (dice.Chance(0.03))
            {
                Deployment(repository, "production", sha, at, succeeds: false);
                at += dice.Minutes(25, 60);
            }
            Deployment(repository, "production", sha, at, succeeds: true);
            last = at;
            var release = new SampleRelease(repository, sha, at.AddMinutes(6));
            Releases.Add(release);
            var mustFail = repository.Name == "payments-api" && !hasRolledBack && at >= calendar.RollbackDay;
            if (mustFail || dice.Chance(calendar.Risk(at)))
            {
                var noticed = release.At + dice.Minutes(8, 70);
                var isTakenBack = previous is not null && (mustFail || dice.Chance(0.4));
                hasRolledBack |= mustFail;
                var over = noticed + (isTakenBack ? dice.Minutes(18, 50) : dice.Around(TimeSpan.FromMinutes(calendar.IsBad(at) ? 170 : 65)));
                if (over < calendar.Now)
                {
                    Failures.Add((release, noticed, over, isTakenBack));
                    if (isTakenBack) Deployment(repository, "production", previous!, over.AddMinutes(-7), succeeds: true);
                }
            }
            previous = sha;
        }
    }

    private void Deployment(SampleRepository repository, string environment, string sha, DateTimeOffset at, bool succeeds)
    {
        var id = ++deploymentNumber;
        if (at.AddMinutes(6) > calendar.Now) return;
        Facts.Add(new EnvironmentDeploymentFact(
            repository.ExternalId, id, $"sample-{id}", environment, sha, "main", string.Create(CultureInfo.InvariantCulture, $"{repository.Name} {at:yyyy.MM.dd}-{sha[..7]}"), SamplePeople.AtGitHubOf(repository.Team.First), at,
            [
                new DeploymentStatusFact($"{id}-1", "in_progress", at.AddSeconds(20), null),
                new DeploymentStatusFact($"{id}-2", succeeds ? "success" : "failure", at.AddMinutes(6), null),
            ]));
    }

    /// <summary>An app goes to the stores every other Tuesday, with a tag.</summary>
    private void Publish(SampleRepository repository, List<SampleChange> merged)
    {
        var version = 0;
        foreach (var day in calendar.WorkingDays.Where(day => day.DayOfWeek == DayOfWeek.Tuesday).Where((_, i) => i % 2 == 1))
        {
            var at = day.AddHours(13);
            if (at > calendar.Now || merged.FindLast(c => c.Pull.MergedAt < at) is not { } last) continue;
            var tag = string.Create(CultureInfo.InvariantCulture, $"v3.{version++}.0");
            Facts.Add(new ReleaseFact(repository.ExternalId, $"sample-{tag}", tag, tag, $"{repository.Url}/releases/tag/{tag}", last.Pull.MergeCommitSha, false, false, at));
            Releases.Add(new SampleRelease(repository, last.Pull.MergeCommitSha!, at));
        }
    }
}
