using Veelocity.Web.Data;
using Veelocity.Web.Linking.Rules;
using Veelocity.Web.Metrics;

namespace Veelocity.Web.Api.V1;

/// <summary>Where deployments are read from; see the body of <c>PUT /services/{id}/source</c>.</summary>
internal sealed record SourceAnswer(
    DeploymentSource Type, string? Name, IReadOnlyList<string> Also, string? Branch, string? Job, string? Workflow, Guid? RepositoryId, IReadOnlyList<string> Paths)
{
    public static SourceAnswer Of(ServiceSource source) =>
        new(source.Source, source.Name, source.Also, source.Branch, source.Job, source.Workflow, source.RepositoryId, source.Paths);
}

/// <param name="Subject">The workflow, version or source it is about.</param>
internal sealed record SourceFindingAnswer(SourceProblem Problem, string Subject, int Count, DateTimeOffset? LastAt);

/// <param name="IsAutomatic">Whether detection may take it.</param>
/// <param name="TakenBy">The other service of the repository that is read from there.</param>
/// <param name="Deployments">In the last 90 days.</param>
/// <param name="LeadSeconds">Median of the changes deployed in the last 90 days; null without any.</param>
internal sealed record SourceChoiceAnswer(
    SourceAnswer Source, string Evidence, bool IsActive, bool IsAutomatic, string? TakenBy, DateTimeOffset? LastAt, int Deployments, double? DeploymentsPerDay,
    int Changes, double? LeadSeconds)
{
    public static SourceChoiceAnswer Of(SourceChoices.Choice choice, Period period, Repository repository)
    {
        var (candidate, leads, deployments) = (choice.Candidate, choice.LeadsIn(period.From, period.To), choice.ReleasesIn(period.From, period.To));
        return new(
            SourceAnswer.Of(candidate.Key), candidate.Evidence, choice.IsActive, candidate.IsAutomatic, choice.TakenBy, candidate.LastAt,
            deployments, deployments / period.ElapsedDays(repository.CreatedAt), leads.Count, leads.Median);
    }
}
