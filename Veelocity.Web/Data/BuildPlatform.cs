namespace Veelocity.Web.Data;

/// <summary>What a mobile build is for.</summary>
public enum BuildPlatform
{
    Ios,
    Android,
}

/// <summary>What a workflow builds.</summary>
public enum MobilePlatforms
{
    /// <summary>It is no mobile build.</summary>
    None,
    Ios,
    Android,
    Both,
}

/// <summary>What came of an attempt of a build (M32).</summary>
public enum BuildOutcome
{
    Succeeded,
    Failed,
    Cancelled,

    /// <summary>It was skipped, or ended without a verdict: nothing was built.</summary>
    Skipped,

    /// <summary>It has not ended yet.</summary>
    Running,
}

/// <summary>How a build failed.</summary>
public enum BuildFailure
{
    /// <summary>A step of a job said so.</summary>
    Step,
    TimedOut,

    /// <summary>It never got as far as a job.</summary>
    Startup,
}
