using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Platform;

namespace Veelocity.Web.Linking.Issues;

/// <summary>Lets members tie an issue and a pull request, or say that they do not belong together (M31). The numbers follow at once.</summary>
public sealed class IssueDecisions(VeelocityDb db, IssueLinking linking, TimeProvider clock)
{
    /// <param name="identifier">As people write it, such as <c>eng-123</c>, or the issue's address.</param>
    public async Task TieAsync(Guid organizationId, Guid userId, Guid pullRequestId, string? identifier, CancellationToken cancellation)
    {
        var name = NameIn(identifier);
        if (name.Length == 0) throw new Refused("Name the issue, such as ENG-123.", "identifier_missing") { Field = "identifier" };
        var issueId = await db.Issues.Where(i => i.OrganizationId == organizationId && !i.IsTrashed && (i.Identifier == name || i.PreviousIdentifiers.Contains(name)))
            .OrderByDescending(i => i.Identifier == name).Select(i => (Guid?)i.Id).FirstOrDefaultAsync(cancellation)
            ?? throw new Refused($"There is no issue {name} here. Look for its name in the issue tracker; issues of private teams are not seen.", "unknown_issue")
            {
                Field = "identifier",
            };
        var pull = await PullAsync(organizationId, pullRequestId, cancellation);
        var link = await LinkAsync(issueId, pullRequestId, cancellation);
        if (link is null)
        {
            link = new IssueLink { IssueId = issueId, PullRequestId = pullRequestId, OrganizationId = organizationId, FoundAt = clock.GetUtcNow() };
            db.IssueLinks.Add(link);
        }
        link.Tie(userId, clock.GetUtcNow());
        db.Audit(organizationId, AuditAction.IssueLinked, name, $"To {pull}.", clock.GetUtcNow(), issueId);
        await FollowAsync(organizationId, cancellation);
    }

    public async Task RefuseAsync(Guid organizationId, Guid userId, Guid pullRequestId, Guid issueId, CancellationToken cancellation)
    {
        if (await LinkAsync(issueId, pullRequestId, cancellation) is not { } link || link.OrganizationId != organizationId)
            throw new Refused("They are not tied.", "unknown_link", StatusCodes.Status404NotFound);
        link.Refuse(userId, clock.GetUtcNow());
        var name = await db.Issues.Where(i => i.Id == issueId).Select(i => i.Identifier).SingleAsync(cancellation);
        db.Audit(organizationId, AuditAction.IssueUnlinked, name, $"From {await PullAsync(organizationId, pullRequestId, cancellation)}.", clock.GetUtcNow(), issueId);
        await FollowAsync(organizationId, cancellation);
    }

    private static string NameIn(string? text)
    {
        var name = text?.Trim() ?? "";
        if (Uri.TryCreate(name, UriKind.Absolute, out var address) && Array.IndexOf(address.Segments, "issue/") is > 0 and var at && at + 1 < address.Segments.Length)
            name = address.Segments[at + 1].Trim('/');
        return name.ToUpperInvariant();
    }

    /// <summary>As people call it: <c>acme/shop#12 Fix the basket</c>.</summary>
    private async Task<string> PullAsync(Guid organizationId, Guid id, CancellationToken cancellation) =>
        await db.PullRequests.Where(p => p.Id == id && p.OrganizationId == organizationId)
            .Join(db.Repositories, p => p.RepositoryId, r => r.Id, (p, r) => r.FullName + "#" + p.Number + " " + p.Title).SingleOrDefaultAsync(cancellation)
        ?? throw new Refused("There is no such pull request in this organization.", "unknown_pull_request", StatusCodes.Status404NotFound);

    private Task<IssueLink?> LinkAsync(Guid issueId, Guid pullRequestId, CancellationToken cancellation) =>
        db.IssueLinks.SingleOrDefaultAsync(l => l.IssueId == issueId && l.PullRequestId == pullRequestId, cancellation);

    private async Task FollowAsync(Guid organizationId, CancellationToken cancellation)
    {
        await db.SaveChangesAsync(cancellation);
        await linking.LinkAsync(organizationId, null, cancellation);
        await db.Organizations.Where(o => o.Id == organizationId)
            .ExecuteUpdateAsync(set => set.SetProperty(o => o.DataVersion, o => o.DataVersion + 1), cancellation);
    }
}
