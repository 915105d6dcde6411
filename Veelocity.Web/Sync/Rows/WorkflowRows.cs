using Veelocity.Web.Connectors;
using Veelocity.Web.Data;

namespace Veelocity.Web.Sync.Rows;

/// <summary>Workflows, their files, every attempt of their runs, and jobs.</summary>
internal sealed class WorkflowRows(RowOwner owner)
{
    public Dictionary<Guid, Workflow> Workflows { get; } = [];
    public Dictionary<Guid, WorkflowFile> Files { get; } = [];
    public Dictionary<Guid, WorkflowRun> Runs { get; } = [];
    public Dictionary<(Guid, long), WorkflowJob> Jobs { get; } = [];

    public void Add(WorkflowFact fact)
    {
        var repositoryId = owner.RepositoryOf(fact.RepositoryExternalId);
        var id = Workflow.IdOf(repositoryId, fact.ExternalId);
        Workflows[id] = new Workflow
        {
            Id = id,
            OrganizationId = owner.OrganizationId,
            RepositoryId = repositoryId,
            ExternalId = fact.ExternalId,
            Name = fact.Name,
            Path = fact.Path,
            State = fact.State,
        };
    }

    public void Add(WorkflowFileFact fact)
    {
        var repositoryId = owner.RepositoryOf(fact.RepositoryExternalId);
        var id = WorkflowFile.IdOf(repositoryId, fact.Path);
        Files[id] = new WorkflowFile
        {
            Id = id,
            OrganizationId = owner.OrganizationId,
            RepositoryId = repositoryId,
            Path = fact.Path,
            Jobs = [.. fact.Jobs.Select(job => new WorkflowJobWords(job.Key, job.Name, [.. job.Words]))],
        };
    }

    public void Add(WorkflowRunFact fact)
    {
        var repositoryId = owner.RepositoryOf(fact.RepositoryExternalId);
        var id = WorkflowRun.IdOf(repositoryId, fact.ExternalId, fact.Attempt);
        var known = Runs.GetValueOrDefault(id);
        Runs[id] = new WorkflowRun
        {
            Id = id,
            OrganizationId = owner.OrganizationId,
            RepositoryId = repositoryId,
            WorkflowId = Workflow.IdOf(repositoryId, fact.WorkflowExternalId),
            ExternalId = fact.ExternalId,
            Attempt = fact.Attempt,
            RunNumber = fact.RunNumber,
            Title = fact.Title,
            Url = fact.Url,
            Event = fact.Event,
            HeadBranch = fact.HeadBranch,
            HeadSha = fact.HeadSha,
            Status = fact.Status,
            Conclusion = fact.Conclusion,
            ActorAccountId = owner.AccountOf(fact.Actor),
            CreatedAt = fact.CreatedAt,
            StartedAt = fact.StartedAt,
            CompletedAt = known?.CompletedAt ?? fact.CompletedAt, // frozen, within one batch too
        };
        foreach (var job in fact.Jobs ?? [])
        {
            Jobs[(id, job.ExternalId)] = new WorkflowJob
            {
                OrganizationId = owner.OrganizationId,
                RunId = id,
                ExternalId = job.ExternalId,
                Name = job.Name,
                Status = job.Status,
                Conclusion = job.Conclusion,
                StartedAt = job.StartedAt,
                CompletedAt = job.CompletedAt,
                FailedStep = job.FailedStep,
            };
        }
    }
}
