namespace Veelocity.Web.Platform.Observability;

/// <summary>How an operator looks into the app (<c>Veelocity:Observability</c>).</summary>
public sealed record ObservabilityOptions
{
    public const string Section = "Veelocity:Observability";

    /// <summary>How log lines are written to standard output.</summary>
    public LogForm Logs { get; init; } = LogForm.Text;

    /// <summary>The bearer token that reads /metrics from elsewhere; without one it is answered on the machine itself alone.</summary>
    public string? MetricsToken { get; init; }
}

/// <summary>How log lines are written.</summary>
public enum LogForm
{
    /// <summary>For people.</summary>
    Text,

    /// <summary>One JSON object a line, with the ids of organization, user and trace.</summary>
    Json,
}
