using System.Text.Json.Nodes;

namespace Veelocity.Simulator.Worlds;

/// <summary>A deployment of the Deployments API with its statuses.</summary>
public sealed class Deployment(Repository repository, long id, string sha, string environment, DateTimeOffset createdAt) : INode
{
    /// <summary>Where it lies.</summary>
    public Repository Repository { get; } = repository;

    /// <summary>The database number.</summary>
    public long Id { get; } = id;

    /// <summary>The deployed commit.</summary>
    public string Sha { get; } = sha;

    /// <summary>The environment's name, free text.</summary>
    public string Environment { get; } = environment;

    /// <summary>The name it was made with.</summary>
    public string? OriginalEnvironment { get; set; } = environment;

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; } = createdAt;

    /// <summary>The branch, tag or sha it was made from.</summary>
    public string? Ref { get; set; }

    /// <summary>Usually <c>deploy</c>.</summary>
    public string Task { get; set; } = "deploy";

    /// <summary>Free text.</summary>
    public string? Description { get; set; }

    /// <summary>Anything the deployer attached: an object, a string, nothing.</summary>
    public JsonNode? Payload { get; set; }

    /// <summary>Declared to be what users see.</summary>
    public bool IsProduction { get; set; }

    /// <summary>Declared to go away.</summary>
    public bool IsTransient { get; set; }

    /// <summary>Who made it.</summary>
    public Account? Creator { get; set; }

    /// <summary>Its statuses, oldest first.</summary>
    public List<DeploymentStatus> Statuses { get; } = [];

    /// <summary>The newest status.</summary>
    public DeploymentStatus? Latest => Statuses.Count == 0 ? null : Statuses[^1];

    /// <summary>When it last changed.</summary>
    public DateTimeOffset UpdatedAt => Latest?.CreatedAt ?? CreatedAt;

    /// <inheritdoc />
    public string NodeId => NodeIds.Of("DE", Id);

    /// <summary>Adds a status; the state is REST's, in small letters.</summary>
    public DeploymentStatus Add(string state, DateTimeOffset at, Account? by = null)
    {
        var status = new DeploymentStatus(this, Repository.World.NextId(), state, at) { Creator = by ?? Creator };
        Statuses.Add(status);
        return Repository.World.Register(status);
    }
}

/// <summary>One status of a deployment: queued, in_progress, success, failure, error, inactive, pending or waiting.</summary>
public sealed class DeploymentStatus(Deployment deployment, long id, string state, DateTimeOffset createdAt) : INode
{
    /// <summary>What it is a status of.</summary>
    public Deployment Deployment { get; } = deployment;

    /// <summary>The database number.</summary>
    public long Id { get; } = id;

    /// <summary>The state in small letters.</summary>
    public string State { get; } = state;

    /// <summary>When it was set.</summary>
    public DateTimeOffset CreatedAt { get; } = createdAt;

    /// <summary>Who set it.</summary>
    public Account? Creator { get; set; }

    /// <summary>Free text.</summary>
    public string Description { get; set; } = "";

    /// <summary>Where its log is, such as the run that deployed.</summary>
    public string? LogUrl { get; set; }

    /// <summary>May differ from the deployment's.</summary>
    public string Environment { get; set; } = deployment.Environment;

    /// <inheritdoc />
    public string NodeId => NodeIds.Of("DES", Id);
}

/// <summary>A named environment of a repository.</summary>
public sealed record DeploymentEnvironment(long Id, string Name, DateTimeOffset CreatedAt) : INode
{
    /// <inheritdoc />
    public string NodeId => NodeIds.Of("EN", Id);
}

/// <summary>A release; a draft has no publication time and is seen only by those who may push.</summary>
public sealed class Release(Repository repository, long id, string tagName) : INode
{
    /// <summary>Where it lies.</summary>
    public Repository Repository { get; } = repository;

    /// <summary>The database number.</summary>
    public long Id { get; } = id;

    /// <summary>The tag it names; a draft's may not exist yet.</summary>
    public string TagName { get; } = tagName;

    /// <summary>Its title.</summary>
    public string? Name { get; set; } = tagName;

    /// <summary>What changed.</summary>
    public string? Body { get; set; }

    /// <summary>Not published.</summary>
    public bool IsDraft { get; set; }

    /// <summary>Not for everyone.</summary>
    public bool IsPrerelease { get; set; }

    /// <summary>When the tagged commit or the draft was made.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>When it was published.</summary>
    public DateTimeOffset? PublishedAt { get; set; }

    /// <summary>When its text or state was last edited; null while it never was.</summary>
    public DateTimeOffset? EditedAt { get; set; }

    /// <summary>When it last changed in any way.</summary>
    public DateTimeOffset UpdatedAt => EditedAt ?? PublishedAt ?? CreatedAt;

    /// <summary>Who made it.</summary>
    public Account? Author { get; set; }

    /// <summary>The tagged commit, if the tag exists.</summary>
    public Commit? Commit => Repository.Tags.Find(tag => tag.Name == TagName)?.Commit;

    /// <inheritdoc />
    public string NodeId => NodeIds.Of("RE", Id);
}
