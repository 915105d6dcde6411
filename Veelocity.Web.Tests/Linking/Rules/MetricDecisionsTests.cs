using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using Veelocity.Web.Data;
using Veelocity.Web.Linking;
using Veelocity.Web.Linking.Rules;
using Veelocity.Web.Platform;
using Veelocity.Web.Tests.Database;
using static Veelocity.Web.Tests.Linking.Sample;

namespace Veelocity.Web.Tests.Linking.Rules;

/// <summary>What members say of rows (M35), against what the rules say.</summary>
public sealed class MetricDecisionsTests : IAsyncLifetime
{
    private static readonly Guid User = Guid.CreateVersion7();

    private readonly FakeTimeProvider clock = new(At(100));
    private TestDatabase database = null!;
    private DatabaseDoor source = null!;
    private Linker linker = null!;
    private StoredRepository own = null!;
    private StoredRepository other = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database = await TestDatabase.CreateAsync();
        source = new(NpgsqlDataSource.Create(database.ConnectionString));
        linker = new Linker(source, clock);
        await using var db = database.Open();
        (own, other) = (StoredRepository.Add(db, "acme"), StoredRepository.Add(db, "other"));
        await db.SaveChangesAsync(Stop);
        foreach (var repository in new[] { own, other }) await linker.LinkAsync(repository.OrganizationId, null, Stop);
    }

    public async ValueTask DisposeAsync()
    {
        await source.DisposeAsync();
        await database.DisposeAsync();
    }

    [Fact]
    public async Task M35_a_pull_request_left_out_stays_out_when_everything_is_linked_again_until_it_is_taken_back()
    {
        Assert.Null((await ChangeAsync(own, 2)).LeftOut);
        var decision = await DecideAsync(DecisionSubject.PullRequest, PullRequest.IdOf(own.Id, 2), DecisionVerdict.Exclude);
        Assert.Equal(LeftOut.ByPerson, (await ChangeAsync(own, 2)).LeftOut);
        await linker.LinkAsync(own.OrganizationId, null, Stop);
        Assert.Equal(LeftOut.ByPerson, (await ChangeAsync(own, 2)).LeftOut);
        Assert.Null((await ChangeAsync(other, 2)).LeftOut);

        clock.Advance(TimeSpan.FromHours(1));
        await UseAsync(own, decisions => decisions.TakeBackAsync(own.OrganizationId, User, decision, Stop));
        Assert.Null((await ChangeAsync(own, 2)).LeftOut);
        var kept = await LookAsync(own, db => db.MetricDecisions.SingleAsync(Stop));
        Assert.Equal((At(100), At(101), User, "test data"), (kept.DecidedAt, kept.TakenBackAt!.Value, kept.TakenBackByUserId!.Value, kept.Reason));
    }

    [Fact]
    public async Task M35_a_pull_request_that_a_rule_left_out_is_counted_when_a_member_says_so()
    {
        await LookAsync(own, db => db.Accounts.Where(a => a.Login == "ann").ExecuteUpdateAsync(set => set.SetProperty(a => a.Kind, AccountKind.Bot).SetProperty(a => a.IsBot, true), Stop));
        await linker.LinkAsync(own.OrganizationId, null, Stop);
        Assert.Equal(LeftOut.Bot, (await ChangeAsync(own, 2)).LeftOut);
        await DecideAsync(DecisionSubject.PullRequest, PullRequest.IdOf(own.Id, 2), DecisionVerdict.Include);
        await linker.LinkAsync(own.OrganizationId, null, Stop);
        Assert.Null((await ChangeAsync(own, 2)).LeftOut);
    }

    [Fact]
    public async Task M35_a_deployment_left_out_is_left_out_again_when_it_is_derived_anew()
    {
        var id = await LookAsync(own, db => db.Deployments.OrderBy(d => d.FinishedAt).Select(d => d.Id).LastAsync(Stop));
        await DecideAsync(DecisionSubject.Deployment, id, DecisionVerdict.Exclude);
        await LookAsync(own, async db => await db.DeployedChanges.ExecuteDeleteAsync(Stop) + await db.Deployments.ExecuteDeleteAsync(Stop));
        await linker.LinkAsync(own.OrganizationId, null, Stop);
        var leftOut = await LookAsync(own, db => db.Deployments.Where(d => d.LeftOut != null).ToListAsync(Stop));
        Assert.Equal([(id, LeftOut.ByPerson)], leftOut.Select(d => (d.Id, d.LeftOut!.Value)));
        Assert.Equal(0, await LookAsync(other, db => db.Deployments.CountAsync(d => d.LeftOut != null, Stop)));
    }

    [Fact]
    public async Task M35_an_incident_left_out_no_longer_makes_its_release_a_failed_one()
    {
        var release = await LookAsync(own, db => db.Deployments.OrderBy(d => d.FinishedAt).LastAsync(Stop));
        var incident = new Incident { OrganizationId = own.OrganizationId, Title = "Down", StartedAt = At(21), ServiceId = release.ServiceId };
        await LookAsync(own, db =>
        {
            db.Add(incident);
            return db.SaveChangesAsync(Stop);
        });
        await linker.LinkIncidentsAsync(own.OrganizationId, Stop);
        Assert.Equal(ChangeFailure.Incident, await FailureAsync(release.Id));

        var version = await VersionAsync();
        var decision = await DecideAsync(DecisionSubject.Incident, incident.Id, DecisionVerdict.Exclude);
        Assert.Null(await FailureAsync(release.Id));
        Assert.True(await VersionAsync() > version);
        await UseAsync(own, decisions => decisions.TakeBackAsync(own.OrganizationId, User, decision, Stop));
        Assert.Equal(ChangeFailure.Incident, await FailureAsync(release.Id));
    }

    [Fact]
    public async Task A_decision_about_the_same_row_takes_the_one_before_back()
    {
        var id = PullRequest.IdOf(own.Id, 2);
        await DecideAsync(DecisionSubject.PullRequest, id, DecisionVerdict.Exclude);
        await DecideAsync(DecisionSubject.PullRequest, id, DecisionVerdict.Include);
        Assert.Null((await ChangeAsync(own, 2)).LeftOut);
        var all = await LookAsync(own, db => db.MetricDecisions.OrderBy(d => d.Id).ToListAsync(Stop));
        Assert.Equal([(DecisionVerdict.Exclude, false), (DecisionVerdict.Include, true)], all.Select(d => (d.Verdict, d.Holds)));
    }

    [Theory]
    [InlineData("reason_missing", "  ")]
    [InlineData("unknown_subject", "because")]
    public async Task What_cannot_be_decided_is_refused(string code, string reason)
    {
        // The other organization's pull request.
        var word = new MetricDecisions.Word(DecisionSubject.PullRequest, PullRequest.IdOf(other.Id, 2), DecisionVerdict.Exclude, reason);
        var refused = await Assert.ThrowsAsync<Refused>(() => UseAsync(own, decisions => decisions.DecideAsync(own.OrganizationId, User, word, Stop)));
        Assert.Equal(code, refused.Code);
    }

    private async Task<Guid> DecideAsync(DecisionSubject subject, Guid id, DecisionVerdict verdict) =>
        (await UseAsync(own, decisions => decisions.DecideAsync(own.OrganizationId, User, new(subject, id, verdict, " test data "), Stop))).Id;

    private Task<DeployedChange> ChangeAsync(StoredRepository of, int number) =>
        LookAsync(of, db => db.DeployedChanges.SingleAsync(c => c.PullRequestId == PullRequest.IdOf(of.Id, number), Stop));

    private Task<ChangeFailure?> FailureAsync(Guid release) => LookAsync(own, db => db.Deployments.Where(d => d.Id == release).Select(d => d.FailedBy).SingleAsync(Stop));

    private Task<long> VersionAsync() => LookAsync(own, db => db.Organizations.Where(o => o.Id == own.OrganizationId).Select(o => o.DataVersion).SingleAsync(Stop));

    private Task<T> UseAsync<T>(StoredRepository of, Func<MetricDecisions, Task<T>> use) => LookAsync(of, db =>
    {
        var relinking = new Relinking(source, linker, clock, NullLogger<Relinking>.Instance);
        return use(new MetricDecisions(db, relinking, linker, clock));
    });

    private async Task<T> LookAsync<T>(StoredRepository of, Func<VeelocityDb, Task<T>> look)
    {
        await using var db = database.Open();
        db.OrganizationId = of.OrganizationId;
        return await look(db);
    }
}
