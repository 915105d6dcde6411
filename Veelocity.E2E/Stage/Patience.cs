namespace Veelocity.E2E.Stage;

/// <summary>How long something may take. Only a failure waits that long, so a busy machine has plenty.</summary>
internal static class Patience
{
    /// <summary>One step: a page, a click, an expected text.</summary>
    public static readonly TimeSpan Most = TimeSpan.FromMinutes(2);

    /// <summary>A journey from start to end, whatever it waits for.</summary>
    public static readonly TimeSpan Journey = TimeSpan.FromMinutes(5);

    /// <summary>What is asked about a failure that is known already.</summary>
    public static readonly TimeSpan Autopsy = TimeSpan.FromSeconds(15);
}
