namespace Veelocity.Web.Metrics;

/// <summary>Which services a filter narrows to, by itself or by its team.</summary>
/// <param name="Ids">Null for all.</param>
/// <param name="WithUnknown">Also what is of no known service.</param>
internal sealed record ServiceChoice(Guid[]? Ids, bool WithUnknown = false)
{
    public static readonly ServiceChoice All = new(Ids: null);

    public static ServiceChoice Of(Filter filter, IReadOnlySet<Guid> services) => filter.ServiceId is { } one
        ? new(services.Contains(one) ? [one] : [])
        : new([.. services], WithUnknown: filter.TeamId == Filter.NoTeam);
}
