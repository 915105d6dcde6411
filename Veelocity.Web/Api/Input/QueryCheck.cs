using Veelocity.Web.Platform.Csv;

namespace Veelocity.Web.Api.Input;

/// <summary>
/// Checks the query of each operation before it is bound: unknown and repeated parameters, values of another type, and
/// ids of nothing are a 422 that names them all. A format that the operation doesn't offer is a 406.
/// </summary>
internal sealed class QueryCheck(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var metadata = context.GetEndpoint()?.Metadata;
        if (metadata?.GetMetadata<DeclaredQuery>() is not { } declared)
        {
            await next(context);
            return;
        }
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        foreach (var (name, values) in context.Request.Query)
        {
            if (await ProblemAsync(declared, name, values, context) is { } problem) errors[name] = [problem];
        }
        if (errors.Count > 0) await Problems.Invalid(errors).ExecuteAsync(context);
        else if (metadata.GetMetadata<OffersCsv>() is null && context.Request.TakesOnlyCsv())
            context.Response.StatusCode = StatusCodes.Status406NotAcceptable;
        else await next(context);
    }

    private static async Task<string?> ProblemAsync(
        DeclaredQuery declared, string name, Microsoft.Extensions.Primitives.StringValues values, HttpContext context)
    {
        if (!declared.Parameters.TryGetValue(name, out var parameter))
        {
            var known = string.Join(", ", declared.Parameters.Keys.Order(StringComparer.Ordinal));
            return known.Length == 0 ? "This operation takes no parameters." : $"Unknown parameter. This operation takes {known}.";
        }
        if (Expected.ElementOf(parameter.Type) is { } element)
            return values.All(each => each is not null && Expected.Takes(element, each)) ? null : Expected.WordsFor(element);
        if (values is not [{ } value]) return "Send it once.";
        if (!Expected.Takes(parameter.Type, value)) return Expected.WordsFor(parameter.Type);
        if (parameter.Reference is not { } reference) return null;
        return value.Length == 0
            ? "Give a value."
            : await reference.ProblemAsync(value, context.RequestServices, context.RequestAborted);
    }
}

/// <summary>Endpoint metadata: the operation also answers CSV.</summary>
internal sealed record OffersCsv;

internal static class OffersCsvConvention
{
    public const string MediaType = CsvFile.MediaType;

    public static RouteHandlerBuilder OffersCsv(this RouteHandlerBuilder endpoint) =>
        endpoint.WithMetadata(new OffersCsv());
}
