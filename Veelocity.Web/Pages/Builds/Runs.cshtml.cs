using Microsoft.AspNetCore.Mvc;
using Veelocity.Web.Data;
using Veelocity.Web.Metrics.Builds;
using Veelocity.Web.Pages.Shared;
using Veelocity.Web.Platform.Paging;

namespace Veelocity.Web.Pages.Builds;

/// <summary>Every attempt of the builds in a period, or only those that failed, were flaky, or failed at one place.</summary>
internal sealed class RunsModel(PageFilterReader filters, VeelocityDb db, BuildItems items) : BuildsPage(filters, db)
{
    public static readonly IReadOnlyList<(string? Key, string Name)> Choices = [(null, "All"), ("failed", "Failed"), ("flaky", "Flaky")];

    public string? Show { get; private set; }
    public BuildFailures.Cause? Cause { get; private set; }
    public Page<BuildItems.Item> Builds { get; private set; } = null!;

    public Pager Pager => new(Builds.Number, Builds.PerPage, Builds.LastNumber, Builds.Total, "build",
        page => Address(List, [("show", Show), .. OfCause(), ("page", page > 1 ? $"{page}" : null)]), Address(List, [("show", Show), .. OfCause(), ("format", "csv")]));

    protected override async Task<IActionResult> AnswerAsync(CancellationToken cancellation)
    {
        Show = Choices.FirstOrDefault(choice => choice.Key == Request.Query["show"].ToString()).Key;
        if (Shared.Why.Parse<BuildFailure>(Request.Query["failure"]) is { } failure) Cause = new(failure, Text("job"), Text("step"), 0, 0);
        var set = Show switch { "failed" => BuildItems.Set.Failed, "flaky" => BuildItems.Set.Flaky, _ => BuildItems.Set.All };
        Builds = await items.AskAsync(
            Chosen.Period, Chosen.Filter, new(set, Platform, Cause: Cause), WantsCsv ? PageRequest.Everything : new PageRequest(PageNumber), cancellation);
        return WantsCsv ? await CsvAsync($"builds-{Chosen.Slug}", Builds.Items.Select(BuildRow.Of), cancellation) : Page();
    }

    private IEnumerable<(string, string?)> OfCause() =>
        Cause is null ? [] : [("failure", Shared.Why.KeyOf(Cause.Failure)), ("job", Cause.Job), ("step", Cause.Step)];

    private string? Text(string key) => Request.Query[key].ToString() is { Length: > 0 } text ? text : null;
}
