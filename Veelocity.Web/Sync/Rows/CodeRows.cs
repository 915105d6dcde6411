using Veelocity.Web.Connectors;
using Veelocity.Web.Data;

namespace Veelocity.Web.Sync.Rows;

/// <summary>Repositories, the commits of their history, releases and tags.</summary>
internal sealed class CodeRows(RowOwner owner)
{
    public Dictionary<Guid, Repository> Repositories { get; } = [];
    public Dictionary<(Guid, string), Commit> Commits { get; } = [];
    public Dictionary<Guid, Release> Releases { get; } = [];
    public Dictionary<(Guid, string), GitTag> Tags { get; } = [];

    public void Add(RepositoryFact fact)
    {
        var id = Repository.IdOf(owner.OrganizationId, fact.ExternalId);
        Repositories[id] = new Repository
        {
            Id = id,
            OrganizationId = owner.OrganizationId,
            ConnectionId = owner.ConnectionId,
            ExternalId = fact.ExternalId,
            NodeId = fact.NodeId,
            FullName = fact.FullName,
            Url = fact.Url,
            DefaultBranch = fact.DefaultBranch,
            IsPrivate = fact.IsPrivate,
            IsArchived = fact.IsArchived,
            IsFork = fact.IsFork,
            CreatedAt = fact.CreatedAt,
            PushedAt = fact.PushedAt,
        };
    }

    public void Add(CommitFact fact)
    {
        var repositoryId = owner.RepositoryOf(fact.RepositoryExternalId);
        Commits[(repositoryId, fact.Sha)] = new Commit
        {
            OrganizationId = owner.OrganizationId,
            RepositoryId = repositoryId,
            Sha = fact.Sha,
            Headline = fact.Headline,
            AuthoredAt = fact.AuthoredAt,
            CommittedAt = fact.CommittedAt,
            ParentShas = [.. fact.ParentShas],
            NamedReverts = RevertText.Read(fact.Headline, null, fact.Body, ""),
            AuthorAccountId = owner.AccountOf(fact.Author),
            AuthorName = fact.AuthorName,
            AuthorEmail = fact.AuthorEmail,
        };
    }

    public void Add(ReleaseFact fact)
    {
        var repositoryId = owner.RepositoryOf(fact.RepositoryExternalId);
        var id = Release.IdOf(repositoryId, fact.ExternalId);
        Releases[id] = new Release
        {
            Id = id,
            OrganizationId = owner.OrganizationId,
            RepositoryId = repositoryId,
            ExternalId = fact.ExternalId,
            Tag = fact.Tag,
            Name = fact.Name,
            Url = fact.Url,
            Sha = fact.Sha,
            IsDraft = fact.IsDraft,
            IsPrerelease = fact.IsPrerelease,
            PublishedAt = fact.PublishedAt,
        };
    }

    public void Add(TagFact fact)
    {
        var repositoryId = owner.RepositoryOf(fact.RepositoryExternalId);
        Tags[(repositoryId, fact.Name)] = new GitTag
        {
            OrganizationId = owner.OrganizationId,
            RepositoryId = repositoryId,
            Name = fact.Name,
            Sha = fact.Sha,
            TaggedAt = fact.TaggedAt,
            CommittedAt = fact.CommittedAt,
        };
    }
}
