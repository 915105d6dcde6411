namespace Veelocity.Web.Data;

/// <summary>Writes into the audit log what is about to be saved through the same context, so that both are stored together or not at all.</summary>
public static class AuditTrail
{
    /// <param name="subject">What it is done to, as people call it; never a secret.</param>
    /// <param name="detail">What changes, from what to what, in a sentence; null when the action says all.</param>
    /// <param name="subjectId">Its id, where it is something that can be opened.</param>
    public static void Audit(
        this VeelocityDb db, Guid organizationId, AuditAction action, string subject, string? detail, DateTimeOffset now, Guid? subjectId = null) =>
        db.Add(new AuditEntry
        {
            OrganizationId = organizationId,
            At = now,
            ActorUserId = db.Actor.UserId,
            Actor = Cut(db.Actor.Name, AuditEntry.LongestSubject),
            Action = action,
            Subject = Cut(subject, AuditEntry.LongestSubject),
            SubjectId = subjectId,
            Detail = string.IsNullOrEmpty(detail) ? null : Cut(detail, AuditEntry.LongestDetail),
            Channel = db.Actor.Channel,
            Address = db.Actor.Address,
        });

    private static string Cut(string text, int longest) => text.Length <= longest ? text : string.Concat(text.AsSpan(0, longest - 1), "…");
}
