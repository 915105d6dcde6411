using System.Linq.Expressions;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Veelocity.Web.Data;

/// <summary>
/// The database. Rows of an organization are seen only once <see cref="OrganizationId"/> is set, by whoever resolved the caller's
/// organization; queries in raw SQL name the organization themselves, because filters do not reach them.
/// </summary>
public sealed class VeelocityDb(DbContextOptions<VeelocityDb> options)
    : IdentityUserContext<User, Guid>(options), IDataProtectionKeyContext
{
    public const string OrganizationFilter = "organization";

    /// <summary>Whose rows queries see; null sees none.</summary>
    public Guid? OrganizationId { get; set; }

    public DbSet<Organization> Organizations => Set<Organization>();
    public DbSet<Membership> Memberships => Set<Membership>();
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
    public DbSet<Release> Releases => Set<Release>();
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
    public DbSet<Incident> Incidents => Set<Incident>();
    public DbSet<IncidentEvent> IncidentEvents => Set<IncidentEvent>();
    public DbSet<MetricsVersion> MetricsVersions => Set<MetricsVersion>();
    public DbSet<MetricDecision> MetricDecisions => Set<MetricDecision>();
    public DbSet<ChatChannel> ChatChannels => Set<ChatChannel>();
    public DbSet<ChatMessage> ChatMessages => Set<ChatMessage>();
    public DbSet<ChatReaction> ChatReactions => Set<ChatReaction>();
    public DbSet<IncidentRules> IncidentRules => Set<IncidentRules>();
    public DbSet<InstallationSecret> InstallationSecrets => Set<InstallationSecret>();
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.Entity<User>().ToTable("users").Property(u => u.FullName).HasMaxLength(200);
        builder.Entity<IdentityUserClaim<Guid>>().ToTable("user_claims");
        builder.Entity<IdentityUserLogin<Guid>>().ToTable("user_logins");
        builder.Entity<IdentityUserToken<Guid>>().ToTable("user_tokens");
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
        configurationBuilder.Properties<DecisionVerdict>().HaveConversion<SnakeCaseEnum<DecisionVerdict>>();
    }
}
