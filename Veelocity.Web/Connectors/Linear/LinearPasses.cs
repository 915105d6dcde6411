using Veelocity.Web.Connectors.Http;

namespace Veelocity.Web.Connectors.Linear;

/// <summary>The lists that are read, those before others that are named by them. Attachments come apart: a new one does not count as a change of its issue.</summary>
internal sealed class LinearPasses(LinearSession session, TeamList teams)
{
    private readonly PageSize _many = new(100, 100, session.Clock);
    private readonly PageSize _projects = new(50, 50, session.Clock);

    public IEnumerable<Pass> All(DateTimeOffset historyStart) => [People, Projects, Cycles, Issues(historyStart), Attachments(historyStart)];

    private Pass People => new(
        "users", "People", null, null,
        async (after, since, cancellation) => (await session.AskAsync<UsersData>(LinearDocuments.Users, _many, first => new { after, first, filter = Since(since) }, cancellation)).Users,
        (nodes, rows, _) => rows.MakeAsync(rows.Read<UserRow>(nodes, "displayName", "id"), u => u.DisplayName ?? "somebody", u => LinearFacts.Of(u)));

    private Pass Projects => new(
        "projects", "Projects", null, teams.Sign,
        async (after, since, cancellation) => (await session.AskAsync<ProjectsData>(
            LinearDocuments.Projects, _projects, first => new { after, first, filter = Since(since) }, cancellation)).Projects,
        (nodes, rows, _) => rows.MakeAsync(
            rows.Read<ProjectRow>(nodes, "name", "id").Where(p => teams.Ids is null || p.Teams?.All.Any(t => teams.Reads(t.Id)) == true), p => p.Name ?? "a project", p => LinearFacts.Of(p)));

    private Pass Cycles => new(
        "cycles", "Cycles", null, teams.Sign,
        async (after, since, cancellation) =>
            (await session.AskAsync<CyclesData>(
                LinearDocuments.Cycles, _many, first => new { after, first, filter = new { updatedAt = Gte(since), team = teams.Filter } }, cancellation)).Cycles,
        (nodes, rows, _) => rows.MakeAsync(rows.Read<CycleRow>(nodes, "number", "id"), c => $"cycle {c.Number}", c => LinearFacts.Of(c)));

    private Pass Issues(DateTimeOffset historyStart)
    {
        var issues = new IssueReader(session);
        return new Pass(
            "issues", "Issues", historyStart, teams.Sign,
            (after, since, cancellation) => issues.PageAsync(after, new { updatedAt = Gte(since), team = teams.Filter }, cancellation),
            issues.MakeAsync);
    }

    private Pass Attachments(DateTimeOffset historyStart) => new(
        "attachments", "Attachments", historyStart, teams.Sign,
        async (after, since, cancellation) => (await session.AskAsync<AttachmentsData>(
            LinearDocuments.Attachments, _many, first => new { after, first, filter = Since(since) }, cancellation)).Attachments,
        (nodes, rows, _) => Task.FromResult<List<Fact>>(
            [.. rows.Read<AttachmentRow>(nodes, "id").Select(a => LinearFacts.AttachmentOf(a, a.Issue?.Id)).OfType<IssueAttachmentFact>()]));

    private static object Since(DateTimeOffset? since) => new { updatedAt = Gte(since) };

    // Null is left out, and an empty filter is none.
    private static object? Gte(DateTimeOffset? since) => since is { } at ? new { gte = at.UtcDateTime } : null;
}
