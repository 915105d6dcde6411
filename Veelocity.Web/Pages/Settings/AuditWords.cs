using Veelocity.Web.Data;
using Veelocity.Web.Organizations.Audit;

namespace Veelocity.Web.Pages.Settings;

/// <summary>The audit log in words.</summary>
internal static class AuditWords
{
    public static string Of(AuditAction action) => action switch
    {
        AuditAction.OrganizationFounded => "Founded the organization",
        AuditAction.OrganizationChanged => "Changed the organization",
        AuditAction.MemberInvited => "Invited",
        AuditAction.InvitationResent => "Sent an invitation again",
        AuditAction.InvitationRevoked => "Revoked an invitation",
        AuditAction.InvitationAccepted => "Joined",
        AuditAction.MemberRoleChanged => "Changed a role",
        AuditAction.MemberRemoved => "Removed a member",
        AuditAction.MemberLeft => "Left",
        AuditAction.MemberTied => "Said who a member is",
        AuditAction.ConnectorConnected => "Connected",
        AuditAction.ConnectorChanged => "Changed a connector",
        AuditAction.ConnectorDisconnected => "Disconnected",
        AuditAction.SyncTriggered => "Started a sync",
        AuditAction.SyncStopped => "Stopped a sync",
        AuditAction.WebhookChanged => "Changed a webhook",
        AuditAction.MetricRulesChanged => "Changed metric rules",
        AuditAction.IncidentRulesChanged => "Changed incident rules",
        AuditAction.EnvironmentChanged => "Changed an environment",
        AuditAction.MetricDecisionMade => "Decided about a row",
        AuditAction.MetricDecisionTakenBack => "Took a decision back",
        AuditAction.ServiceChanged => "Changed a service",
        AuditAction.BuildRulesChanged => "Changed build rules",
        AuditAction.TeamChanged => "Changed a team",
        AuditAction.PeopleMerged => "Merged people",
        AuditAction.PeopleSplit => "Split a person",
        AuditAction.PeopleKeptApart => "Kept people apart",
        AuditAction.AccountMarked => "Marked an account",
        AuditAction.IncidentChanged => "Changed an incident",
        AuditAction.IncidentLinked => "Linked an incident",
        AuditAction.IncidentUnlinked => "Unlinked an incident",
        AuditAction.IncidentMerged => "Merged incidents",
        AuditAction.IncidentSplit => "Split an incident",
        AuditAction.IssueLinked => "Tied an issue",
        AuditAction.IssueUnlinked => "Untied an issue",
        AuditAction.TokenMade => "Made an API token",
        AuditAction.TokenRevoked => "Revoked an API token",
        AuditAction.DataExported => "Exported the data",
        AuditAction.BadgesChanged => "Changed badges",
        _ => action.ToString(),
    };

    public static string Of(AuditGroup group) => group switch
    {
        AuditGroup.Members => "Members and invitations",
        AuditGroup.Tokens => "API tokens",
        AuditGroup.Connectors => "Connectors and syncs",
        AuditGroup.Rules => "Services and rules",
        AuditGroup.Decisions => "Metric decisions",
        AuditGroup.Teams => "Teams and people",
        _ => group.ToString(),
    };

    public static string Of(AuditChannel channel) => channel switch
    {
        AuditChannel.Page => "In the browser",
        AuditChannel.Api => "Through the API",
        _ => "By itself",
    };
}
