using System.Globalization;
using GraphQL.Types;
using GraphQL.Utilities;
using GraphQLParser;
using GraphQLParser.AST;
using Veelocity.Simulator.GraphQl;

namespace Veelocity.Simulator.Linear;

/// <summary>The schema: linear.graphql with a resolver on every field. A field without one stops the start.</summary>
internal static class LinearSchema
{
    public static ISchema Build(LinearWorkspace workspace)
    {
        using var reader = new StreamReader(typeof(LinearSchema).Assembly.GetManifestResourceStream("linear.graphql")!);
        var sdl = reader.ReadToEnd();
        var schema = Schema.For(sdl, builder =>
        {
            DefineQuery(builder.Types, workspace);
            DefinePeople(builder.Types, workspace);
            DefinePlans(builder.Types);
            DefineIssues(builder.Types);
            foreach (var connection in Parser.Parse(sdl).Definitions.OfType<GraphQLObjectTypeDefinition>().Select(t => t.Name.StringValue).Where(n => n.EndsWith("Connection", StringComparison.Ordinal)))
                builder.Types.Of<LinearPage>(connection).Field("nodes", page => page.Nodes).Field("pageInfo", page => page);
            builder.Types.Of<LinearPage>("PageInfo")
                .Field("hasNextPage", page => page.HasNext)
                .Field("hasPreviousPage", page => page.HasPrevious)
                .Field("startCursor", page => page.Start)
                .Field("endCursor", page => page.End);
        });
        foreach (var scalar in new[] { "DateTime", "DateTimeOrDuration", "TimelessDate" }) schema.RegisterType(new OpaqueScalar(scalar));
        schema.Initialize();
        var unresolved = schema.AllTypes.OfType<IObjectGraphType>().Where(type => !type.Name.StartsWith("__", StringComparison.Ordinal))
            .SelectMany(type => type.Fields.Where(field => field.Resolver is null).Select(field => $"{type.Name}.{field.Name}")).ToList();
        return unresolved.Count == 0 ? schema : throw new InvalidOperationException("No resolver for " + string.Join(", ", unresolved));
    }

    private static void DefineQuery(TypeSettings types, LinearWorkspace workspace)
    {
        types.Of<object?>("Query")
            .Field("viewer", (_, _) => workspace.Users[0])
            .Field("teams", (_, context) => LinearPage.Of(workspace.Teams.Where(t => LinearCall.Of(context).Sees(t)), context))
            .Field("team", (_, context) => Find(workspace.Teams, context.Id()) ?? throw LinearError.NotFound("Team"))
            .Field("users", (_, context) => LinearPage.Of(workspace.Users.Where(u => u.IsActive || context.Says("includeDisabled")), context))
            .Field("projects", (_, context) => LinearPage.Of(workspace.Projects, context))
            .Field("cycles", (_, context) => LinearPage.Of(workspace.Cycles.Where(c => LinearCall.Of(context).Sees(c.Team)), context))
            .Field("issues", (_, context) => LinearPage.Of(workspace.Issues.Where(i => LinearCall.Of(context).Sees(i.Team)), context))
            .Field("issue", (_, context) => workspace.Issues.Find(i => i.Id == context.Id() || i.Identifier == context.Id()) ?? throw LinearError.NotFound("Issue"))
            .Field("attachments", (_, context) => LinearPage.Of(workspace.Attachments.Where(a => LinearCall.Of(context).Sees(a.Issue.Team)), context));
        types.Of<object?>("Mutation").Field("webhookCreate", (_, context) => LinearCall.Of(context).MakeWebhook((IDictionary<string, object?>)context.Arguments!["input"].Value!));
        types.Of<Uri>("WebhookPayload").Field("lastSyncId", _ => 1.0).Field("success", _ => true).Field("webhook", url => url);
        types.Of<Uri>("Webhook").Field("enabled", _ => true).Field("id", _ => "webhook-1").Field("url", url => url.AbsoluteUri);
    }

    private static void DefinePeople(TypeSettings types, LinearWorkspace workspace)
    {
        types.Of<LinearWorkspace>("Organization").Field("id", _ => "organization").Field("name", w => w.Name).Field("urlKey", w => w.Name.ToLowerInvariant());
        Common<LinearUser>(types, "User")
            .Field("active", u => u.IsActive).Field("admin", _ => false).Field("app", u => u.IsApp).Field("guest", u => u.IsGuest)
            .Field("displayName", u => u.DisplayName).Field("email", u => u.Email).Field("name", u => u.Name).Field("gitHubUserId", u => u.GitHubUserId)
            .Field("organization", _ => workspace);
        types.Of<LinearTeam>("Team")
            .Field("id", t => t.Id).Field("archivedAt", t => At(t.ArchivedAt)).Field("updatedAt", t => At(t.UpdatedAt))
            .Field("key", t => t.Key).Field("name", t => t.Name).Field("displayName", t => t.Name).Field("visibility", t => t.Visibility)
            .Field("cyclesEnabled", t => t.HasCycles).Field("issueEstimationType", t => t.EstimateScale).Field("retiredAt", t => At(t.RetiredAt))
            .Field("members", (t, context) => LinearPage.Of(t.Members.Where(u => u.IsActive || context.Says("includeDisabled")), context));
    }

    private static void DefinePlans(TypeSettings types)
    {
        types.Of<LinearProject>("ProjectStatus").Field("id", p => "status-" + p.Status).Field("name", p => char.ToUpperInvariant(p.Status[0]) + p.Status[1..]).Field("type", p => p.Status);
        Common<LinearProject>(types, "Project")
            .Field("name", p => p.Name).Field("url", p => $"https://linear.app/acme/project/{p.Id}").Field("health", p => p.Health).Field("lead", p => p.Lead).Field("status", p => p)
            .Field("startDate", p => Day(p.StartDate)).Field("targetDate", p => Day(p.TargetDate)).Field("startedAt", p => At(p.StartedAt))
            .Field("completedAt", p => At(p.CompletedAt)).Field("canceledAt", p => At(p.CanceledAt)).Field("teams", (p, context) => LinearPage.Of(p.Teams, context));
        Common<LinearCycle>(types, "Cycle")
            .Field("number", c => (double)c.Number).Field("name", c => c.Name).Field("startsAt", c => At(c.StartsAt)).Field("endsAt", c => At(c.EndsAt)).Field("completedAt", c => At(c.CompletedAt))
            .Field("scopeHistory", c => c.Scope).Field("completedScopeHistory", c => c.CompletedScope).Field("issueCountHistory", c => c.Issues)
            .Field("completedIssueCountHistory", c => c.CompletedIssues).Field("team", c => c.Team);
    }

    private static void DefineIssues(TypeSettings types)
    {
        types.Of<LinearState>("WorkflowState").Field("id", s => s.Id).Field("name", s => s.Name).Field("type", s => s.Type);
        types.Of<LinearSpan>("IssueStateSpan")
            .Field("id", s => s.Id).Field("startedAt", s => At(s.StartedAt)).Field("endedAt", s => At(s.EndedAt)).Field("state", s => s.State).Field("stateId", s => s.State.Id);
        types.Of<string>("IssueLabel").Field("id", name => "label-" + name).Field("name", name => name);
        Common<LinearAttachment>(types, "Attachment")
            .Field("issue", a => a.Issue).Field("sourceType", a => a.SourceType).Field("subtitle", _ => null).Field("title", a => a.Title).Field("url", a => a.Url);
        Common<LinearIssue>(types, "Issue")
            .Field("identifier", i => i.Identifier).Field("number", i => (double)i.Number).Field("previousIdentifiers", i => i.PreviousIdentifiers).Field("title", i => i.Title)
            .Field("url", i => i.Url).Field("branchName", i => i.BranchName).Field("priority", i => (double)i.Priority).Field("estimate", i => i.Estimate)
            .Field("trashed", i => i.IsTrashed ? true : null).Field("dueDate", i => Day(i.DueDate)).Field("addedToCycleAt", i => At(i.AddedToCycleAt))
            .Field("startedAt", i => At(i.StartedAt)).Field("completedAt", i => At(i.CompletedAt)).Field("canceledAt", i => At(i.CanceledAt))
            .Field("state", i => i.State).Field("team", i => i.Team).Field("assignee", i => i.Assignee).Field("creator", i => i.Creator)
            .Field("cycle", i => i.Cycle).Field("project", i => i.Project).Field("parent", i => i.Parent)
            .Field("labels", (i, context) => LinearPage.InOrder(i.Labels, context))
            .Field("attachments", (i, context) => LinearPage.Of(i.Attachments, context))
            .Field("stateHistory", (i, context) => LinearPage.InOrder(i.Spans, context));
    }

    private static TypeResolvers<T> Common<T>(TypeSettings types, string name)
        where T : LinearThing => types.Of<T>(name)
            .Field("id", thing => thing.Id).Field("createdAt", thing => At(thing.CreatedAt)).Field("updatedAt", thing => At(thing.UpdatedAt)).Field("archivedAt", thing => At(thing.ArchivedAt));

    private static T? Find<T>(List<T> all, string id)
        where T : LinearThing => all.Find(thing => thing.Id == id);

    private static string? At(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
