using GraphQL;
using GraphQL.Utilities;
using Veelocity.Simulator.Worlds;

namespace Veelocity.Simulator.GraphQl;

/// <summary>Users, bots, organizations and teams.</summary>
internal static class ActorFields
{
    public static void Define(TypeSettings types)
    {
        foreach (var kind in new[] { "Bot", "Mannequin", "EnterpriseUserAccount", "User", "Organization" })
        {
            types.Of<Account>(kind)
                .Field("id", account => account.NodeId)
                .Field("databaseId", account => account.Id)
                .Field("login", account => account.Login)
                .Field("name", account => account.Name)
                .Field("email", account => account.Kind == AccountKind.Mannequin ? account.Email : "")
                .Field("createdAt", account => account.CreatedAt)
                .Field("avatarUrl", (account, context) => $"{GraphCall.Of(context).WebUrl}/avatars/{account.Id}?s={context.GetArgument("size", 80)}")
                .Field("resourcePath", Path)
                .Field("url", (account, context) => GraphCall.Of(context).WebUrl + Path(account))
                .Field("organizationVerifiedDomainEmails", account => account.Email is { } email && !email.Contains("noreply", StringComparison.Ordinal) ? [email] : Array.Empty<string>())
                .Field("membersWithRole", (account, context) => Page.Of(account.Members, context))
                .Field("teams", (account, context) => Page.Of(account.Teams, context))
                .Field("repository", (account, context) => Named(account, context))
                .Field("repositories", (account, context) => Repositories(account, context));
        }

        // Where the schema only allows a User (the author of a commit) a bot stands with its suffix.
        types.Of<Account>("User").Field("login", account => account.RestLogin);

        types.Of<Team>("Team")
            .Field("id", team => team.NodeId)
            .Field("databaseId", team => team.Id)
            .Field("name", team => team.Name)
            .Field("slug", team => team.Slug)
            .Field("parentTeam", team => team.Parent)
            .Connection("members", team => team.Members);
    }

    private static string Path(Account account) => (account.Kind == AccountKind.Bot ? "/apps/" : "/") + account.Login;

    private static Repository? Named(Account owner, IResolveFieldContext context) =>
        GraphCall.Of(context).Repository(owner.Login, context.GetArgument<string>("name"), context.GetArgument("followRenames", true));

    private static Page Repositories(Account owner, IResolveFieldContext context)
    {
        var call = GraphCall.Of(context);
        var affiliations = context.GetArgument<List<string>?>("ownerAffiliations") ?? ["OWNER", "COLLABORATOR"];
        var isMember = owner == call.World.Viewer && affiliations.Contains("ORGANIZATION_MEMBER", StringComparer.Ordinal);
        var found = call.World.Repositories.Where(repository => call.Caller.Sees(repository)
            && (repository.Owner == owner || (isMember && repository.Owner.Kind == AccountKind.Organization)));
        if (context.GetArgument<bool?>("isArchived") is { } archived)
            found = found.Where(repository => repository.IsArchived == archived);
        if (context.GetArgument<bool?>("isFork") is { } fork)
            found = found.Where(repository => repository.IsFork == fork);
        if (context.GetArgument<string?>("privacy") is { } privacy)
            found = found.Where(repository => repository.IsPrivate == (privacy == "PRIVATE"));
        var (field, descending) = Order.From(context, "CREATED_AT");
        if (field == "NAME")
        {
            var byName = found.OrderBy(repository => repository.Name, StringComparer.Ordinal).ToList();
            if (descending)
                byName.Reverse();
            return Page.Of(byName, context);
        }

        return Page.Sorted(
            found,
            repository => field switch
            {
                "PUSHED_AT" => repository.PushedAt?.UtcTicks ?? 0,
                "UPDATED_AT" => repository.UpdatedAt.UtcTicks,
                "STARGAZERS" => 0,
                _ => repository.CreatedAt.UtcTicks,
            },
            repository => repository.Id,
            descending,
            context);
    }
}
