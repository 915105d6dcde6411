using System.Data;
using System.Linq.Expressions;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Veelocity.Web.Data;

/// <summary>
/// The database. Rows of an organization are seen only once <see cref="OrganizationId"/> is set, by whoever resolved the caller's
/// organization; queries in raw SQL name the organization themselves, because filters do not reach them. Below both, the database itself
/// answers nothing outside <see cref="Scope"/>.
/// </summary>
public sealed class VeelocityDb(DbContextOptions<VeelocityDb> options)
    : IdentityUserContext<User, Guid>(options), IDataProtectionKeyContext
{
    public const string OrganizationFilter = "organization";

    private (RowScope Scope, IDbContextTransaction? Within)? told;

    /// <summary>Whose rows the database lets this context see and write; its connection is told before the next statement.</summary>
    public RowScope Scope { get; set; }

    /// <summary>Whose rows queries see; null sees none.</summary>
    public Guid? OrganizationId
    {
        get => Scope.OrganizationId;
        set => Scope = Scope with { OrganizationId = value };
    }

    /// <summary>Whether the open connection is at <see cref="Scope"/>. What was told within a transaction may have ended with it.</summary>
    internal bool IsToldScope => told is { } now && now.Scope == Scope && (now.Within is null || now.Within == Database.CurrentTransaction);

    /// <summary>Works for this organization. A context that is at work for another stays there, and sees nothing of this one.</summary>
    public void Enter(Guid organizationId) => OrganizationId ??= organizationId;

    /// <summary>Sees all organizations until disposed: for looking up which one something belongs to. Decision 0020 lists the places.</summary>
    public ScopeOfInstallation ForInstallation() => new(this);

    /// <summary>The context's own connection, open and told whose rows it is for: for COPY, which Entity Framework has no words for.</summary>
    public async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellation)
    {
#pragma warning disable RS0030 // told below
        var connection = (NpgsqlConnection)Database.GetDbConnection();
#pragma warning restore RS0030
        if (connection.State != ConnectionState.Open) await Database.OpenConnectionAsync(cancellation);
        // Whatever goes through the context is told first.
        if (!IsToldScope) await Database.ExecuteSqlRawAsync("SELECT", cancellation);
        return connection;
    }

    internal void NoteTold() => told = (Scope, Database.CurrentTransaction);

    internal void ForgetTold() => told = null;

    /// <summary>Who acts, as the request said; nobody but Veelocity where there is none.</summary>
    public AuditActor Actor { get; set; } = AuditActor.Veelocity;

    public DbSet<Organization> Organizations => Set<Organization>();
    public DbSet<Membership> Memberships => Set<Membership>();
    public DbSet<Invitation> Invitations => Set<Invitation>();
    public DbSet<QueuedMail> Mails => Set<QueuedMail>();
    public DbSet<Connection> Connections => Set<Connection>();
    public DbSet<SyncRun> SyncRuns => Set<SyncRun>();
    public DbSet<SyncCursor> SyncCursors => Set<SyncCursor>();
    public DbSet<Webhook> Webhooks => Set<Webhook>();
    public DbSet<WebhookDelivery> WebhookDeliveries => Set<WebhookDelivery>();
    public DbSet<Repository> Repositories => Set<Repository>();
    public DbSet<Person> People => Set<Person>();
    public DbSet<Account> Accounts => Set<Account>();
    public DbSet<PullRequest> PullRequests => Set<PullRequest>();
    public DbSet<Review> Reviews => Set<Review>();
    public DbSet<Commit> Commits => Set<Commit>();
    public DbSet<Workflow> Workflows => Set<Workflow>();
    public DbSet<WorkflowRun> WorkflowRuns => Set<WorkflowRun>();
    public DbSet<WorkflowJob> WorkflowJobs => Set<WorkflowJob>();
    public DbSet<WorkflowFile> WorkflowFiles => Set<WorkflowFile>();
    public DbSet<Build> Builds => Set<Build>();
    public DbSet<BuildRules> BuildRules => Set<BuildRules>();
    public DbSet<Release> Releases => Set<Release>();
    public DbSet<GitTag> GitTags => Set<GitTag>();
    public DbSet<SourceFinding> SourceFindings => Set<SourceFinding>();
    public DbSet<DeploymentEnvironment> DeploymentEnvironments => Set<DeploymentEnvironment>();
    public DbSet<EnvironmentDeployment> EnvironmentDeployments => Set<EnvironmentDeployment>();
    public DbSet<EnvironmentDeploymentStatus> EnvironmentDeploymentStatuses => Set<EnvironmentDeploymentStatus>();
    public DbSet<Service> Services => Set<Service>();
    public DbSet<EnvironmentRule> EnvironmentRules => Set<EnvironmentRule>();
    public DbSet<PullRequestPaths> PullRequestPaths => Set<PullRequestPaths>();
    public DbSet<AccountEmail> AccountEmails => Set<AccountEmail>();
    public DbSet<PeopleKeptApart> PeopleKeptApart => Set<PeopleKeptApart>();
    public DbSet<Deployment> Deployments => Set<Deployment>();
    public DbSet<DeployedChange> DeployedChanges => Set<DeployedChange>();
    public DbSet<EnvironmentChange> EnvironmentChanges => Set<EnvironmentChange>();
    public DbSet<Incident> Incidents => Set<Incident>();
    public DbSet<IncidentEvent> IncidentEvents => Set<IncidentEvent>();
    public DbSet<MetricsVersion> MetricsVersions => Set<MetricsVersion>();
    public DbSet<MetricDecision> MetricDecisions => Set<MetricDecision>();
    public DbSet<ChatChannel> ChatChannels => Set<ChatChannel>();
    public DbSet<ChatMessage> ChatMessages => Set<ChatMessage>();
    public DbSet<ChatReaction> ChatReactions => Set<ChatReaction>();
    public DbSet<IncidentRules> IncidentRules => Set<IncidentRules>();
    public DbSet<IssueTeam> IssueTeams => Set<IssueTeam>();
    public DbSet<Issue> Issues => Set<Issue>();
    public DbSet<IssueStateSpan> IssueStateSpans => Set<IssueStateSpan>();
    public DbSet<IssueAttachment> IssueAttachments => Set<IssueAttachment>();
    public DbSet<Revert> Reverts => Set<Revert>();
    public DbSet<IssueLink> IssueLinks => Set<IssueLink>();
    public DbSet<Cycle> Cycles => Set<Cycle>();
    public DbSet<Project> Projects => Set<Project>();
    public DbSet<Team> Teams => Set<Team>();
    public DbSet<TeamMember> TeamMembers => Set<TeamMember>();
    public DbSet<TeamRepository> TeamRepositories => Set<TeamRepository>();
    public DbSet<TeamService> TeamServices => Set<TeamService>();
    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();
    public DbSet<BadgeAddress> BadgeAddresses => Set<BadgeAddress>();
    public DbSet<ApiToken> ApiTokens => Set<ApiToken>();
    public DbSet<Session> Sessions => Set<Session>();
    public DbSet<AccountEvent> AccountEvents => Set<AccountEvent>();
    public DbSet<AuditHead> AuditHeads => Set<AuditHead>();
    public DbSet<InstallationSecret> InstallationSecrets => Set<InstallationSecret>();
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.Entity<User>().ToTable("users").Property(u => u.FullName).HasMaxLength(200);
        builder.Entity<IdentityUserClaim<Guid>>().ToTable("user_claims");
        builder.Entity<IdentityUserLogin<Guid>>().ToTable("user_logins");
        builder.Entity<IdentityUserToken<Guid>>().ToTable("user_tokens");
        // Mapped here: the framework would, but only where the app's options are at hand, which migrations and tools have not.
        builder.Entity<IdentityUserPasskey<Guid>>(passkey =>
        {
            passkey.ToTable("user_passkeys").HasKey(p => p.CredentialId);
            passkey.Property(p => p.CredentialId).HasMaxLength(1024);
            passkey.OwnsOne(p => p.Data, data => data.ToJson());
            passkey.HasIndex(p => p.UserId);
            passkey.HasOne<User>().WithMany().HasForeignKey(p => p.UserId);
        });
        builder.ApplyConfigurationsFromAssembly(typeof(VeelocityDb).Assembly);

        foreach (var entity in builder.Model.GetEntityTypes().Where(e => typeof(IOwned).IsAssignableFrom(e.ClrType)))
        {
            var row = Expression.Parameter(entity.ClrType, "row");
            var owner = Expression.Convert(Expression.Property(row, nameof(IOwned.OrganizationId)), typeof(Guid?));
            var current = Expression.Property(Expression.Constant(this), nameof(OrganizationId));
            entity.SetQueryFilter(OrganizationFilter, Expression.Lambda(Expression.Equal(owner, current), row));
        }
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<Role>().HaveConversion<SnakeCaseEnum<Role>>();
        configurationBuilder.Properties<SyncTrigger>().HaveConversion<SnakeCaseEnum<SyncTrigger>>();
        configurationBuilder.Properties<SyncOutcome>().HaveConversion<SnakeCaseEnum<SyncOutcome>>();
        configurationBuilder.Properties<DeliveryOutcome>().HaveConversion<SnakeCaseEnum<DeliveryOutcome>>();
        configurationBuilder.Properties<AccountKind>().HaveConversion<SnakeCaseEnum<AccountKind>>();
        configurationBuilder.Properties<PullRequestState>().HaveConversion<SnakeCaseEnum<PullRequestState>>();
        configurationBuilder.Properties<ReviewState>().HaveConversion<SnakeCaseEnum<ReviewState>>();
        configurationBuilder.Properties<DeploymentSource>().HaveConversion<SnakeCaseEnum<DeploymentSource>>();
        configurationBuilder.Properties<SourceProblem>().HaveConversion<SnakeCaseEnum<SourceProblem>>();
        configurationBuilder.Properties<EnvironmentUse>().HaveConversion<SnakeCaseEnum<EnvironmentUse>>();
        configurationBuilder.Properties<DeploymentOutcome>().HaveConversion<SnakeCaseEnum<DeploymentOutcome>>();
        configurationBuilder.Properties<DeploymentContents>().HaveConversion<SnakeCaseEnum<DeploymentContents>>();
        configurationBuilder.Properties<ChangeFailure>().HaveConversion<SnakeCaseEnum<ChangeFailure>>();
        configurationBuilder.Properties<Rework>().HaveConversion<SnakeCaseEnum<Rework>>();
        configurationBuilder.Properties<IncidentSeverity>().HaveConversion<SnakeCaseEnum<IncidentSeverity>>();
        configurationBuilder.Properties<IncidentLinkMethod>().HaveConversion<SnakeCaseEnum<IncidentLinkMethod>>();
        configurationBuilder.Properties<IncidentEventKind>().HaveConversion<SnakeCaseEnum<IncidentEventKind>>();
        configurationBuilder.Properties<LeftOut>().HaveConversion<SnakeCaseEnum<LeftOut>>();
        configurationBuilder.Properties<DecisionSubject>().HaveConversion<SnakeCaseEnum<DecisionSubject>>();
        configurationBuilder.Properties<IssueLinkMethod>().HaveConversion<SnakeCaseEnum<IssueLinkMethod>>();
        configurationBuilder.Properties<PeopleNumbers>().HaveConversion<SnakeCaseEnum<PeopleNumbers>>();
        configurationBuilder.Properties<BuildPlatform>().HaveConversion<SnakeCaseEnum<BuildPlatform>>();
        configurationBuilder.Properties<MobilePlatforms>().HaveConversion<SnakeCaseEnum<MobilePlatforms>>();
        configurationBuilder.Properties<BuildOutcome>().HaveConversion<SnakeCaseEnum<BuildOutcome>>();
        configurationBuilder.Properties<BuildFailure>().HaveConversion<SnakeCaseEnum<BuildFailure>>();
        configurationBuilder.Properties<AccountEventKind>().HaveConversion<SnakeCaseEnum<AccountEventKind>>();
        configurationBuilder.Properties<AuditAction>().HaveConversion<SnakeCaseEnum<AuditAction>>();
        configurationBuilder.Properties<AuditChannel>().HaveConversion<SnakeCaseEnum<AuditChannel>>();
        configurationBuilder.Properties<DecisionVerdict>().HaveConversion<SnakeCaseEnum<DecisionVerdict>>();
    }

    /// <summary>Gives the context its scope back when disposed.</summary>
    public readonly struct ScopeOfInstallation : IDisposable
    {
        private readonly VeelocityDb db;
        private readonly RowReach before;

        internal ScopeOfInstallation(VeelocityDb db)
        {
            (this.db, before) = (db, db.Scope.Reach);
            if (before == RowReach.Own) db.Scope = db.Scope with { Reach = RowReach.Installation };
        }

        public void Dispose() => db.Scope = db.Scope with { Reach = before };
    }
}
