using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.Pages;

/// <summary>An organization of people who write and review: Ada and Bob with pull requests, reviews and an issue each, of the last days.</summary>
internal sealed class WorkingOrganization(TestApp app, Someone admin, Guid id, string slug)
{
    private int number;
    private Guid connectionId;

    public string Slug { get; } = slug;

    public Someone Admin { get; } = admin;

    public Guid Ada { get; } = StableId.From(id, "test person", "ada");

    public Guid Bob { get; } = StableId.From(id, "test person", "bob");

    public Guid Team { get; } = Guid.CreateVersion7();

    private static DateTimeOffset Now => DateTimeOffset.UtcNow;

    public static async Task<WorkingOrganization> FoundAsync(TestApp app)
    {
        var admin = await app.SomeoneAsync();
        var founded = await admin.FoundAsync("Acme");
        var (id, slug) = (founded.GetProperty("id").GetGuid(), founded.GetProperty("slug").GetString()!);
        await new MeasuredOrganization(app, id, slug).WithService().WithSync(5).SaveAsync();
        var organization = new WorkingOrganization(app, admin, id, slug);
        await organization.WorkAsync();
        return organization;
    }

    /// <summary>Another member, of this role; with a person, they are that one.</summary>
    public async Task<Someone> MemberAsync(Role role, Guid? person = null)
    {
        var someone = await app.SomeoneAsync();
        await using var db = app.Database.Open();
        var user = await db.Users.SingleAsync(u => u.Email == someone.Email);
        db.Memberships.Add(new Membership { OrganizationId = id, UserId = user.Id, Role = role, JoinedAt = Now, PersonId = person });
        await db.SaveChangesAsync();
        return someone;
    }

    public async Task ShowPeopleToAsync(PeopleNumbers numbers)
    {
        await using var db = app.Database.Open();
        await db.Organizations.Where(o => o.Id == id).ExecuteUpdateAsync(set => set.SetProperty(o => o.PeopleNumbers, numbers));
    }

    public async Task<Browser> BrowserOfAsync(Someone someone)
    {
        var browser = app.Browser();
        await browser.SignInAsync(someone);
        return browser;
    }

    private async Task WorkAsync()
    {
        await using var db = app.Database.Open();
        connectionId = (await db.Connections.IgnoreQueryFilters([VeelocityDb.OrganizationFilter]).SingleAsync(c => c.OrganizationId == id)).Id;
        db.Add(new IssueTeam { Id = IssueTeam.IdOf(id, "eng"), OrganizationId = id, ConnectionId = connectionId, ExternalId = "eng", Key = "ENG", Name = "Engineering" });
        db.Add(new Team { Id = Team, OrganizationId = id, Name = "Web", CreatedAt = Now });
        foreach (var (person, name) in new[] { (Ada, "ada"), (Bob, "bob") })
        {
            db.Add(new Person { Id = person, OrganizationId = id, Name = name == "ada" ? "Ada Lovelace" : "Bob Ross" });
            db.Add(new Veelocity.Web.Data.Account { Id = AccountOf(name), OrganizationId = id, Provider = "github", ExternalId = name, Login = name, Email = $"{name}@work.example", PersonId = person });
            db.Add(new TeamMember { TeamId = Team, PersonId = person, OrganizationId = id, AddedAt = Now });
        }
        for (var day = 1; day <= 6; day++)
        {
            var (author, reviewer) = day % 3 == 0 ? ("bob", "ada") : ("ada", "bob");
            var pull = Pull(author, day);
            db.Add(pull);
            db.Add(new Review
            {
                OrganizationId = id,
                PullRequestId = pull.Id,
                ExternalId = "r",
                AuthorAccountId = AccountOf(reviewer),
                State = ReviewState.Approved,
                SubmittedAt = pull.FirstReviewAt!.Value,
            });
            var issue = Issue(author, day);
            db.Add(issue);
            db.Add(new IssueLink { IssueId = issue.Id, PullRequestId = pull.Id, OrganizationId = id, Method = IssueLinkMethod.Branch, FoundAt = Now });
        }
        db.Add(Pull("ada", 2, isOpen: true));
        await db.SaveChangesAsync();
    }

    private PullRequest Pull(string author, int day, bool isOpen = false)
    {
        var created = Now.AddDays(-day).AddHours(-8);
        var repository = Repository.IdOf(id, "shop");
        return new PullRequest
        {
            Id = PullRequest.IdOf(repository, 1000 + ++number),
            OrganizationId = id,
            RepositoryId = repository,
            Number = 1000 + number,
            Title = isOpen ? "Still open" : $"Change of {author} {day}",
            Url = $"https://github.example/pull/{number}",
            State = isOpen ? PullRequestState.Open : PullRequestState.Merged,
            AuthorAccountId = AccountOf(author),
            CreatedAt = created,
            UpdatedAt = created,
            MergedAt = isOpen ? null : created.AddHours(6),
            ClosedAt = isOpen ? null : created.AddHours(6),
            BaseBranch = "main",
            HeadBranch = "topic",
            HeadSha = "h",
            ReadyAt = created,
            FirstReviewAt = isOpen ? null : created.AddHours(2),
            IsReviewed = !isOpen,
        };
    }

    private Issue Issue(string assignee, int day)
    {
        var created = Now.AddDays(-day).AddHours(-30);
        return new Issue
        {
            Id = Veelocity.Web.Data.Issue.IdOf(id, $"{number}"),
            OrganizationId = id,
            ConnectionId = connectionId,
            ExternalId = $"{number}",
            Identifier = $"ENG-{number}",
            IssueTeamId = IssueTeam.IdOf(id, "eng"),
            Title = $"Wish {number}",
            Url = $"https://linear.example/{number}",
            StateName = "Done",
            StateType = "completed",
            AssigneeAccountId = AccountOf(assignee),
            CreatedAt = created,
            UpdatedAt = created,
            FirstStartedAt = created.AddHours(20),
            LastCompletedAt = created.AddHours(29),
            DeliveredAt = created.AddHours(28),
        };
    }

    private Guid AccountOf(string login) => Veelocity.Web.Data.Account.IdOf(id, "github", login);
}
