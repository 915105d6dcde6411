using Microsoft.Extensions.Options;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Veelocity.Web.Platform.Observability;

/// <summary>Registers what an operator sees of the app: logs, metrics for Prometheus, traces, and the probes of an orchestrator.</summary>
public static class ObservabilityModule
{
    /// <summary>The prefix of our own meters and activity sources.</summary>
    private const string Own = "Veelocity.*";

    // The convention of OpenTelemetry; the exporter reads the rest of its settings from variables beside it.
    private const string TraceEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private static readonly PathString Metrics = "/metrics";

    private static readonly string[] FrameworkMeters =
        ["Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.RateLimiting", "System.Net.Http", "System.Runtime", "Npgsql"];

    public static void AddObservability(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<ObservabilityOptions>().BindConfiguration(ObservabilityOptions.Section).ValidateOnStart();
        if (builder.Configuration.GetSection(ObservabilityOptions.Section).Get<ObservabilityOptions>()?.Logs == LogForm.Json)
        {
            builder.Logging.AddJsonConsole(console =>
            {
                console.IncludeScopes = true;
                console.UseUtcTimestamp = true;
                console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
            });
        }
        services.AddHealthChecks();
        var telemetry = services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("veelocity", serviceVersion: AppVersion.Text))
            .WithMetrics(metrics => metrics.AddMeter(Own).AddMeter(FrameworkMeters).AddPrometheusExporter());
        if (string.IsNullOrWhiteSpace(builder.Configuration[TraceEndpoint])) return;
        telemetry.WithTracing(traces => traces
            .AddSource(Own).AddSource("Npgsql")
            .AddAspNetCoreInstrumentation(requests => requests.Filter = context => !IsProbe(context.Request.Path))
            .AddHttpClientInstrumentation()
            .AddOtlpExporter());
    }

    /// <summary>/metrics, to those who may read it; to all others there is no such page.</summary>
    public static void UseMetrics(this WebApplication app)
    {
        var token = app.Services.GetRequiredService<IOptions<ObservabilityOptions>>().Value.MetricsToken;
        app.Use((context, next) =>
        {
            if (context.Request.Path != Metrics || ScrapeAccess.IsGranted(context, token)) return next(context);
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });
        app.UseOpenTelemetryPrometheusScrapingEndpoint(context => context.Request.Path == Metrics);
    }

    /// <summary>/healthz, whether to leave the process running, and /readyz, whether to send it requests.</summary>
    public static void MapProbes(this WebApplication app)
    {
        Map("/healthz", Probe.Alive);
        Map("/readyz", Probe.Ready);

        void Map(string path, string tag) => app.MapHealthChecks(path, Probe.Of(tag)).AllowAnonymous().ExcludeFromDescription();
    }

    private static bool IsProbe(PathString path) => path == Metrics || path == "/healthz" || path == "/readyz";
}
