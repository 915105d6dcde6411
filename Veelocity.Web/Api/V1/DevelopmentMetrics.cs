using Veelocity.Web.Api.Input;
using Veelocity.Web.Metrics;
using Veelocity.Web.Metrics.Development;
using Veelocity.Web.Organizations;
using Veelocity.Web.Platform.Paging;

namespace Veelocity.Web.Api.V1;

/// <summary>The development metrics: review time, cycle time, throughput, by time, repository, team or developer.</summary>
internal static class DevelopmentMetrics
{
    public static void MapDevelopmentMetrics(this RouteGroupBuilder v1)
    {
        var development = v1.MapOrganizationGroup("/metrics/development").WithTags("Development metrics");
        development.MapGet("/pr-review-time", ReviewTimeAsync).Produces<ReviewTimeAnswer>().WithExample(DevelopmentExamples.ReviewTime)
            .WithSummary("Ready for review to first review, and to merge, in seconds; CSV of the groups with Accept: text/csv").OffersCsv();
        development.MapGet("/pr-review-time/items", ReviewTimeItemsAsync).Produces<Page<PullItem>>().WithExample(DevelopmentExamples.Pulls).OffersCsv()
            .WithSummary("The pull requests behind the review times, or left out of them with the reason, newest first");
        development.MapGet("/cycle-time", CycleTimeAsync).Produces<CycleTimeAnswer>().WithExample(DevelopmentExamples.CycleTime)
            .WithSummary("Issue created to its last linked pull request merged, and started to completed, in seconds; CSV of the groups with Accept: text/csv").OffersCsv();
        development.MapGet("/cycle-time/items", CycleTimeItemsAsync).Produces<Page<IssueItem>>().WithExample(DevelopmentExamples.Issues).OffersCsv()
            .WithSummary("The issues behind the cycle times, or left out of them with the reason, newest first; of=linked lists pull requests");
        development.MapGet("/throughput", ThroughputAsync).Produces<ThroughputAnswer>().WithExample(DevelopmentExamples.Throughput)
            .WithSummary("Pull requests merged and issues completed, reverts and the abandon rate; CSV of the groups with Accept: text/csv").OffersCsv();
        development.MapGet("/throughput/items", ThroughputItemsAsync).Produces<Page<PullItem>>().WithExample(DevelopmentExamples.Pulls).OffersCsv()
            .WithSummary("The pull requests that were counted, or left out with the reason, newest first; of=issues lists issues");
    }

    private static async Task<IResult> ReviewTimeAsync(
        [AsParameters] DevelopmentQuery query, [AsParameters] DevelopmentGroupQuery by, CurrentOrganization organization, PeopleSight sight, TimeProvider time,
        HttpRequest request, ReviewTime review, CancellationToken cancellation)
    {
        var (scope, period) = (query.ScopeIn(organization, sight), query.PeriodIn(organization, time.GetUtcNow()));
        var split = by.SplitOf(period, sight);
        var answer = await review.AskAsync(period, scope, cancellation);
        var groups = (await review.GroupsAsync(period, scope, split, cancellation)).Select(ReviewTimeGroup.Of).ToList();
        return request.WantsCsv()
            ? await CsvAnswer.OfAsync(ReviewTimeAnswer.Name, groups, cancellation)
            : Results.Ok(ReviewTimeAnswer.Of(period, answer, groups, await review.FirstReviewSlicesAsync(period, scope, cancellation)));
    }

    private static async Task<IResult> CycleTimeAsync(
        [AsParameters] DevelopmentQuery query, [AsParameters] DevelopmentGroupQuery by, CurrentOrganization organization, PeopleSight sight, TimeProvider time,
        HttpRequest request, CycleTime cycle, CancellationToken cancellation)
    {
        var (scope, period) = (query.ScopeIn(organization, sight), query.PeriodIn(organization, time.GetUtcNow()));
        var split = by.SplitOf(period, sight);
        var answer = await cycle.AskAsync(period, scope, cancellation);
        var groups = (await cycle.GroupsAsync(period, scope, split, cancellation)).Select(CycleTimeGroup.Of).ToList();
        return request.WantsCsv()
            ? await CsvAnswer.OfAsync(CycleTimeAnswer.Name, groups, cancellation)
            : Results.Ok(CycleTimeAnswer.Of(period, answer, groups, await cycle.SlicesAsync(period, scope, cancellation)));
    }

    private static async Task<IResult> ThroughputAsync(
        [AsParameters] DevelopmentQuery query, [AsParameters] DevelopmentGroupQuery by, CurrentOrganization organization, PeopleSight sight, TimeProvider time,
        HttpRequest request, Throughput throughput, CancellationToken cancellation)
    {
        var (scope, period) = (query.ScopeIn(organization, sight), query.PeriodIn(organization, time.GetUtcNow()));
        var split = by.SplitOf(period, sight);
        var answer = await throughput.AskAsync(period, scope, cancellation);
        var groups = (await throughput.GroupsAsync(period, scope, split, cancellation)).Select(ThroughputGroup.Of).ToList();
        return request.WantsCsv() ? await CsvAnswer.OfAsync(ThroughputAnswer.Name, groups, cancellation) : Results.Ok(ThroughputAnswer.Of(period, answer, groups));
    }

    private static Task<IResult> ReviewTimeItemsAsync(
        [AsParameters] DevelopmentQuery query, [AsParameters] ReviewRowsQuery which, [AsParameters] Paging paging, CurrentOrganization organization,
        PeopleSight sight, TimeProvider time, HttpRequest request, WorkLists lists, CancellationToken cancellation) =>
        PullsAsync(which.Set, query, which, paging, organization, sight, time, request, lists, cancellation);

    private static Task<IResult> CycleTimeItemsAsync(
        [AsParameters] DevelopmentQuery query, [AsParameters] CycleRowsQuery which, [AsParameters] Paging paging, CurrentOrganization organization,
        PeopleSight sight, TimeProvider time, HttpRequest request, WorkLists lists, CancellationToken cancellation) => which.IsOfPullRequests
        ? PullsAsync(PullSet.Linked, query, which, paging, organization, sight, time, request, lists, cancellation)
        : IssuesAsync(which.Set, query, which, paging, organization, sight, time, request, lists, cancellation);

    private static Task<IResult> ThroughputItemsAsync(
        [AsParameters] DevelopmentQuery query, [AsParameters] ThroughputRowsQuery which, [AsParameters] Paging paging, CurrentOrganization organization,
        PeopleSight sight, TimeProvider time, HttpRequest request, WorkLists lists, CancellationToken cancellation) => which.IsOfIssues
        ? IssuesAsync(IssueSet.Completed, query, which, paging, organization, sight, time, request, lists, cancellation)
        : PullsAsync(which.Set, query, which, paging, organization, sight, time, request, lists, cancellation);

    private static async Task<IResult> PullsAsync(
        PullSet set, DevelopmentQuery query, DevelopmentRowsQuery which, Paging paging, CurrentOrganization organization, PeopleSight sight, TimeProvider time,
        HttpRequest request, WorkLists lists, CancellationToken cancellation)
    {
        var (scope, period) = (query.ScopeIn(organization, sight), query.PeriodIn(organization, time.GetUtcNow()));
        var wantsCsv = request.WantsCsv();
        var page = await lists.PullsAsync(set, period, scope, WorkOrder.Newest, wantsCsv ? PageRequest.Everything : paging.Request, cancellation, which.Part);
        return wantsCsv ? await CsvAnswer.OfAsync("pull-requests", page.Items.Select(PullRow.Of), cancellation) : Results.Ok(page);
    }

    private static async Task<IResult> IssuesAsync(
        IssueSet set, DevelopmentQuery query, DevelopmentRowsQuery which, Paging paging, CurrentOrganization organization, PeopleSight sight, TimeProvider time,
        HttpRequest request, WorkLists lists, CancellationToken cancellation)
    {
        var (scope, period) = (query.ScopeIn(organization, sight), query.PeriodIn(organization, time.GetUtcNow()));
        var wantsCsv = request.WantsCsv();
        var page = await lists.IssuesAsync(set, period, scope, WorkOrder.Newest, wantsCsv ? PageRequest.Everything : paging.Request, cancellation, which.Part);
        return wantsCsv ? await CsvAnswer.OfAsync("issues", page.Items.Select(IssueRow.Of), cancellation) : Results.Ok(page);
    }
}
