using Veelocity.Web.Metrics.Development;
using Veelocity.Web.Platform.Paging;

namespace Veelocity.Web.Api.V1;

/// <summary>What the development metrics answer, for the API's description.</summary>
internal static class DevelopmentExamples
{
    private static readonly DateOnly First = new(2026, 10, 1), Last = new(2026, 10, 31), Week = new(2026, 10, 5);
    private static readonly DateTimeOffset At = new(2026, 10, 6, 9, 30, 0, TimeSpan.Zero);
    private static readonly SpreadSlice[] Slices = [new(0, 3600, 41), new(3600, 14_400, 63)];

    private static readonly SpreadAnswer Spread = new(198, 9_210, 24_310.5, 9_210, 31_400, 88_300, 170_022.5, new PreviousSpread(187, 10_020, -0.0808));

    public static readonly ReviewTimeAnswer ReviewTime = new(
        ReviewTimeAnswer.Name, First, Last, "Europe/Paris", "seconds", Spread, Spread with { Count = 204, Median = 61_200, P50 = 61_200 }, new ShareAnswer(0.0294, 6, 204), 17,
        [new ReviewTimeGroup("2026-W41", "2026-W41", Week, 44, 8_800, 70_100, 45, 58_000, 201_000, 46, 1, Partial: false)], Slices);

    public static readonly CycleTimeAnswer CycleTime = new(
        CycleTimeAnswer.Name, First, Last, "Europe/Paris", "seconds", Spread with { Count = 61, Median = 512_000, P50 = 512_000 }, Spread with { Count = 70, Median = 201_000, P50 = 201_000 }, 4, 7,
        new ShareAnswer(0.7402, 151, 204), [new CycleTimeGroup("2026-W41", "2026-W41", Week, 14, 498_000, 1_210_000, 16, 188_000, 502_000, Partial: false)], Slices);

    public static readonly ThroughputAnswer Throughput = new(
        ThroughputAnswer.Name, First, Last, "Europe/Paris", "items", 204, 46.06, 74, 16.71, 3, 12, 0.0556, 17, new PreviousThroughput(191, 70, 0.061, 0.0681, 0.0571),
        [new ThroughputGroup("2026-W41", "2026-W41", Week, 46, 16, 1, 2, Partial: false)]);

    public static readonly Page<PullItem> Pulls = new(
        [
            new PullItem
            {
                PullRequestId = new Guid("4f0f5c1e-6f0a-8d3b-9a55-1f1d8c2b7a10"), Repository = "acme/shop", Number = 412, Title = "Show the price with tax",
                Url = "https://github.com/acme/shop/pull/412", Author = "ada", AuthorPersonId = new Guid("c7d0f1c0-53d3-8d0a-9a5e-0f0c8d1a9b21"), CreatedAt = At,
                ReadyAt = At, FirstReviewAt = At.AddHours(2), MergedAt = At.AddHours(20), ClosedAt = At.AddHours(20), At = At.AddHours(2), Seconds = 7200,
            },
        ], 1, 50, 1);

    public static readonly Page<IssueItem> Issues = new(
        [
            new IssueItem
            {
                IssueId = new Guid("9b1d2f44-0c1e-8a77-8f0e-77b1f1a3c001"), Identifier = "ENG-123", Title = "Prices without tax confuse customers",
                Url = "https://linear.app/acme/issue/ENG-123", State = "Done", Assignee = "Ada Lovelace", AssigneePersonId = new Guid("c7d0f1c0-53d3-8d0a-9a5e-0f0c8d1a9b21"),
                CreatedAt = At.AddDays(-4), FirstStartedAt = At.AddDays(-1), LastCompletedAt = At.AddHours(21), DeliveredAt = At.AddHours(20), PullRequests = 2,
                At = At.AddHours(20), Seconds = 417_600,
            },
        ], 1, 50, 1);
}
