using System.Net;

namespace Veelocity.Web.Data;

/// <summary>Who acts through a database context, by which way and from where; the audit log names them.</summary>
public sealed record AuditActor(Guid? UserId, string Name, AuditChannel Channel, IPAddress? Address)
{
    /// <summary>What nobody asked for.</summary>
    public static readonly AuditActor Veelocity = new(null, "Veelocity", AuditChannel.System, null);
}
