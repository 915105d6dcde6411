using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Veelocity.Web.Platform.Patterns;

namespace Veelocity.Web.Data;

/// <summary>A customer: people, connections and everything measured belong to exactly one.</summary>
public sealed class Organization : IEntityTypeConfiguration<Organization>
{
    public const string DefaultProductionPattern = "(^|[^a-z])(prod|production|live)([^a-z]|$)";
    public const string DefaultDeployPattern = "deploy|release|publish";
    public const string DefaultNotDeployPattern =
        "(^|[^a-z])(dev|develop|development|tests?|testing|qa|uat|sandbox|stage|staging|previews?|docs?|pages|storybook|site|nightly|drafter)([^a-z]|$)";

    public const string DefaultDeployLabelPattern = "^(deploy|release)";
    public const string DefaultBotPattern =
        "(^|[^a-z0-9])(bot|robot|ci|automation|renovate)[0-9]*([^a-z0-9]|$)|^renovate|"
        + "^(dependabot|greenkeeper(io)?|snyk|mergify|codecov|github-actions|semantic-release|allcontributors|imgbot|web-flow)(-?bot)?([^a-z]|$)";

    public const string DefaultAgentPattern =
        "copilot|claude|cursor|devin|codex|jules|openhands|swe-agent|coding-agent|sweep-ai|amazon-q|gemini-code|factory-droid|windsurf";

    public static readonly TimeOnly DefaultWorksFrom = new(9, 0);
    public static readonly TimeOnly DefaultWorksTo = new(18, 0);
    public const string DefaultHotfixPattern = "(^|[^a-z])(hot-?fix|roll-?forward|incident)";

    public const string DefaultExcludedLabelPattern = "^autorelease: ";
    public const string DefaultExcludedBranchPattern = "^(release-please(--|/)|changeset-release/|release-plz[-/])";

    // "chore(main): release 1.4.0", "Version Packages", "chore(release): publish": nothing but a version may follow.
    public const string DefaultExcludedTitlePattern =
        @"^\W*((chore|build|ci)(\([^)]*\))?!?: |\[ci\] |release: )?"
        + @"(version packages|((prepare |cut )?release|publish)( @?[a-z][\w./@-]*:?)? v?[0-9][\w.+-]*)( *[\[(][^\])]*[\])])*$"
        + @"|^((chore|build|ci)(\([^)]*\))?: |\[ci\] )(release|publish)( (main|master|develop|next|beta|packages))?( *[\[(][^\])]*[\])])*$"
        + @"|^(chore\(release\)|release): v?[0-9][\w.+-]*( *[\[(][^\])]*[\])])*$";

    /// <summary>An incident is blamed on the release before it only within this span, unless the organization says otherwise (M22).</summary>
    public const int DefaultIncidentWindowHours = 24;

    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required string Name { get; set; }

    /// <summary>Its name in addresses, <c>/o/{slug}</c>; unique, lower case.</summary>
    public required string Slug { get; set; }

    /// <summary>IANA name; days, weeks and months are cut in it (M1).</summary>
    public required string TimeZone { get; set; }

    /// <summary>Regular expression, case-insensitive, that an environment's name must match to be production (M13).</summary>
    public string ProductionPattern { get; set; } = DefaultProductionPattern;

    /// <summary>Regular expression, case-insensitive, on title, branch and labels of pull requests that repair what was released (M24).</summary>
    public string HotfixPattern { get; set; } = DefaultHotfixPattern;

    /// <summary>How long after a release an incident may still be blamed on it, in hours (M22).</summary>
    public int IncidentWindowHours { get; set; } = DefaultIncidentWindowHours;

    /// <summary>Regular expression that a workflow's name or file must match to be taken for a deployment (M8).</summary>
    public string DeployPattern { get; set; } = DefaultDeployPattern;

    /// <summary>Regular expression for workflows that are none although they match; empty for no exception.</summary>
    public string NotDeployPattern { get; set; } = DefaultNotDeployPattern;

    /// <summary>Regular expression for labels whose merged pull requests can be chosen as deployments; empty for none.</summary>
    public string DeployLabelPattern { get; set; } = DefaultDeployLabelPattern;

    /// <summary>Regular expression for GitHub logins that are bots although GitHub calls them users (M29); empty for none.</summary>
    public string BotPattern { get; set; } = DefaultBotPattern;

    /// <summary>Regular expression for logins of bots that write changes as people do (M29): a cohort of their own; empty for none.</summary>
    public string AgentPattern { get; set; } = DefaultAgentPattern;

    /// <summary>Who may see numbers of single people.</summary>
    public PeopleNumbers PeopleNumbers { get; set; } = PeopleNumbers.Everyone;

    public DayOfWeek[] WorkingDays { get; private set; } = [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday];
    public TimeOnly WorksFrom { get; private set; } = DefaultWorksFrom;
    public TimeOnly WorksTo { get; private set; } = DefaultWorksTo;
    public DateOnly[] Holidays { get; private set; } = [];

    public WorkingHours WorkingHours
    {
        get => new(WorkingDays, WorksFrom, WorksTo, Holidays);
        set => (WorkingDays, WorksFrom, WorksTo, Holidays) = ([.. value.Days], value.From, value.To, [.. value.Holidays.Order()]);
    }

    /// <summary>Regular expressions for pull requests that deliver no change of their own, such as release pull requests (M17); empty for none.</summary>
    public string ExcludedLabelPattern { get; set; } = DefaultExcludedLabelPattern;
    public string ExcludedBranchPattern { get; set; } = DefaultExcludedBranchPattern;
    public string ExcludedTitlePattern { get; set; } = DefaultExcludedTitlePattern;

    /// <summary>The same for files: a pull request is excluded when all of its files match.</summary>
    public string ExcludedPathPattern { get; set; } = "";

    /// <summary>Who last changed these rules; null until someone does.</summary>
    public Guid? RulesChangedByUserId { get; private set; }
    public DateTimeOffset? RulesChangedAt { get; private set; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Its data is made up; nothing can be connected to it.</summary>
    public bool IsSample { get; init; }

    /// <summary>Counts up whenever its metrics may have changed; caches are keyed by it.</summary>
    public long DataVersion { get; set; }

    public void RulesChanged(Guid userId, DateTimeOffset now) => (RulesChangedByUserId, RulesChangedAt) = (userId, now);

    public void Configure(EntityTypeBuilder<Organization> builder)
    {
        builder.Property(o => o.Name).HasMaxLength(100);
        builder.Property(o => o.Slug).HasMaxLength(50);
        builder.Property(o => o.TimeZone).HasMaxLength(64);
        builder.Property(o => o.ProductionPattern).HasMaxLength(NamePattern.MaxLength);
        builder.Property(o => o.HotfixPattern).HasMaxLength(NamePattern.MaxLength).HasDefaultValue(DefaultHotfixPattern);
        builder.Property(o => o.IncidentWindowHours).HasDefaultValue(DefaultIncidentWindowHours);
        builder.Property(o => o.DeployPattern).HasMaxLength(NamePattern.MaxLength).HasDefaultValue(DefaultDeployPattern);
        builder.Property(o => o.NotDeployPattern).HasMaxLength(NamePattern.MaxLength).HasDefaultValue(DefaultNotDeployPattern);
        builder.Property(o => o.DeployLabelPattern).HasMaxLength(NamePattern.MaxLength).HasDefaultValue(DefaultDeployLabelPattern);
        builder.Property(o => o.BotPattern).HasMaxLength(NamePattern.MaxLength).HasDefaultValue(DefaultBotPattern);
        builder.Property(o => o.AgentPattern).HasMaxLength(NamePattern.MaxLength).HasDefaultValue(DefaultAgentPattern);
        builder.Property(o => o.ExcludedLabelPattern).HasMaxLength(NamePattern.MaxLength).HasDefaultValue(DefaultExcludedLabelPattern);
        builder.Property(o => o.ExcludedBranchPattern).HasMaxLength(NamePattern.MaxLength).HasDefaultValue(DefaultExcludedBranchPattern);
        builder.Property(o => o.ExcludedTitlePattern).HasMaxLength(NamePattern.MaxLength).HasDefaultValue(DefaultExcludedTitlePattern);
        builder.Property(o => o.ExcludedPathPattern).HasMaxLength(NamePattern.MaxLength).HasDefaultValue("");
        builder.Property(o => o.PeopleNumbers).HasDefaultValue(PeopleNumbers.Everyone);
        builder.Property(o => o.WorkingDays).HasDefaultValueSql("ARRAY[1, 2, 3, 4, 5]");
        builder.Property(o => o.WorksFrom).HasDefaultValue(DefaultWorksFrom);
        builder.Property(o => o.WorksTo).HasDefaultValue(DefaultWorksTo);
        builder.Property(o => o.Holidays).HasDefaultValueSql("ARRAY[]::date[]");
        builder.Property(o => o.IsSample).HasDefaultValue(false);
        builder.Ignore(o => o.WorkingHours);
        builder.HasIndex(o => o.Slug).IsUnique();
    }
}
