using Veelocity.Web.Data;

namespace Veelocity.Web.Linking.Reverts;

/// <summary>Joins reverts with the deployments that contain them and what they reverted, service by service (M21, M24).</summary>
internal sealed class RevertRows
{
    private readonly IReadOnlyList<ServiceLinks> _services;

    private RevertRows(IReadOnlyList<ServiceLinks> services) => _services = services;

    public static IEnumerable<Revert> Of(IEnumerable<FoundRevert> reverts, IEnumerable<(Service Service, DeploymentRows Rows)> services)
    {
        List<ServiceLinks> links = [.. services.Select(s => new ServiceLinks(s.Service, s.Rows))];
        return links.Count == 0 ? [] : reverts.SelectMany(new RevertRows(links).RowsOf);
    }

    private IEnumerable<Revert> RowsOf(FoundRevert found)
    {
        List<Revert> rows = [.. found.Targets.SelectMany(target => _services.Select(service => RowOf(found, target, service))).OfType<Revert>()];
        if (rows.Count > 0) return rows;
        var first = _services.Select(service => (Service: service, At: service.DeploymentOf(found.Revert, isWhole: false))).FirstOrDefault(d => d.At is not null);
        IReadOnlyList<RevertedChange?> targets = found.Targets.Count > 0 ? [.. found.Targets] : [null];
        return targets.Select(target => Row(found, target, first.Service ?? _services[0], first.At?.Id, null));
    }

    private static Revert? RowOf(FoundRevert found, RevertedChange target, ServiceLinks service)
    {
        if (service.DeploymentOf(target, isWhole: true) is not { } reverted) return null;
        var isAfterwards = reverted.At < found.At;
        return Row(found, target, service, service.DeploymentOf(found.Revert, isWhole: false)?.Id, isAfterwards ? reverted.Id : null);
    }

    private static Revert Row(FoundRevert found, RevertedChange? target, ServiceLinks service, Guid? deploymentId, Guid? revertedDeploymentId) => new()
    {
        Id = StableId.From(service.Service.Id, "revert", $"{found.Revert.Key} {target?.Key}"),
        OrganizationId = service.Service.OrganizationId,
        RepositoryId = service.Service.RepositoryId,
        PullRequestId = found.Revert.PullRequestId,
        CommitSha = found.Revert.Sha,
        RevertedPullRequestId = target?.PullRequestId,
        RevertedSha = target?.Sha,
        MergedAt = found.At,
        DeploymentId = deploymentId,
        RevertedDeploymentId = revertedDeploymentId,
    };

    /// <summary>One service's deployments, by what they contain.</summary>
    private sealed class ServiceLinks(Service service, DeploymentRows rows)
    {
        private readonly Dictionary<Guid, DeployedChange> _changes = rows.Changes.ToDictionary(c => c.PullRequestId);

        public Service Service => service;

        /// <param name="isWhole">A direct push counts only where the service is the whole repository: nobody knows its files.</param>
        public (Guid Id, DateTimeOffset At)? DeploymentOf(RevertedChange change, bool isWhole)
        {
            if (change.PullRequestId is { } pull) return _changes.TryGetValue(pull, out var row) ? (row.DeploymentId, row.DeployedAt) : null;
            return isWhole && service.PathGlobs.Length > 0 ? null : rows.FirstWith(change.Sha!);
        }
    }
}
