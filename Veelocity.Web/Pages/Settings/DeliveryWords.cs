using Veelocity.Web.Data;

namespace Veelocity.Web.Pages.Settings;

/// <summary>How a webhook delivery is spoken of.</summary>
internal static class DeliveryWords
{
    public static (string Name, string Tone) State(WebhookDelivery delivery) => delivery switch
    {
        { Outcome: DeliveryOutcome.Failed } => ("Failed", "pill-bad"),
        { Event: "ping", Outcome: not null } => ("Connected", "pill-good"),
        { Outcome: DeliveryOutcome.Ignored } => ("Not used", ""),
        { Outcome: DeliveryOutcome.Unchanged } => ("Nothing new", ""),
        { AppliedAt: not null, ChangedRows: 0 } => ("Nothing new", ""),
        { AppliedAt: not null } => ("Read", "pill-good"),
        { ParkedUntil: not null } => ("Waiting for the rate limit", "pill-caution"),
        { Attempts: > 0 } => ("Trying again", "pill-caution"),
        _ => ("Waiting", ""),
    };

    /// <summary>From its arrival until its news were in the tables; null before.</summary>
    public static double? TookSeconds(WebhookDelivery delivery) => (delivery.AppliedAt - delivery.ReceivedAt)?.TotalSeconds;
}
