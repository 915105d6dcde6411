using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Platform;

namespace Veelocity.Web.Linking.Rules;

/// <summary>
/// Lets members say that a row belongs in the numbers or does not (M35), and take it back. The numbers follow at once; should the linking
/// not happen, the next sync does it.
/// </summary>
public sealed class MetricDecisions(VeelocityDb db, Relinking relinking, Linker linker, TimeProvider clock)
{
    /// <summary>What is decided, about what, and why.</summary>
    public sealed record Word(DecisionSubject Subject, Guid SubjectId, DecisionVerdict Verdict, string? Reason);

    /// <summary>A decision about the same row that holds already is taken back by the new one.</summary>
    public async Task<MetricDecision> DecideAsync(Guid organizationId, Guid userId, Word word, CancellationToken cancellation)
    {
        var reason = word.Reason?.Trim();
        if (string.IsNullOrEmpty(reason)) throw new Refused("Say why, so that others can follow.", "reason_missing") { Field = nameof(Word.Reason) };
        if (reason.Length > MetricDecision.LongestReason)
            throw new Refused($"A reason can be {MetricDecision.LongestReason} characters long at most.", "reason_too_long") { Field = nameof(Word.Reason) };
        if (word is { Verdict: DecisionVerdict.Include, Subject: not DecisionSubject.PullRequest })
            throw new Refused("Only pull requests are left out by rules that a member can set aside.", "cannot_include") { Field = nameof(Word.Verdict) };
        var (title, repositoryId) = await FindAsync(organizationId, word.Subject, word.SubjectId, cancellation);
        if (title is null) throw new Refused("There is no such row in this organization.", "unknown_subject", StatusCodes.Status404NotFound);

        var now = clock.GetUtcNow();
        var decision = new MetricDecision
        {
            OrganizationId = organizationId,
            Subject = word.Subject,
            SubjectId = word.SubjectId,
            RepositoryId = repositoryId,
            Verdict = word.Verdict,
            Reason = reason,
            DecidedAt = now,
            DecidedByUserId = userId,
        };
        await using (var transaction = await db.Database.BeginTransactionAsync(cancellation))
        {
            await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended('decision ' || {word.SubjectId}::text, 0))", cancellation);
            var before = await db.MetricDecisions.Where(d => d.SubjectId == word.SubjectId && d.Subject == word.Subject && d.TakenBackAt == null).ToListAsync(cancellation);
            foreach (var old in before) old.TakeBack(userId, now);
            await db.SaveChangesAsync(cancellation); // before the new one, of which there may be one only
            db.MetricDecisions.Add(decision);
            db.Audit(organizationId, AuditAction.MetricDecisionMade, title, $"{(word.Verdict == DecisionVerdict.Exclude ? "Left out" : "Counted")}: {reason}", now, word.SubjectId);
            await db.SaveChangesAsync(cancellation);
            await MarkAsync(repositoryId, now, cancellation);
            await transaction.CommitAsync(cancellation);
        }
        await FollowAsync(organizationId, repositoryId, cancellation);
        return decision;
    }

    /// <summary>The rules say again. Null when there is no such decision; one that is taken back already stays as it is.</summary>
    public async Task<MetricDecision?> TakeBackAsync(Guid organizationId, Guid userId, Guid decisionId, CancellationToken cancellation)
    {
        if (await db.MetricDecisions.SingleOrDefaultAsync(d => d.Id == decisionId && d.OrganizationId == organizationId, cancellation) is not { } decision) return null;
        if (!decision.Holds) return decision;
        var now = clock.GetUtcNow();
        decision.TakeBack(userId, now);
        var (title, _) = await FindAsync(organizationId, decision.Subject, decision.SubjectId, cancellation);
        db.Audit(organizationId, AuditAction.MetricDecisionTakenBack, title ?? "No longer there", $"It said: {decision.Reason}", now, decision.SubjectId);
        await using (var transaction = await db.Database.BeginTransactionAsync(cancellation))
        {
            await db.SaveChangesAsync(cancellation);
            await MarkAsync(decision.RepositoryId, now, cancellation);
            await transaction.CommitAsync(cancellation);
        }
        await FollowAsync(organizationId, decision.RepositoryId, cancellation);
        return decision;
    }

    /// <summary>What the row is called, and whose it is; no title when there is none.</summary>
    private async Task<(string? Title, Guid? RepositoryId)> FindAsync(Guid organizationId, DecisionSubject subject, Guid id, CancellationToken cancellation)
    {
        var found = await (subject switch
        {
            DecisionSubject.PullRequest => db.PullRequests.Where(p => p.Id == id && p.OrganizationId == organizationId).Select(p => new { p.Title, RepositoryId = (Guid?)p.RepositoryId }),
            DecisionSubject.Deployment => db.Deployments.Where(d => d.Id == id && d.OrganizationId == organizationId).Select(d => new { d.Title, RepositoryId = (Guid?)d.RepositoryId }),
            _ => db.Incidents.Where(i => i.Id == id && i.OrganizationId == organizationId).Select(i => new { i.Title, RepositoryId = (Guid?)null }),
        }).SingleOrDefaultAsync(cancellation);
        return (found?.Title, found?.RepositoryId);
    }

    private Task MarkAsync(Guid? repositoryId, DateTimeOffset now, CancellationToken cancellation) =>
        db.Repositories.Where(r => r.Id == repositoryId).ExecuteUpdateAsync(set => set.SetProperty(r => r.ChangedAt, now), cancellation);

    private async Task FollowAsync(Guid organizationId, Guid? repositoryId, CancellationToken cancellation)
    {
        if (repositoryId is { } repository)
        {
            await relinking.LinkNowAsync(organizationId, repository, cancellation);
            return;
        }
        await linker.LinkIncidentsAsync(organizationId, cancellation);
        await db.Organizations.Where(o => o.Id == organizationId)
            .ExecuteUpdateAsync(set => set.SetProperty(o => o.DataVersion, o => o.DataVersion + 1), cancellation);
    }
}
