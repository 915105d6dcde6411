using Veelocity.Web.Connectors;
using Veelocity.Web.Data;

namespace Veelocity.Web.Sync.Rows;

/// <summary>Teams, projects, cycles and issues of an issue tracker; the states and attachments of an issue come with it, whole.</summary>
internal sealed class WorkRows(RowOwner owner)
{
    private readonly Dictionary<Guid, IReadOnlyList<IssueStateSpan>> spans = [];
    private readonly Dictionary<Guid, IReadOnlyList<IssueAttachment>> attachments = [];

    public Dictionary<Guid, IssueTeam> Teams { get; } = [];
    public Dictionary<Guid, Project> Projects { get; } = [];
    public Dictionary<Guid, Cycle> Cycles { get; } = [];
    public Dictionary<Guid, Issue> Issues { get; } = [];

    /// <summary>Attachments that came without their issue, by their own id.</summary>
    public Dictionary<Guid, IssueAttachment> LooseAttachments { get; } = [];

    public IReadOnlyCollection<IssueStateSpan> Spans => [.. spans.Values.SelectMany(s => s).DistinctBy(s => s.Id)];

    public IReadOnlyCollection<IssueAttachment> Attachments => [.. attachments.Values.SelectMany(a => a).DistinctBy(a => a.Id)];

    public void Add(IssueTeamFact fact)
    {
        var id = IssueTeam.IdOf(owner.OrganizationId, fact.ExternalId);
        Teams[id] = new IssueTeam
        {
            Id = id,
            OrganizationId = owner.OrganizationId,
            ConnectionId = owner.ConnectionId,
            ExternalId = fact.ExternalId,
            Key = fact.Key,
            Name = fact.Name,
            IsPrivate = fact.IsPrivate,
            HasCycles = fact.HasCycles,
            EstimateScale = fact.EstimateScale,
            MemberAccountIds = [.. fact.MemberExternalIds.Select(AccountOf).Distinct().Order()],
            ArchivedAt = fact.ArchivedAt,
        };
    }

    public void Add(ProjectFact fact)
    {
        var id = Project.IdOf(owner.OrganizationId, fact.ExternalId);
        Projects[id] = new Project
        {
            Id = id,
            OrganizationId = owner.OrganizationId,
            ConnectionId = owner.ConnectionId,
            ExternalId = fact.ExternalId,
            Name = fact.Name,
            Url = fact.Url,
            StatusName = fact.StatusName,
            StatusType = fact.StatusType,
            Health = fact.Health,
            LeadAccountId = AccountOrNull(fact.LeadExternalId),
            IssueTeamIds = [.. fact.TeamExternalIds.Select(t => IssueTeam.IdOf(owner.OrganizationId, t)).Distinct().Order()],
            StartDate = fact.StartDate,
            TargetDate = fact.TargetDate,
            CreatedAt = fact.CreatedAt,
            UpdatedAt = fact.UpdatedAt,
            StartedAt = fact.StartedAt,
            CompletedAt = fact.CompletedAt,
            CanceledAt = fact.CanceledAt,
            ArchivedAt = fact.ArchivedAt,
        };
    }

    public void Add(CycleFact fact)
    {
        var id = Cycle.IdOf(owner.OrganizationId, fact.ExternalId);
        Cycles[id] = new Cycle
        {
            Id = id,
            OrganizationId = owner.OrganizationId,
            ConnectionId = owner.ConnectionId,
            IssueTeamId = IssueTeam.IdOf(owner.OrganizationId, fact.TeamExternalId),
            ExternalId = fact.ExternalId,
            Number = fact.Number,
            Name = fact.Name,
            StartsAt = fact.StartsAt,
            EndsAt = fact.EndsAt,
            CompletedAt = fact.CompletedAt,
            ArchivedAt = fact.ArchivedAt,
            ScopeByDay = [.. fact.ScopeByDay],
            CompletedScopeByDay = [.. fact.CompletedScopeByDay],
            IssuesByDay = [.. fact.IssuesByDay],
            CompletedIssuesByDay = [.. fact.CompletedIssuesByDay],
        };
    }

    public void Add(IssueFact fact)
    {
        var id = Issue.IdOf(owner.OrganizationId, fact.ExternalId);
        Issues[id] = new Issue
        {
            Id = id,
            OrganizationId = owner.OrganizationId,
            ConnectionId = owner.ConnectionId,
            ExternalId = fact.ExternalId,
            Identifier = fact.Identifier,
            PreviousIdentifiers = [.. fact.PreviousIdentifiers],
            IssueTeamId = IssueTeam.IdOf(owner.OrganizationId, fact.TeamExternalId),
            Title = fact.Title,
            Url = fact.Url,
            StateName = fact.StateName,
            StateType = fact.StateType,
            Priority = fact.Priority,
            Estimate = fact.Estimate,
            BranchName = fact.BranchName,
            Labels = [.. fact.Labels],
            AssigneeAccountId = AccountOrNull(fact.AssigneeExternalId),
            CreatorAccountId = AccountOrNull(fact.CreatorExternalId),
            CycleId = fact.CycleExternalId is { } cycle ? Cycle.IdOf(owner.OrganizationId, cycle) : null,
            ProjectId = fact.ProjectExternalId is { } project ? Project.IdOf(owner.OrganizationId, project) : null,
            ParentIssueId = fact.ParentExternalId is { } parent ? Issue.IdOf(owner.OrganizationId, parent) : null,
            CreatedAt = fact.CreatedAt,
            UpdatedAt = fact.UpdatedAt,
            StartedAt = fact.StartedAt,
            CompletedAt = fact.CompletedAt,
            CanceledAt = fact.CanceledAt,
            AddedToCycleAt = fact.AddedToCycleAt,
            DueDate = fact.DueDate,
            ArchivedAt = fact.ArchivedAt,
            IsTrashed = fact.IsTrashed,
        };
        spans[id] = [.. fact.Spans.Select(span => new IssueStateSpan
        {
            Id = IssueStateSpan.IdOf(id, span.ExternalId),
            OrganizationId = owner.OrganizationId,
            IssueId = id,
            StateName = span.StateName,
            StateType = span.StateType,
            StartedAt = span.StartedAt,
            EndedAt = span.EndedAt,
        })];
        attachments[id] = [.. fact.Attachments.Select(RowOf)];
    }

    public void Add(IssueAttachmentFact fact)
    {
        var row = RowOf(fact);
        LooseAttachments[row.Id] = row;
    }

    private IssueAttachment RowOf(IssueAttachmentFact fact) => new()
    {
        Id = IssueAttachment.IdOf(owner.OrganizationId, fact.ExternalId),
        OrganizationId = owner.OrganizationId,
        IssueId = Issue.IdOf(owner.OrganizationId, fact.IssueExternalId),
        Url = fact.Url,
        SourceType = fact.SourceType,
        Title = fact.Title,
        CreatedAt = fact.CreatedAt,
    };

    private Guid AccountOf(string externalId) => Account.IdOf(owner.OrganizationId, owner.Provider, externalId);

    private Guid? AccountOrNull(string? externalId) => externalId is null ? null : AccountOf(externalId);
}
