using System.Collections.Frozen;
using Veelocity.Web.Data;

namespace Veelocity.Web.Organizations.Audit;

/// <summary>Actions that are looked for together.</summary>
public enum AuditGroup
{
    Organization,
    Members,
    Tokens,
    Connectors,
    Rules,
    Decisions,
    Teams,
    Incidents,
    Issues,
}

/// <summary>Which action belongs to which group; every action to one.</summary>
public static class AuditGroups
{
    private static readonly FrozenDictionary<AuditAction, AuditGroup> GroupOf = new Dictionary<AuditAction, AuditGroup>
    {
        [AuditAction.OrganizationFounded] = AuditGroup.Organization,
        [AuditAction.OrganizationChanged] = AuditGroup.Organization,
        [AuditAction.DataExported] = AuditGroup.Organization,
        [AuditAction.BadgesChanged] = AuditGroup.Organization,
        [AuditAction.MemberInvited] = AuditGroup.Members,
        [AuditAction.InvitationResent] = AuditGroup.Members,
        [AuditAction.InvitationRevoked] = AuditGroup.Members,
        [AuditAction.InvitationAccepted] = AuditGroup.Members,
        [AuditAction.MemberRoleChanged] = AuditGroup.Members,
        [AuditAction.MemberRemoved] = AuditGroup.Members,
        [AuditAction.MemberLeft] = AuditGroup.Members,
        [AuditAction.MemberTied] = AuditGroup.Members,
        [AuditAction.TokenMade] = AuditGroup.Tokens,
        [AuditAction.TokenRevoked] = AuditGroup.Tokens,
        [AuditAction.ConnectorConnected] = AuditGroup.Connectors,
        [AuditAction.ConnectorChanged] = AuditGroup.Connectors,
        [AuditAction.ConnectorDisconnected] = AuditGroup.Connectors,
        [AuditAction.WebhookChanged] = AuditGroup.Connectors,
        [AuditAction.SyncTriggered] = AuditGroup.Connectors,
        [AuditAction.SyncStopped] = AuditGroup.Connectors,
        [AuditAction.MetricRulesChanged] = AuditGroup.Rules,
        [AuditAction.IncidentRulesChanged] = AuditGroup.Rules,
        [AuditAction.EnvironmentChanged] = AuditGroup.Rules,
        [AuditAction.ServiceChanged] = AuditGroup.Rules,
        [AuditAction.BuildRulesChanged] = AuditGroup.Rules,
        [AuditAction.MetricDecisionMade] = AuditGroup.Decisions,
        [AuditAction.MetricDecisionTakenBack] = AuditGroup.Decisions,
        [AuditAction.TeamChanged] = AuditGroup.Teams,
        [AuditAction.PeopleMerged] = AuditGroup.Teams,
        [AuditAction.PeopleSplit] = AuditGroup.Teams,
        [AuditAction.PeopleKeptApart] = AuditGroup.Teams,
        [AuditAction.AccountMarked] = AuditGroup.Teams,
        [AuditAction.IncidentChanged] = AuditGroup.Incidents,
        [AuditAction.IncidentLinked] = AuditGroup.Incidents,
        [AuditAction.IncidentUnlinked] = AuditGroup.Incidents,
        [AuditAction.IncidentMerged] = AuditGroup.Incidents,
        [AuditAction.IncidentSplit] = AuditGroup.Incidents,
        [AuditAction.IssueLinked] = AuditGroup.Issues,
        [AuditAction.IssueUnlinked] = AuditGroup.Issues,
    }.ToFrozenDictionary();

    public static AuditGroup Group(this AuditAction action) => GroupOf[action];

    public static IReadOnlyList<AuditAction> Actions(this AuditGroup group) => [.. GroupOf.Where(pair => pair.Value == group).Select(pair => pair.Key)];
}
