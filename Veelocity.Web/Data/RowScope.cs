using System.Runtime.InteropServices;

namespace Veelocity.Web.Data;

/// <summary>
/// Whose rows a connection sees and may write. The database itself holds every statement to it (row-level security, decision 0020); the default
/// sees nothing that an organization owns.
/// </summary>
/// <param name="OrganizationId">Everything of this organization.</param>
/// <param name="UserId">What this user belongs to: their memberships and the organizations of these, to read only.</param>
/// <param name="Reach">Whether all organizations' rows are seen, whatever the ids say.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct RowScope(Guid? OrganizationId = null, Guid? UserId = null, RowReach Reach = RowReach.Own)
{
    /// <summary>The installation's own work, which is about all organizations or looks for one that is not known yet.</summary>
    public static readonly RowScope Installation = new(Reach: RowReach.Installation);

    /// <summary>What only the owner of the tables may do: migrations, statistics.</summary>
    public static readonly RowScope Maintenance = new(Reach: RowReach.Maintenance);

    public static RowScope Of(Guid organizationId) => new(organizationId);
}

/// <summary>How far a connection sees.</summary>
public enum RowReach
{
    /// <summary>Only what the scope names.</summary>
    Own,

    /// <summary>All organizations.</summary>
    Installation,

    /// <summary>All organizations, in the role of the connection string.</summary>
    Maintenance,
}
