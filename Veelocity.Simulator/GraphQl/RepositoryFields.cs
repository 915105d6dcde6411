using GraphQL;
using GraphQL.Utilities;
using Veelocity.Simulator.Worlds;

namespace Veelocity.Simulator.GraphQl;

/// <summary>A branch or tag under its full name.</summary>
internal sealed record Ref(Repository Repository, string Prefix, string Name, INode Target)
{
    public const string Heads = "refs/heads/";
    public const string Tags = "refs/tags/";

    public Commit Commit => Target as Commit ?? ((Tag)Target).Commit;

    public static Ref? Branch(Repository repository, string? name) =>
        name is not null && repository.Branches.TryGetValue(name, out var head) ? new Ref(repository, Heads, name, head) : null;

    public static Ref Of(Repository repository, Tag tag) => new(repository, Tags, tag.Name, tag.Tagger is null ? tag.Commit : tag);

    public static Ref? Find(Repository repository, string name) =>
        name.StartsWith(Tags, StringComparison.Ordinal) ? TagNamed(repository, name[Tags.Length..])
        : name.StartsWith(Heads, StringComparison.Ordinal) ? Branch(repository, name[Heads.Length..])
        : Branch(repository, name) ?? TagNamed(repository, name);

    private static Ref? TagNamed(Repository repository, string name) => repository.Tags.Find(tag => tag.Name == name) is { } tag ? Of(repository, tag) : null;
}

/// <summary>Repositories and their refs.</summary>
internal static class RepositoryFields
{
    public static void Define(TypeSettings types)
    {
        types.Of<Repository>("Repository")
            .Field("id", repository => repository.NodeId)
            .Field("databaseId", repository => repository.Id)
            .Field("name", repository => repository.Name)
            .Field("nameWithOwner", repository => repository.FullName)
            .Field("owner", repository => repository.Owner)
            .Field("description", repository => repository.Description)
            .Field("createdAt", repository => repository.CreatedAt)
            .Field("updatedAt", repository => repository.UpdatedAt)
            .Field("pushedAt", repository => repository.PushedAt)
            .Field("isArchived", repository => repository.IsArchived)
            .Field("isDisabled", _ => false)
            .Field("isEmpty", repository => repository.Head is null)
            .Field("isFork", repository => repository.IsFork)
            .Field("isPrivate", repository => repository.IsPrivate)
            .Field("primaryLanguage", repository => repository.PrimaryLanguage)
            .Field("defaultBranchRef", repository => Ref.Branch(repository, repository.DefaultBranchName))
            .Field("url", (repository, context) => $"{GraphCall.Of(context).WebUrl}/{repository.FullName}")
            .Field("object", Object)
            .Field("ref", (repository, context) => Ref.Find(repository, context.GetArgument<string>("qualifiedName")))
            .Field("refs", Refs)
            .Field("pullRequest", (repository, context) => PullRequest(repository, context.GetArgument<int>("number")))
            .Field("pullRequests", PullRequests)
            .Field("deployments", Deployments)
            .Connection("environments", repository => repository.Environments)
            .Field("release", (repository, context) => repository.Releases.Find(release => release.TagName == context.GetArgument<string>("tagName")))
            .Field("releases", (repository, context) => Page.Sorted(
                repository.Releases, release => release.CreatedAt.UtcTicks, release => release.Id, Order.From(context, "CREATED_AT").Descending, context));

        types.Of<string>("Language").Field("id", name => "LAN_" + name).Field("name", name => name).Field("color", _ => null);

        types.Of<Ref>("Ref")
            .Field("id", reference => $"REF_{reference.Repository.Id}_{reference.Prefix}{reference.Name}")
            .Field("name", reference => reference.Name)
            .Field("prefix", reference => reference.Prefix)
            .Field("repository", reference => reference.Repository)
            .Field("target", reference => reference.Target);
    }

    private static PullRequest PullRequest(Repository repository, int number) =>
        repository.FindPullRequest(number) ?? throw new GitHubError("NOT_FOUND", $"Could not resolve to a PullRequest with the number of {number}.");

    private static Page PullRequests(Repository repository, IResolveFieldContext context)
    {
        IEnumerable<PullRequest> found = repository.PullRequests;
        if (context.GetArgument<List<string>?>("states") is { Count: > 0 } states)
            found = found.Where(pull => states.Contains(pull.State, StringComparer.Ordinal));
        if (context.GetArgument<string?>("baseRefName") is { } baseRef)
            found = found.Where(pull => pull.BaseRef == baseRef);
        if (context.GetArgument<string?>("headRefName") is { } headRef)
            found = found.Where(pull => pull.HeadRef == headRef);
        var (field, descending) = Order.From(context, "CREATED_AT");
        return Page.Sorted(
            found,
            pull => field switch { "UPDATED_AT" => pull.UpdatedAt.UtcTicks, "COMMENTS" => pull.Comments.Count, _ => pull.CreatedAt.UtcTicks },
            pull => pull.Number,
            descending,
            context);
    }

    private static Page Deployments(Repository repository, IResolveFieldContext context)
    {
        var environments = context.GetArgument<List<string>?>("environments");
        return Page.Sorted(
            repository.Deployments.Where(deployment => environments is null or { Count: 0 } || environments.Contains(deployment.Environment, StringComparer.Ordinal)),
            deployment => deployment.CreatedAt.UtcTicks,
            deployment => deployment.Id,
            Order.From(context, "CREATED_AT").Descending,
            context);
    }

    private static Page? Refs(Repository repository, IResolveFieldContext context)
    {
        var prefix = context.GetArgument<string>("refPrefix");
        IEnumerable<Ref> found = prefix switch
        {
            Ref.Tags => repository.Tags.Select(tag => Ref.Of(repository, tag)),
            Ref.Heads => repository.Branches.Keys.Select(name => Ref.Branch(repository, name)!),
            _ => [],
        };
        var (field, descending) = Order.From(context, "ALPHABETICAL");
        var sorted = field == "TAG_COMMIT_DATE"
            ? found.OrderBy(reference => reference.Commit.Committer.Date).ThenBy(reference => reference.Name, StringComparer.Ordinal).ToList()
            : found.OrderBy(reference => reference.Name, StringComparer.Ordinal).ToList();
        if (descending)
            sorted.Reverse();
        return Page.Of(sorted, context);
    }

    private static object? Object(Repository repository, IResolveFieldContext context)
    {
        if (context.GetArgument<string?>("oid") is { } oid)
            return repository.Commits.GetValueOrDefault(oid);
        var expression = context.GetArgument<string?>("expression") ?? "";
        if (WorkflowFolder.Find(repository, expression) is { } stored)
            return stored;
        return expression == "HEAD" ? repository.Head : repository.Commits.GetValueOrDefault(expression) ?? Ref.Find(repository, expression)?.Target;
    }
}
