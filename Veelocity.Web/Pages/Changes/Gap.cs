using Veelocity.Web.Metrics.Flow;

namespace Veelocity.Web.Pages.Changes;

/// <summary>The time between two steps of a timeline.</summary>
/// <param name="Stage">The stage it belongs to; null once the change is in production.</param>
/// <param name="Longest">The longest one on the way to production, which the others are drawn against.</param>
/// <param name="IsOpen">It lasts.</param>
/// <param name="IsBeforeCode">Nothing was committed yet.</param>
internal sealed record Gap(double Seconds, ChangeStage? Stage, double Longest, bool IsLongest, bool IsOpen, bool IsBeforeCode = false);
