using Veelocity.Web.Data;
using Veelocity.Web.Linking.Rules;
using Veelocity.Web.Linking.Sources;
using Veelocity.Web.Metrics;
using Veelocity.Web.Platform.Formatting;

namespace Veelocity.Web.Pages.Settings;

/// <summary>The sources a service could be read from, with what each would give over the last 90 days.</summary>
/// <param name="MayChoose">Whether to offer the choice.</param>
internal sealed record SourceTable(Guid ServiceId, IReadOnlyList<SourceTable.Row> Rows, string? Coverage, bool MayChoose)
{
    /// <param name="SuccessRate">Of its finished runs; null where nothing can fail.</param>
    /// <param name="LeadSeconds">Median; null without changes.</param>
    public sealed record Row(
        ServiceSource Source, string Title, string? Detail, int Runs, double? SuccessRate, DateTimeOffset? LastAt,
        double? PerDay, int Releases, double? LeadSeconds, int Changes, bool IsActive, bool IsAutomatic, string? TakenBy)
    {
        /// <summary>Tells it from others, as findings name it.</summary>
        public string Key => SourceText.Of(Source);

        public bool IsEstimate => Source.Source == DeploymentSource.MergedPullRequests;
    }

    /// <param name="names">Of the organization's repositories, for sources in others.</param>
    public static SourceTable Of(
        Service service, Repository repository, SourceChoices.Answer answer, Period period, bool mayChoose, IReadOnlyDictionary<Guid, string> names) => new(
        service.Id, [.. answer.Choices.Select(choice => RowOf(choice, repository, period, names))], CoverageOf(service, answer), mayChoose);

    public static Row RowOf(SourceChoices.Choice choice, Repository repository, Period period, IReadOnlyDictionary<Guid, string> names)
    {
        var candidate = choice.Candidate;
        var runs = candidate.Succeeded + candidate.Failed;
        var releases = choice.ReleasesIn(period.From, period.To);
        var leads = choice.LeadsIn(period.From, period.To);
        var canFail = candidate.Source is DeploymentSource.Environment or DeploymentSource.Workflow;
        return new(
            candidate.Key, ServiceWords.Of(candidate.Key), ServiceWords.DetailOf(candidate.Key, candidate.Key.RepositoryId is { } other ? names.GetValueOrDefault(other) : null), runs, canFail && runs > 0 ? (double)candidate.Succeeded / runs : null,
            candidate.LastAt, releases / period.ElapsedDays(repository.CreatedAt), releases, leads.Median, leads.Count,
            choice.IsActive, candidate.IsAutomatic, choice.TakenBy);
    }

    private static string? CoverageOf(Service service, SourceChoices.Answer answer)
    {
        var (all, own, unread) = answer.PullRequests;
        if (own == all && service.PathGlobs.Length == 0) return null;
        var words = $"{Numbers.Count(own)} of {Numbers.Count(all, "pull request")} merged in the last 90 days changed these paths.";
        return unread == 0 ? words : $"{words} The files of {Numbers.Count(unread)} are not read yet; the next sync reads them.";
    }
}
