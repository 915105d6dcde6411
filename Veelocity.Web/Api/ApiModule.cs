using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Veelocity.Web.Api.Input;
using Veelocity.Web.Api.V1;

namespace Veelocity.Web.Api;

/// <summary>
/// Registers the REST API and maps its resources. A resource is a file <c>V1/Things.cs</c> with <c>internal static void
/// MapThings(this RouteGroupBuilder v1)</c>; what belongs to an organization starts with <c>v1.MapOrganizationGroup("/things")</c>.
/// </summary>
public static class ApiModule
{
    public static IServiceCollection AddApi(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(options =>
        {
            var json = options.SerializerOptions;
            json.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
            json.NumberHandling = JsonNumberHandling.Strict;
            json.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
            json.Converters.Add(new UtcInstant());
            json.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false));
        });
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        // The first writer that can is taken, and the framework's own looks at Accept.
        services.Insert(0, ServiceDescriptor.Singleton<IProblemDetailsWriter, ProblemWriter>());
        services.AddExceptionHandler<ExceptionProblems>();
        services.AddOpenApi("v1", OpenApiText.Configure);
        return services;
    }

    public static void MapApi(this WebApplication app)
    {
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
        app.UseMiddleware<QueryCheck>();
        var v1 = app.MapGroup("/api/v1").AddEndpointFilter<ValidInput>();
        ((IEndpointConventionBuilder)v1).Add(endpoint =>
            endpoint.Metadata.Add(DeclaredQuery.Of(endpoint.Metadata.OfType<MethodInfo>().Single())));
        v1.MapHealth();
        v1.MapAuth();
        v1.MapOrganizations();
        v1.MapConnectors();
        v1.MapGitHubLists();
        v1.MapSyncs();
        v1.MapDoraMetrics();
        v1.MapStabilityMetrics();
        v1.MapBuildMetrics();
        v1.MapDevelopmentMetrics();
        v1.MapDataQuality();
        v1.MapTeams();
        v1.MapMetricDecisions();
        v1.MapMetricRules();
        v1.MapBuildRules();
        v1.MapEnvironmentRules();
        v1.MapPeople();
        v1.MapServices();
        v1.MapTokens();
        v1.MapIncidents();
        v1.MapFlow();
        v1.MapPlanning();
    }
}
