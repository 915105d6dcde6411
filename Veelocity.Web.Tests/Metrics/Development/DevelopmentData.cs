using Veelocity.Web.Data;
using Veelocity.Web.Metrics;
using Veelocity.Web.Metrics.Development;

namespace Veelocity.Web.Tests.Metrics.Development;

/// <summary>
/// An organization's pull requests, reviews and issues, row by row. As with <see cref="MeasuredData"/>, another organization gets the same
/// twice, with other durations and people of the same names.
/// </summary>
internal sealed class DevelopmentData(MetricsDatabase database, string zone = "Europe/Paris")
{
    private readonly MeasuredData data = MeasuredData.In(database, zone);
    private readonly HashSet<Guid> known = [];

    public WorkScope Scope => new(data.Filter);

    public Filter Filter => data.Filter;

    public Guid Repository(string name) => data.RepositoryId(name);

    public DateTimeOffset At(string wallClock) => data.Local(wallClock);

    public Period Period(string first, string last, string? now = null) => data.Period(first, last, now);

    public Guid PersonId(string name) => StableId.From(data.Filter.OrganizationId, "test person", name);

    /// <summary>A pull request; what did not happen is left out. Logins of bots end in <c>[bot]</c>, without which they are stored.</summary>
    /// <returns>Its id in the organization that is asked.</returns>
    public Guid Pull(
        string? author = "ada", string? ready = null, string? review = null, string? merged = null, string? closed = null, string repository = "web", bool isRevert = false,
        string? created = null) => Pull(author, Time(ready), Time(review), Time(merged), Time(closed), repository, isRevert, Time(created));

    public Guid Pull(
        string? author, DateTimeOffset? ready, DateTimeOffset? review, DateTimeOffset? merged, DateTimeOffset? closed, string repository, bool isRevert, DateTimeOffset? created)
    {
        Guid? own = null;
        data.Put((owner, rows, next, factor) =>
        {
            owner.AddRepository(rows, repository, MeasuredData.Long);
            var number = next();
            var first = ready ?? review ?? merged ?? closed ?? created!.Value;
            var id = PullRequest.IdOf(owner.RepositoryId(repository), number);
            if (factor == 1) own = id;
            var others = TimeSpan.FromMinutes(factor - 1);
            rows.Add(new PullRequest
            {
                Id = id,
                OrganizationId = owner.Id,
                RepositoryId = owner.RepositoryId(repository),
                Number = number,
                Title = $"Change {number}",
                Url = $"https://github.example/acme/{repository}/pull/{number}",
                State = merged is not null ? PullRequestState.Merged : closed is not null ? PullRequestState.Closed : PullRequestState.Open,
                AuthorAccountId = author is null ? null : AccountOf(owner, rows, author),
                CreatedAt = created ?? first,
                UpdatedAt = merged ?? closed ?? first,
                ClosedAt = closed ?? merged,
                MergedAt = merged,
                BaseBranch = "main",
                HeadBranch = "topic",
                HeadSha = "h",
                IsRevert = isRevert,
                ReadyAt = ready - others,
                FirstReviewAt = review,
                IsReviewed = review is not null,
            });
        });
        return own!.Value;
    }

    public void Review(Guid pull, string reviewer, string at, ReviewState state = ReviewState.Approved) => data.Put((owner, rows, next, factor) =>
    {
        if (factor != 1) return;
        rows.Add(new Review
        {
            OrganizationId = owner.Id,
            PullRequestId = pull,
            ExternalId = $"review {next()}",
            AuthorAccountId = AccountOf(owner, rows, reviewer),
            State = state,
            SubmittedAt = At(at),
        });
    });

    /// <summary>An issue, tied to these pull requests of the organization that is asked.</summary>
    public Guid Issue(
        string created, string? started = null, string? completed = null, string? delivered = null, string? canceled = null, string? assignee = null, bool isTrashed = false,
        params IReadOnlyList<Guid> pulls) => Issue(Time(created)!.Value, Time(started), Time(completed), Time(delivered), Time(canceled), assignee, isTrashed, pulls);

    public Guid Issue(
        DateTimeOffset created, DateTimeOffset? started, DateTimeOffset? completed, DateTimeOffset? delivered, DateTimeOffset? canceled, string? assignee, bool isTrashed,
        IReadOnlyList<Guid> pulls)
    {
        Guid? own = null;
        data.Put((owner, rows, next, factor) =>
        {
            var number = next();
            var team = IssueTeam.IdOf(owner.Id, "eng");
            if (known.Add(team))
                rows.Add(new IssueTeam { Id = team, OrganizationId = owner.Id, ConnectionId = owner.Connection.Id, ExternalId = "eng", Key = "ENG", Name = "Engineering" });
            var id = Veelocity.Web.Data.Issue.IdOf(owner.Id, $"issue {number}");
            rows.Add(new Issue
            {
                Id = id,
                OrganizationId = owner.Id,
                ConnectionId = owner.Connection.Id,
                ExternalId = $"issue {number}",
                Identifier = $"ENG-{number}",
                IssueTeamId = team,
                Title = $"Issue {number}",
                Url = $"https://linear.example/ENG-{number}",
                StateName = canceled is not null ? "Canceled" : completed is not null ? "Done" : "In Progress",
                StateType = canceled is not null ? "canceled" : completed is not null ? "completed" : "started",
                AssigneeAccountId = assignee is null ? null : AccountOf(owner, rows, assignee, "linear"),
                CreatedAt = created - TimeSpan.FromMinutes(factor - 1),
                UpdatedAt = completed ?? created,
                CanceledAt = canceled,
                IsTrashed = isTrashed,
                FirstStartedAt = started,
                LastCompletedAt = completed,
                DeliveredAt = delivered,
            });
            if (factor != 1) return;
            own = id;
            foreach (var pull in pulls)
                rows.Add(new IssueLink { IssueId = id, PullRequestId = pull, OrganizationId = owner.Id, Method = IssueLinkMethod.Branch, FoundAt = created });
        });
        return own!.Value;
    }

    /// <summary>A team of the organization that is asked.</summary>
    public Guid Team(string name, params IReadOnlyList<string> members)
    {
        var id = Guid.CreateVersion7();
        data.Put((owner, rows, _, factor) =>
        {
            if (factor != 1) return;
            rows.Add(new Team { Id = id, OrganizationId = owner.Id, Name = name, CreatedAt = MeasuredData.Long });
            foreach (var member in members)
            {
                AccountOf(owner, rows, member);
                rows.Add(new TeamMember { TeamId = id, PersonId = PersonOf(owner, rows, member), OrganizationId = owner.Id, AddedAt = MeasuredData.Long });
            }
        });
        return id;
    }

    public void LeaveOut(Guid pull, DecisionVerdict verdict = DecisionVerdict.Exclude) => data.Put((owner, rows, _, factor) =>
    {
        if (factor == 1)
            rows.Add(new MetricDecision { OrganizationId = owner.Id, Subject = DecisionSubject.PullRequest, SubjectId = pull, Verdict = verdict, Reason = "a drill", DecidedAt = MeasuredData.Long });
    });

    public Task SaveAsync() => data.SaveAsync();

    public async Task<T> AskAsync<T>(Func<DevelopmentQuestions, Task<T>> ask)
    {
        await using var db = await database.OpenAsync();
        return await ask(new DevelopmentQuestions(db));
    }

    private DateTimeOffset? Time(string? wallClock) => wallClock is null ? null : At(wallClock);

    private Guid AccountOf(Owner owner, List<object> rows, string login, string provider = "github")
    {
        var isBot = login.EndsWith("[bot]", StringComparison.Ordinal);
        var name = login.Replace("[bot]", "", StringComparison.Ordinal);
        var id = Account.IdOf(owner.Id, provider, name);
        if (known.Add(id))
        {
            rows.Add(new Account
            {
                Id = id,
                OrganizationId = owner.Id,
                Provider = provider,
                ExternalId = name,
                Login = name,
                Kind = isBot ? AccountKind.Bot : AccountKind.Human,
                IsBot = isBot,
                PersonId = isBot ? null : PersonOf(owner, rows, name),
            });
        }
        return id;
    }

    /// <summary>Accounts such as <c>ada</c> and <c>ada-work</c> are one person's.</summary>
    private Guid PersonOf(Owner owner, List<object> rows, string login)
    {
        var name = login.Split('-')[0];
        var id = StableId.From(owner.Id, "test person", name);
        if (known.Add(id)) rows.Add(new Person { Id = id, OrganizationId = owner.Id, Name = char.ToUpperInvariant(name[0]) + name[1..] });
        return id;
    }
}
