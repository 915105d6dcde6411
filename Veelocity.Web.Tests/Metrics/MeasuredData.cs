using Microsoft.Extensions.Time.Testing;
using Veelocity.Web.Data;
using Veelocity.Web.Metrics;
using Veelocity.Web.Metrics.Builds;
using Veelocity.Web.Metrics.Columns;
using Veelocity.Web.Metrics.Dora;
using Veelocity.Web.Metrics.Explain;
using Veelocity.Web.Metrics.Quality;
using Veelocity.Web.Tests.Database;

namespace Veelocity.Web.Tests.Metrics;

/// <summary>One database for all metric tests: each founds organizations of its own in it, so that there are always others' rows.</summary>
public sealed class MetricsDatabase : IAsyncDisposable
{
    private readonly Lazy<Task<TestDatabase>> database = new(TestDatabase.CreateAsync);

    private TestColumns? columns;

    internal async Task<VeelocityDb> OpenAsync() => (await database.Value).Open();

    internal async Task<MetricColumns> ColumnsAsync(VeelocityDb db) => (columns ??= new TestColumns(await database.Value)).Open(db);

    internal async Task<BuildStore> BuildsAsync() => (columns ??= new TestColumns(await database.Value)).Builds;

    public async ValueTask DisposeAsync()
    {
        if (columns is not null) await columns.DisposeAsync();
        if (database.IsValueCreated) await (await database.Value).DisposeAsync();
    }
}

/// <summary>
/// An organization's deployments and changes, row by row. Whatever is put in is also put, twice and with other numbers, into another
/// organization with repositories of the same names, which no answer may show.
/// </summary>
internal sealed class MeasuredData(MetricsDatabase database, TimeZoneInfo zone)
{
    private readonly Owner own = new(1);
    private readonly Owner other = new(2);
    private readonly List<object> rows = [];
    private int number;

    /// <summary>When the repositories were made, unless a test says otherwise.</summary>
    public static readonly DateTimeOffset Long = new(2019, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public TimeZoneInfo Zone { get; } = zone;

    public Filter Filter => new(own.Id);

    public Filter Others => new(other.Id);

    public static MeasuredData In(MetricsDatabase database, string zone) => new(database, TimeZoneInfo.FindSystemTimeZoneById(zone));

    public Period Period(string first, string last, string? now = null) => new(
        DateOnly.Parse(first, null), DateOnly.Parse(last, null), Zone, now is null ? new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero) : Local(now));

    /// <summary>An instant from what the wall clock says in the organization's zone.</summary>
    public DateTimeOffset Local(string wallClock)
    {
        var local = DateTime.Parse(wallClock, System.Globalization.CultureInfo.InvariantCulture);
        return new DateTimeOffset(local, Zone.GetUtcOffset(local)).ToUniversalTime();
    }

    /// <summary>What the metrics take for the present.</summary>
    public DateTimeOffset Now { get; set; } = new(2026, 4, 1, 0, 0, 0, TimeSpan.Zero);

    public Guid RepositoryId(string name = "web") => own.RepositoryId(name);

    public Filter Only(string name) => Filter with { RepositoryId = RepositoryId(name) };

    /// <summary>A production release of a repository that finished at this time by the organization's wall clock.</summary>
    public void Release(string wallClock, string repository) => Deploy(Local(wallClock), repository);

    public void Deploy(
        DateTimeOffset at, string repository = "web", bool isRelease = true, DeploymentOutcome outcome = DeploymentOutcome.Succeeded,
        string environment = "production", bool isProduction = true) =>
        ForEach((owner, _) => owner.AddDeployment(rows, repository, ++number, at, isRelease, outcome, environment, isProduction));

    /// <summary>A production release that failed or repaired something.</summary>
    public void Release(string wallClock, ChangeFailure? failedBy = null, Rework? rework = null, string repository = "web") =>
        ForEach((owner, _) => owner.AddDeployment(
            rows, repository, ++number, Local(wallClock), isRelease: true, DeploymentOutcome.Succeeded, "production", isProduction: true, failedBy, rework));

    /// <summary>An incident that started at this time by the organization's wall clock and lasted so many hours; open without.</summary>
    /// <param name="namesOther">Whether it names a repository that the organization doesn't have.</param>
    public void Incident(
        string wallClock, double? hours, IncidentSeverity? severity = null, string? repository = "web", bool namesOther = false) =>
        ForEach((owner, factor) => owner.AddIncident(
            rows, repository, Local(wallClock), hours * 3600, severity, deployment: null, factor, namesOther));

    /// <summary>An incident brought by a release that finished so many hours before it.</summary>
    public void IncidentOfRelease(string wallClock, double hoursAfterRelease, double hours, string repository = "web") =>
        ForEach((owner, factor) =>
        {
            var release = owner.AddDeployment(
                rows, repository, ++number, Local(wallClock).AddHours(-hoursAfterRelease), isRelease: true, DeploymentOutcome.Succeeded, "production",
                isProduction: true, ChangeFailure.Incident);
            owner.AddIncident(rows, repository: null, Local(wallClock), hours * 3600, severity: null, release, factor);
        });

    /// <summary>A pull request deployed at this time by the organization's wall clock, after a lead time of so many hours.</summary>
    public void Change(string wallClock, double leadHours, string repository = "web", LeftOut? leftOut = null) =>
        Change(Local(wallClock), leadHours * 3600, repository, leftOut);

    public void Change(
        DateTimeOffset at, double leadSeconds, string repository = "web", LeftOut? leftOut = null, double? pickup = null, double? review = null) =>
        ForEach((owner, factor) => owner.AddChange(rows, repository, ++number, at, leadSeconds * factor, leftOut, pickup, review));

    /// <summary>A merged pull request that no deployment contains.</summary>
    public void Waiting(DateTimeOffset mergedAt, string repository = "web") =>
        ForEach((owner, _) => owner.AddWaiting(rows, repository, ++number, mergedAt));

    /// <summary>Rows of any kind: made for each owner with numbers of their own, by a factor that is 1 for the organization that is asked.</summary>
    public void Put(Action<Owner, List<object>, Func<int>, double> put) => ForEach((owner, factor) => put(owner, rows, () => ++number, factor));

    /// <summary>A repository and its service, made at this time; others are made when something is put into them.</summary>
    public void Repository(string name, DateTimeOffset createdAt)
    {
        own.AddRepository(rows, name, createdAt);
        other.AddRepository(rows, name, createdAt.AddYears(-1));
    }

    public Task SaveAsync()
    {
        rows.InsertRange(0, [own.MakeOrganization(Zone), own.Connection, other.MakeOrganization(TimeZoneInfo.Utc), other.Connection]);
        return SaveRowsAsync();
    }

    /// <summary>What was put in since the organizations were saved.</summary>
    public async Task SaveRowsAsync()
    {
        await using var db = await database.OpenAsync();
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        db.AddRange(rows);
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        rows.Clear();
    }

    public async Task<T> AskAsync<T>(Func<Questions, Task<T>> ask)
    {
        await using var db = await database.OpenAsync();
        return await ask(new Questions(db, await database.ColumnsAsync(db), await database.BuildsAsync(), Now));
    }

    private void ForEach(Action<Owner, double> put)
    {
        put(own, 1);
        put(other, 7);
        put(other, 11);
    }

    /// <summary>The metrics, ready to be asked.</summary>
    internal sealed class Questions(VeelocityDb db, MetricColumns columns, BuildStore builds, DateTimeOffset now)
    {
        private readonly TeamScopes scopes = new(db);

        public DeploymentFrequency Frequency => new(columns, new FirstData(db, scopes), Teams);
        public LeadTimeForChanges LeadTime => new(db, columns, scopes, Teams);
        public WaitingChanges Waiting => new(db, scopes);
        public ChangeFailureRate FailureRate => new(columns, Teams, new FakeTimeProvider(now));
        public TimeToRecovery Recovery => new(columns, Teams);
        public ReworkRate Rework => new(columns, Teams);
        public ChangeItems Changes => new(db, Waiting, scopes);
        public DeploymentItems Deployments => new(db, scopes);
        public IncidentItems Incidents => new(db, scopes);
        public DataQuality Quality => new(db, scopes, new FakeTimeProvider(now));
        private TeamGroups Teams => new(db, scopes);
        private AskedBuilds Builds => new(builds, scopes);

        public Explanations Explanations => new(
            new FrequencyExplained(Frequency, new FirstData(db, scopes), Deployments), new LeadTimeExplained(LeadTime, Changes),
            new StabilityExplained(FailureRate, Rework, Deployments), new RecoveryExplained(Recovery, Incidents),
            new Development.DevelopmentQuestions(db).Explained,
            new BuildsExplained(new BuildSuccessRate(Builds), new BuildDuration(Builds), new BuildFrequency(Builds, new FirstData(db, scopes)), new BuildItems(db, scopes), TimeProvider.System),
            Waiting, Changes, Deployments, Incidents, new BuildItems(db, scopes), TimeProvider.System);
    }
}
