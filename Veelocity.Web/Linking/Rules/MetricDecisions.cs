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
        var (isKnown, repositoryId) = await FindAsync(organizationId, word, cancellation);
        if (!isKnown) throw new Refused("There is no such row in this organization.", "unknown_subject", StatusCodes.Status404NotFound);

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
        await using (var transaction = await db.Database.BeginTransactionAsync(cancellation))
        {
            await db.SaveChangesAsync(cancellation);
            await MarkAsync(decision.RepositoryId, now, cancellation);
            await transaction.CommitAsync(cancellation);
        }
        await FollowAsync(organizationId, decision.RepositoryId, cancellation);
        return decision;
    }

    private async Task<(bool IsKnown, Guid? RepositoryId)> FindAsync(Guid organizationId, Word word, CancellationToken cancellation)
    {
        Guid? repository = word.Subject switch
        {
            DecisionSubject.PullRequest => await db.PullRequests.Where(p => p.Id == word.SubjectId && p.OrganizationId == organizationId)
                .Select(p => (Guid?)p.RepositoryId).SingleOrDefaultAsync(cancellation),
            DecisionSubject.Deployment => await db.Deployments.Where(d => d.Id == word.SubjectId && d.OrganizationId == organizationId)
                .Select(d => (Guid?)d.RepositoryId).SingleOrDefaultAsync(cancellation),
            _ => null,
        };
        return word.Subject == DecisionSubject.Incident
            ? (await db.Incidents.AnyAsync(i => i.Id == word.SubjectId && i.OrganizationId == organizationId, cancellation), null)
            : (repository is not null, repository);
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
