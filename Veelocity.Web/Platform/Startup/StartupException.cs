namespace Veelocity.Web.Platform.Startup;

/// <summary>Why the app cannot start, in one sentence for the person who started it: what is missing and how to mend it.</summary>
public sealed class StartupException : Exception
{
    public StartupException(string message) : base(message) { }

    public StartupException(string message, Exception inner) : base(message, inner) { }
}
