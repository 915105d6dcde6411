using System.Text.Json.Nodes;
using Veelocity.Web.Data;

namespace Veelocity.Web.Tests.Recomputed.Answers;

/// <summary>Deployment frequency and lead time (M18, M19, M20).</summary>
internal sealed class DoraAnswers(Recomputation all, Days days)
{
    public JsonObject Frequency(Scope scope, string groupBy)
    {
        var (total, before) = (Count(scope, days.Whole), Count(scope, days.Before));
        var (perDay, perDayBefore) = (total / days.DaysIn(days.Elapsed, FirstData(scope)), before / days.DaysIn(days.Before, FirstData(scope)));
        var released = Released(scope, days.Whole).Select(s => days.DayOf(s.FinishedAt)).Distinct().Count();
        return Wording.Say(new
        {
            Metric = "deployment_frequency",
            StartDate = days.First,
            EndDate = days.Last,
            TimeZone = days.ZoneId,
            Unit = "deployments",
            Total = perDay is null ? null : (int?)total,
            PerDay = perDay,
            PerWeek = perDay * 7,
            DaysWithDeployments = perDay is null ? null : (int?)released,
            Failed = perDay is null ? null : (int?)Failed(scope, days.Whole),
            Band = total < 5 ? null : perDay switch { null => null, >= 1 => "elite", >= 1.0 / 7 => "high", >= 1.0 / 30 => "medium", _ => "low" },
            Previous = new { Total = perDayBefore is null ? null : (int?)before, PerDay = perDayBefore, Change = Sums.Change(perDay, total, perDayBefore, before) },
            Groups = Wording.Say(Groups(scope, groupBy).Select(g => new { g.Key, g.Label, g.Start, Count = Count(g.Scope, g.In), Failed = Failed(g.Scope, g.In), g.Partial })
                .Where(g => g.Start is not null || g.Count + g.Failed > 0)),
        });
    }

    public JsonObject LeadTime(Scope scope, string groupBy)
    {
        var (leads, before) = (Leads(scope, days.Whole), Leads(scope, days.Before));
        var stages = In(scope, days.Whole).Where(d => d.WhyNot is null).Select(d => StagesOf(d, scope)).ToList();
        var waiting = Waiting(scope).ToList();
        return Wording.Say(new
        {
            Metric = "lead_time_for_changes",
            StartDate = days.First,
            EndDate = days.Last,
            TimeZone = days.ZoneId,
            Unit = "seconds",
            leads.Count,
            Median = leads.Percentile(0.5),
            Mean = leads.Mean(),
            P50 = leads.Percentile(0.5),
            P75 = leads.Percentile(0.75),
            P90 = leads.Percentile(0.9),
            P95 = leads.Percentile(0.95),
            Band = leads.Count < 5 || scope.Clock is not null ? null : (leads.Percentile(0.5) / 86_400) switch { < 1 => "elite", < 7 => "high", < 30 => "medium", _ => "low" },
            Previous = new
            {
                before.Count,
                Median = before.Percentile(0.5),
                Change = Sums.Change(leads.Percentile(0.5), leads.Count, before.Percentile(0.5), before.Count),
            },
            Groups = Wording.Say(Groups(scope, groupBy).Select(g => (g, Leads: Leads(g.Scope, g.In))).Where(g => g.g.Start is not null || g.Leads.Count > 0)
                .Select(g => new { g.g.Key, g.g.Label, g.g.Start, g.Leads.Count, Median = g.Leads.Percentile(0.5), P90 = g.Leads.Percentile(0.9), g.g.Partial })),
            Stages = new
            {
                Coding = stages.ConvertAll(s => s[0]).Mean(),
                Pickup = stages.ConvertAll(s => s[1]).Mean(),
                Review = stages.ConvertAll(s => s[2]).Mean(),
                Merge = stages.ConvertAll(s => s[3]).Mean(),
                Deploy = stages.ConvertAll(s => s[4]).Mean(),
            },
            LeftOut = Wording.Say(In(scope, days.Whole).Where(d => d.WhyNot is not null).GroupBy(d => d.WhyNot!).Select(g => new { Reason = g.Key, Count = g.Count() })),
            Waiting = new { waiting.Count, OldestMergedAt = waiting.Min(p => p.MergedAt) },
        });
    }

    /// <summary>The counts of a histogram, by the slices that an answer has.</summary>
    public JsonArray Distribution(Scope scope, JsonArray slices)
    {
        var leads = Leads(scope, days.Whole);
        return Wording.Say(slices.Select(slice => (From: slice!["from"]!.GetValue<double>(), To: slice["to"]?.GetValue<double>()))
            .Select(slice => new { slice.From, slice.To, Count = leads.Count(lead => lead >= slice.From && !(lead >= slice.To)) }));
    }

    public IEnumerable<Shipment> Released(Scope scope, Stretch stretch) =>
        all.Shipments.Where(s => s.Counts && scope.Holds(s) && stretch.Holds(s.FinishedAt));

    /// <summary>First deployments, one for each pull request: in the scope, another service may have been later.</summary>
    public IEnumerable<Delivery> In(Scope scope, Stretch stretch) =>
        all.Delivered.Where(d => scope.Holds(d.By)).GroupBy(d => d.Pull).Select(same => same.MinBy(d => d.At)!).Where(d => stretch.Holds(d.At));

    /// <summary>Merged and not deployed where the scope looks.</summary>
    public IEnumerable<PullRequest> Waiting(Scope scope)
    {
        var services = all.World.Services.Where(s => scope.Holds(s))
            .Where(s => scope.Environment is null || all.Shipments.Exists(d => d.Service == s && d.Environment == scope.Environment)).ToList();
        var deployed = all.Delivered.Where(d => services.Contains(d.By.Service) && d.By.Place == PlaceOf(scope)).Select(d => d.Pull).ToHashSet();
        return services.SelectMany(all.PullsOf).Distinct().Where(p => all.WhyNot(p) is null && !deployed.Contains(p));
    }

    /// <summary>The earliest creation of a repository that is asked about (M5).</summary>
    public DateTimeOffset? FirstData(Scope scope) =>
        all.World.Services.Where(s => scope.Holds(s)).Select(s => (DateTimeOffset?)all.World.RepositoryOf(s.RepositoryId).CreatedAt).Min();

    /// <summary>The parts of an answer by time, repository, service or team.</summary>
    public IEnumerable<(string Key, string Label, DateOnly? Start, Scope Scope, Stretch In, bool Partial)> Groups(Scope scope, string groupBy) => groupBy switch
    {
        "repo" => Parts(Scopes.ByRepository(all.World, scope)),
        "service" => Parts(Scopes.ByService(all.World, scope)),
        "team" => Parts(Scopes.ByTeam(all.World, scope)),
        _ => days.Buckets(groupBy).Select(b => (b.Key, b.Key, (DateOnly?)b.Start, scope, b.Stretch, b.IsPartial)),
    };

    private IEnumerable<(string, string, DateOnly?, Scope, Stretch, bool)> Parts(IEnumerable<ScopePart> parts) =>
        parts.Select(part => (part.Key, part.Label, (DateOnly?)null, part.Scope, days.Whole, false));

    // Environments that are one production are one place.
    private string PlaceOf(Scope scope) =>
        scope.Environment is null || all.Shipments.Exists(s => s.IsProduction && s.Environment == scope.Environment) ? "" : scope.Environment;

    private int Count(Scope scope, Stretch stretch) => Released(scope, stretch).Count();

    private int Failed(Scope scope, Stretch stretch) =>
        all.Shipments.Count(s => !s.HasSucceeded && !s.IsExcluded && scope.Holds(s) && stretch.Holds(s.FinishedAt));

    private List<double> Leads(Scope scope, Stretch stretch) => [.. In(scope, stretch).Where(d => d.WhyNot is null).Select(d => scope.Seconds(d.At.AddSeconds(-d.Lead), d.At))];

    // One after the other, until the deployment.
    private static double[] StagesOf(Delivery delivery, Scope scope)
    {
        var stages = new[] { delivery.Coding, delivery.Pickup ?? 0, delivery.Review ?? 0, delivery.Merge, delivery.Deploy };
        var end = delivery.At;
        for (var i = stages.Length - 1; i >= 0; i--)
        {
            var start = end.AddSeconds(-stages[i]);
            (stages[i], end) = (scope.Seconds(start, end), start);
        }
        return stages;
    }
}
