using System.Diagnostics.Metrics;
using System.Globalization;
using System.Net.Http.Headers;

namespace Veelocity.Web.Connectors.Http;

/// <summary>Tells the metrics what providers said last about the requests or points that are left, each as its own headers name them.</summary>
internal sealed class ProviderBudgetMeter(IMeterFactory meters)
{
    private const string Start = "X-RateLimit-", End = "Remaining", Resource = "X-RateLimit-Resource";

    private readonly Gauge<double> left = meters.Create("Veelocity.Connectors").CreateGauge<double>(
        "veelocity.provider.budget.left", "{unit}", "Requests or points that a provider's last answer left until its limit is lifted.");

    public void Note(string? host, HttpResponseHeaders headers)
    {
        foreach (var (name, values) in headers)
        {
            if (!name.StartsWith(Start, StringComparison.OrdinalIgnoreCase) || !name.EndsWith(End, StringComparison.OrdinalIgnoreCase)) continue;
            if (!double.TryParse(values.FirstOrDefault(), NumberStyles.Float, CultureInfo.InvariantCulture, out var remaining)) continue;
            // X-RateLimit-Requests-Remaining says which budget it is; a plain X-RateLimit-Remaining has another header for that.
            var budget = name.Length > Start.Length + End.Length ? name[Start.Length..^(End.Length + 1)]
                : headers.TryGetValues(Resource, out var resource) ? resource.First() : "requests";
            left.Record(remaining, new("provider", host), new("budget", budget.ToLowerInvariant()));
        }
    }
}
