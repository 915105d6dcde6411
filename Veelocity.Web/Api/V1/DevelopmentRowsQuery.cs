using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Veelocity.Web.Metrics.Development;

namespace Veelocity.Web.Api.V1;

/// <summary>Which rows behind a development metric are asked for.</summary>
internal abstract record DevelopmentRowsQuery : PartQuery
{
    public WorkPart Part => IsLeftOut ? WorkPart.Others : WorkPart.Whole;
}

internal sealed record ReviewRowsQuery : DevelopmentRowsQuery
{
    private const string Merge = "merge", WithoutReview = "without_review";

    /// <summary>Of the metric's values, whose rows.</summary>
    [FromQuery(Name = "of")]
    [AllowedValues(null, "first_review", Merge, WithoutReview,
        ErrorMessage = "Choose first_review, merge or without_review.")]
    public string? Of { get; init; }

    public PullSet Set =>
        Of switch { Merge => PullSet.MergeTimed, WithoutReview => PullSet.WithoutReview, _ => PullSet.Reviewed };
}

internal sealed record CycleRowsQuery : DevelopmentRowsQuery
{
    private const string Worked = "worked", Linked = "linked";

    /// <summary>Of the metric's values, whose rows.</summary>
    [FromQuery(Name = "of")]
    [AllowedValues(null, "delivered", Worked, Linked, ErrorMessage = "Choose delivered, worked or linked.")]
    public string? Of { get; init; }

    /// <summary>Pull requests; else issues.</summary>
    public bool IsOfPullRequests => Of == Linked;

    public IssueSet Set => Of == Worked ? IssueSet.Worked : IssueSet.Delivered;
}

internal sealed record ThroughputRowsQuery : DevelopmentRowsQuery
{
    private const string Issues = "issues", Abandoned = "abandoned", Reverts = "reverts";

    /// <summary>Of the metric's values, whose rows.</summary>
    [FromQuery(Name = "of")]
    [AllowedValues(null, "pull_requests", Issues, Abandoned, Reverts,
        ErrorMessage = "Choose pull_requests, issues, abandoned or reverts.")]
    public string? Of { get; init; }

    /// <summary>Issues; else pull requests.</summary>
    public bool IsOfIssues => Of == Issues;

    public PullSet Set => Of switch { Abandoned => PullSet.Abandoned, Reverts => PullSet.Reverts, _ => PullSet.Merged };
}
