using Microsoft.EntityFrameworkCore;
using Npgsql;
using Veelocity.Web.Data;
using Veelocity.Web.Linking.Teams;
using Veelocity.Web.Tests.Database;

namespace Veelocity.Web.Tests.Linking.Teams;

/// <summary>Teams as the issue tracker has them, and what people decided against it.</summary>
public sealed class TeamLinkingTests : IAsyncLifetime
{
    private static readonly DateTimeOffset At = new(2026, 11, 1, 9, 0, 0, TimeSpan.Zero);

    private readonly Guid _organization = Guid.CreateVersion7();
    private readonly Guid _user = Guid.CreateVersion7();
    private readonly Connection _connection;
    private TestDatabase _database = null!;
    private DatabaseDoor _source = null!;

    public TeamLinkingTests() => _connection = new() { OrganizationId = _organization, Kind = "linear" };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _source = new(NpgsqlDataSource.Create(_database.ConnectionString));
        await using var db = Open();
        db.AddRange(new Organization { Id = _organization, Name = "Acme", Slug = "acme", TimeZone = "UTC" }, _connection);
        foreach (var login in new[] { "ann", "ben", "cleo" }) db.Add(AccountOf(login));
        db.Add(AccountOf("helper", AccountKind.Bot));
        await db.SaveChangesAsync(Stop);
        await TrackAsync("ENG", "Engineering", ["ann", "ben", "helper"]);
    }

    public async ValueTask DisposeAsync()
    {
        await _source.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task A_team_of_the_tracker_comes_with_its_people_but_not_its_bots_and_a_repeat_changes_nothing()
    {
        Assert.NotEqual(0, await LinkAsync());
        Assert.Equal(("Engineering", "ann ben"), await TeamAsync());
        Assert.Equal(0, await LinkAsync());
    }

    [Fact]
    public async Task It_is_renamed_and_archived_with_the_tracker_and_comes_back_with_it()
    {
        await LinkAsync();
        await TrackAsync("ENG", "Platform", ["ann"], archivedAt: At);
        await LinkAsync();
        Assert.Equal(("Platform", "ann"), await TeamAsync());
        Assert.Equal(At, (await FindAsync()).ArchivedAt);

        await TrackAsync("ENG", "Platform", ["ann"]);
        await LinkAsync();
        Assert.Null((await FindAsync()).ArchivedAt);
    }

    [Fact]
    public async Task What_someone_decided_stays_whatever_the_tracker_says()
    {
        await LinkAsync();
        var team = Team.IdOf(IssueTeam.IdOf(_organization, "ENG"));
        await ChangeAsync(changes => changes.RenameAsync(_organization, team, "The kernel", Stop));
        await ChangeAsync(changes => changes.RemoveMembersAsync(_organization, team, [PersonOf("ann")], _user, Stop));
        await ChangeAsync(changes => changes.AddMembersAsync(_organization, team, [PersonOf("cleo")], _user, Stop));
        await ChangeAsync(changes => changes.ArchiveAsync(_organization, team, _user, Stop));
        await TrackAsync("ENG", "Platform", ["ann"]);
        await LinkAsync();
        Assert.Equal(("The kernel", "cleo"), await TeamAsync());
        Assert.NotNull((await FindAsync()).ArchivedAt);

        await ChangeAsync(changes => changes.AddMembersAsync(_organization, team, [PersonOf("ann")], _user, Stop));
        await TrackAsync("ENG", "Platform", []);
        await LinkAsync();
        Assert.Equal(("The kernel", "ann cleo"), await TeamAsync());
    }

    [Fact]
    public async Task What_was_decided_about_someone_goes_on_when_their_accounts_turn_out_to_be_another_person_s()
    {
        await LinkAsync();
        var team = Team.IdOf(IssueTeam.IdOf(_organization, "ENG"));
        await ChangeAsync(changes => changes.RemoveMembersAsync(_organization, team, [PersonOf("ben")], _user, Stop));
        await using (var db = Open())
        {
            var account = await db.Accounts.SingleAsync(a => a.Login == "ben", Stop);
            account.DecidePerson(PersonOf("cleo"), _user, At);
            await db.SaveChangesAsync(Stop);
        }
        await LinkAsync();
        Assert.Equal(("Engineering", "ann"), await TeamAsync());
        Assert.Equal(0, await LinkAsync());
    }

    [Fact]
    public async Task A_team_made_by_hand_is_left_alone_and_another_organization_s_teams_are_not_touched()
    {
        var other = Guid.CreateVersion7();
        await using (var db = _database.Open())
        {
            var theirs = new Connection { OrganizationId = other, Kind = "linear" };
            db.AddRange(new Organization { Id = other, Name = "Other", Slug = "other", TimeZone = "UTC" }, theirs);
            db.Add(new IssueTeam { Id = IssueTeam.IdOf(other, "ENG"), OrganizationId = other, ConnectionId = theirs.Id, ExternalId = "ENG", Key = "ENG", Name = "Theirs" });
            await db.SaveChangesAsync(Stop);
        }
        await LinkAsync();
        var made = Guid.Empty;
        await ChangeAsync(async changes => made = await changes.CreateAsync(_organization, "By hand", _user, Stop));
        await ChangeAsync(changes => changes.AddMembersAsync(_organization, made, [PersonOf("cleo")], _user, Stop));
        Assert.Equal(0, await LinkAsync());
        await using var look = _database.Open();
        look.OrganizationId = other;
        Assert.Empty(await look.Teams.ToListAsync(Stop));
    }

    private Task<int> LinkAsync() => new TeamLinking(_source, TimeProvider.System).LinkAsync(_organization, Stop);

    private async Task ChangeAsync(Func<TeamChanges, Task> change)
    {
        await using var db = Open();
        await change(new TeamChanges(db, TimeProvider.System));
    }

    private async Task TrackAsync(string key, string name, string[] logins, DateTimeOffset? archivedAt = null)
    {
        await using var db = Open();
        await db.IssueTeams.Where(t => t.Key == key).ExecuteDeleteAsync(Stop);
        db.Add(new IssueTeam
        {
            Id = IssueTeam.IdOf(_organization, key),
            OrganizationId = _organization,
            ConnectionId = _connection.Id,
            ExternalId = key,
            Key = key,
            Name = name,
            ArchivedAt = archivedAt,
            MemberAccountIds = [.. logins.Select(login => Account.IdOf(_organization, "linear", login))],
        });
        await db.SaveChangesAsync(Stop);
    }

    private async Task<Team> FindAsync()
    {
        await using var db = Open();
        return await db.Teams.SingleAsync(t => t.IssueTeamId != null, Stop);
    }

    private async Task<(string Name, string Members)> TeamAsync()
    {
        await using var db = Open();
        var team = await db.Teams.SingleAsync(t => t.IssueTeamId != null, Stop);
        var members = await db.TeamMembers.Where(m => m.TeamId == team.Id && m.RemovedAt == null)
            .Join(db.People, m => m.PersonId, p => p.Id, (m, p) => p.Name).OrderBy(name => name).ToListAsync(Stop);
        return (team.Name, string.Join(' ', members));
    }

    private Account AccountOf(string login, AccountKind kind = AccountKind.Human) => new()
    {
        Id = Account.IdOf(_organization, "linear", login),
        OrganizationId = _organization,
        Provider = "linear",
        ExternalId = login,
        Login = login,
        Kind = kind,
    };

    private Guid PersonOf(string login) => Account.IdOf(_organization, "linear", login);

    private VeelocityDb Open()
    {
        var db = _database.Open();
        db.OrganizationId = _organization;
        return db;
    }
}
