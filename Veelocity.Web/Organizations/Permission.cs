using System.Collections.Frozen;
using Veelocity.Web.Data;

namespace Veelocity.Web.Organizations;

/// <summary>What a member can be allowed to do in an organization.</summary>
public enum Permission
{
    SeeMetrics,
    ExportData,
    MakeApiTokens,
    TriggerSync,
    SeeSyncLogs,
    LinkIncidents,
    LinkIssues,
    EditTeams,
    EditGoals,
    EditMetricRules,
    ManageConnectors,
    Invite,
    ChangeRoles,
    RemoveMembers,
    ChangeSettings,
    SeeAuditLog,
    RevokeApiTokens,
    ExportOrganization,
    DeleteOrganization,
}

/// <summary>Which role carries which permission: the lowest that does; each role holds those of the one below it.</summary>
public static class Permissions
{
    private static readonly FrozenDictionary<Permission, Role> LowestRole = new Dictionary<Permission, Role>
    {
        [Permission.SeeMetrics] = Role.Viewer,
        [Permission.ExportData] = Role.Viewer,
        [Permission.MakeApiTokens] = Role.Viewer,
        [Permission.TriggerSync] = Role.Manager,
        [Permission.SeeSyncLogs] = Role.Manager,
        [Permission.LinkIncidents] = Role.Manager,
        [Permission.LinkIssues] = Role.Manager,
        [Permission.EditTeams] = Role.Manager,
        [Permission.EditGoals] = Role.Manager,
        [Permission.EditMetricRules] = Role.Manager,
        [Permission.ManageConnectors] = Role.Admin,
        [Permission.Invite] = Role.Admin,
        [Permission.ChangeRoles] = Role.Admin,
        [Permission.RemoveMembers] = Role.Admin,
        [Permission.ChangeSettings] = Role.Admin,
        [Permission.SeeAuditLog] = Role.Admin,
        [Permission.RevokeApiTokens] = Role.Admin,
        [Permission.ExportOrganization] = Role.Admin,
        [Permission.DeleteOrganization] = Role.Admin,
    }.ToFrozenDictionary();

    public static bool Carries(this Role role, Permission permission) => role >= LowestRole[permission];
}
