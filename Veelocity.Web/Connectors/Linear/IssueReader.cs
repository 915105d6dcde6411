using System.Text.Json;
using Veelocity.Web.Connectors.Http;

namespace Veelocity.Web.Connectors.Linear;

/// <summary>Reads issues whole: what does not fit into a page's rows is asked for apart.</summary>
internal sealed class IssueReader(LinearSession session)
{
    public const int MostAtOnce = 50;
    private readonly PageSize _size = new(MostAtOnce, MostAtOnce, session.Clock);

    public async Task<RowPage?> PageAsync(string? after, object filter, CancellationToken cancellation) =>
        (await session.AskAsync<IssuesData>(LinearDocuments.Issues, _size, first => new { after, first, filter }, cancellation)).Issues;

    public Task<List<Fact>> MakeAsync(IReadOnlyList<JsonElement> nodes, RowReader rows, CancellationToken cancellation) => rows.MakeAsync(
        rows.Read<IssueRow>(nodes, "identifier", "id"), i => i.Identifier ?? "an issue", async i => LinearFacts.Of(await WholeAsync(i, cancellation)));

    private async Task<IssueRow> WholeAsync(IssueRow issue, CancellationToken cancellation)
    {
        var (labels, attachments, spans) = (issue.Labels?.Next, issue.Attachments?.Next, issue.StateHistory?.Next);
        while ((labels ?? attachments ?? spans) is not null)
        {
            var more = (await session.AskAsync<IssueData>(LinearDocuments.MoreOfIssue, new { id = issue.Id, labels, attachments, spans }, cancellation)).Issue;
            if (more is null) break;
            issue = issue with
            {
                Labels = labels is null ? issue.Labels : Joined(issue.Labels, more.Labels),
                Attachments = attachments is null ? issue.Attachments : Joined(issue.Attachments, more.Attachments),
                StateHistory = spans is null ? issue.StateHistory : Joined(issue.StateHistory, more.StateHistory),
            };
            (labels, attachments, spans) = (
                labels is null ? null : more.Labels?.Next, attachments is null ? null : more.Attachments?.Next, spans is null ? null : more.StateHistory?.Next);
        }
        return issue;
    }

    private static InnerPage<T> Joined<T>(InnerPage<T>? one, InnerPage<T>? more)
        where T : class => new(more?.PageInfo, [.. one?.All ?? [], .. more?.All ?? []]);
}
