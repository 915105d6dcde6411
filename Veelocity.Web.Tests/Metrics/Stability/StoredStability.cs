using Veelocity.Web.Data;
using Veelocity.Web.Metrics;

namespace Veelocity.Web.Tests.Metrics.Stability;

/// <summary>A random history in the tables, with the filter that it asks by; another organization has all of it twice, with other numbers.</summary>
internal sealed record StoredStability(MeasuredData Data, Period Period, Filter Filter, SlowOracle Oracle)
{
    public static async Task<StoredStability> StoreAsync(MetricsDatabase database, StabilityHistory history)
    {
        var data = MeasuredData.In(database, history.ZoneId);
        data.Now = history.Now;
        Guid? service = null;
        data.Put((owner, rows, next, factor) =>
        {
            var services = new[] { "one", "two" }.SelectMany(name => ServicesOf(owner, rows, name, factor)).ToList();
            if (factor == 1) service = services[1].Id;
            var releases = history.Releases.Select(release => Row(owner.Id, services[release.Service], next(), history, release)).ToList();
            rows.AddRange(releases);
            foreach (var told in history.Incidents)
            {
                var incident = new Incident
                {
                    OrganizationId = owner.Id,
                    Title = "Something broke",
                    Severity = told.Severity,
                    StartedAt = history.At(told.Minutes),
                    ServiceId = told.Affected is { } place ? services[place].Id : null,
                    LeftOut = told.IsLeftOut ? LeftOut.ByPerson : null,
                };
                if (told.Lasted is { } minutes) incident.Resolve(incident.StartedAt.AddMinutes(minutes * factor));
                if (told.Brought is { } brought && releases.Count > 0) incident.LinkByHand(releases[brought % releases.Count].Id, Guid.Empty, incident.StartedAt);
                rows.Add(incident);
            }
        });
        await data.SaveAsync();

        var last = history.FirstDay.AddDays(history.Days - 1);
        return new(
            data,
            new Period(history.FirstDay, last, data.Zone, history.Now),
            history.Asked switch
            {
                Cut.OneRepository => data.Only("one"),
                Cut.OneService => data.Filter with { ServiceId = service },
                _ => data.Filter,
            },
            new SlowOracle(data.Zone, history.FirstDay, last, history.Now));
    }

    /// <summary>Whether the filter lets a service through.</summary>
    public static bool IsAsked(StabilityHistory history, int? service) => history.Asked switch
    {
        Cut.OneRepository => service is 0 or 1,
        Cut.OneService => service is 1,
        _ => true,
    };

    // The repository's own service and a second one, as a monorepo has them.
    private static Service[] ServicesOf(Owner owner, List<object> rows, string name, double factor)
    {
        owner.AddRepository(rows, name, MeasuredData.Long);
        var first = rows.OfType<Service>().Single(s => s.OrganizationId == owner.Id && s.Name == name);
        var second = new Service { Id = Guid.CreateVersion7(), OrganizationId = owner.Id, RepositoryId = first.RepositoryId, Name = $"part of {name} {factor}" };
        rows.Add(second);
        return [first, second];
    }

    private static Deployment Row(Guid organization, Service service, int number, StabilityHistory history, RandomRelease told) => new()
    {
        Id = Guid.CreateVersion7(),
        OrganizationId = organization,
        RepositoryId = service.RepositoryId,
        ServiceId = service.Id,
        SourceKey = $"deployment {number}",
        Environment = told.IsProduction ? "production" : "staging",
        IsProduction = told.IsProduction,
        Sha = $"{number:x8}",
        Title = $"Deployment {number}",
        Url = $"https://github.example/deployments/{number}",
        Outcome = told.HasFailed ? DeploymentOutcome.Failed : DeploymentOutcome.Succeeded,
        StartedAt = history.At(told.Minutes).AddMinutes(-5),
        FinishedAt = history.At(told.Minutes),
        IsRelease = !told.HasFailed && !told.IsRepeat,
        IsRollback = told.IsRollback && !told.HasFailed && !told.IsRepeat,
        FailedBy = told.FailedBy,
        Rework = told.Rework,
        LeftOut = told.IsLeftOut ? LeftOut.ByPerson : null,
        Contents = DeploymentContents.Ancestry,
    };
}
