namespace Veelocity.E2E.Stage;

/// <summary>How long something may take before a journey gives it up: only a failure waits that long, so a busy machine has plenty.</summary>
internal static class Patience
{
    public static readonly TimeSpan Most = TimeSpan.FromMinutes(3);
}
