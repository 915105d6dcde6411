using GraphQL;
using GraphQL.Utilities;
using Veelocity.Simulator.Gate;
using Veelocity.Simulator.Worlds;

namespace Veelocity.Simulator.GraphQl;

/// <summary>The entry points of the schema.</summary>
internal static class QueryFields
{
    public static void Define(TypeSettings types)
    {
        types.Of<object?>("Query")
            .Field("viewer", (_, context) => GraphCall.Of(context).World.Viewer)
            .Field("user", (_, context) => Owner(context, AccountKind.User, "User"))
            .Field("organization", (_, context) => Guard(context, Owner(context, AccountKind.Organization, "Organization")))
            .Field("repositoryOwner", (_, context) =>
                GraphCall.Of(context).World.FindAccount(context.GetArgument<string>("login")) is { Kind: AccountKind.User or AccountKind.Organization } owner
                    ? Guard(context, owner)
                    : null)
            .Field("repository", (_, context) => FindRepository(context))
            .Field("node", (_, context) => Node(context, context.GetArgument<string>("id")))
            .Field("nodes", (_, context) => Nodes(context, context.GetArgument<List<string>>("ids")))
            .Field("rateLimit", (_, context) => GraphCall.Of(context));

        types.Of<GraphCall>("RateLimit")
            .Field("cost", call => call.Cost)
            .Field("nodeCount", call => call.NodeCount)
            .Field("limit", call => call.Budget.Limit)
            .Field("remaining", call => call.Budget.Remaining)
            .Field("used", call => call.Budget.Used)
            .Field("resetAt", call => call.Budget.ResetAt);
    }

    private static Repository FindRepository(IResolveFieldContext context)
    {
        var call = GraphCall.Of(context);
        var (owner, name) = (context.GetArgument<string>("owner"), context.GetArgument<string>("name"));
        if (call.Repository(owner, name, context.GetArgument("followRenames", true)) is not { } repository)
            throw new GitHubError("NOT_FOUND", $"Could not resolve to a Repository with the name '{owner}/{name}'.");
        Guard(context, repository.Owner);
        return repository;
    }

    private static Account Owner(IResolveFieldContext context, AccountKind kind, string word)
    {
        var login = context.GetArgument<string>("login");
        return GraphCall.Of(context).World.FindAccount(login) is { } account && account.Kind == kind
            ? account
            : throw new GitHubError("NOT_FOUND", $"Could not resolve to {(word == "User" ? "a" : "an")} {word} with the login of '{login}'.");
    }

    private static Account Guard(IResolveFieldContext context, Account owner) =>
        GraphCall.Of(context).Caller.LacksSso && owner.Kind == AccountKind.Organization
            ? throw new GitHubError("FORBIDDEN", "Resource protected by organization SAML enforcement. You must grant your Personal Access token access to this organization.") { IsSaml = true }
            : owner;

    private static INode Node(IResolveFieldContext context, string id)
    {
        var call = GraphCall.Of(context);
        if (call.World.FindNode(id) is not { } node || (RepositoryOf(node) is { } hidden && !call.Caller.Sees(hidden)))
            throw new GitHubError("NOT_FOUND", $"Could not resolve to a node with the global id of '{id}'");
        if (RepositoryOf(node) is { } repository)
            Guard(context, repository.Owner);
        return node;
    }

    private static Repository? RepositoryOf(INode node) => node switch
    {
        Repository repository => repository,
        PullRequest pull => pull.Repository,
        Review review => review.PullRequest.Repository,
        Deployment deployment => deployment.Repository,
        DeploymentStatus status => status.Deployment.Repository,
        Release release => release.Repository,
        WorkflowRun run => run.Repository,
        _ => null,
    };

    // A missing node is null in its place with an error of its own; the others still come.
    private static List<INode?> Nodes(IResolveFieldContext context, List<string> ids)
    {
        if (ids.Count > 100)
            throw new GitHubError("ARGUMENT_LIMIT", "You may not provide more than 100 node ids; you provided " + ids.Count + ".");
        var found = new List<INode?>(ids.Count);
        foreach (var id in ids)
        {
            try
            {
                found.Add(Node(context, id));
            }
            catch (GitHubError missing)
            {
                missing.Path = [.. context.Path, found.Count];
                context.Errors.Add(missing);
                found.Add(null);
            }
        }

        return found;
    }
}
