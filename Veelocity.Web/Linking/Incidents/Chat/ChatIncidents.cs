using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Linking.People;

namespace Veelocity.Web.Linking.Incidents.Chat;

/// <summary>Finds the incidents of channels anew from the stored messages and writes what is different, so that changed rules need no second reading.</summary>
public sealed class ChatIncidents(DatabaseDoor database, Linker linker, TimeProvider clock)
{
    private const string Source = "slack";

    /// <summary>Looks through these channels, and links what was found to the releases that brought it.</summary>
    public async Task<int> FindAsync(Guid organizationId, IReadOnlyCollection<Guid> channelIds, CancellationToken cancellation)
    {
        var startedAt = clock.GetUtcNow();
        await using var connection = await database.OpenAsync(organizationId, cancellation);
        await using var db = DataModule.Open(connection);
        db.OrganizationId = organizationId;
        var changed = await new PeopleLinking(db, connection).LinkAsync(organizationId, [], cancellation);
        var rules = new CompiledRules(await RulesAsync(db, cancellation));
        var surroundings = await SurroundingsAsync(db, cancellation);
        foreach (var channelId in channelIds)
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
            await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended('chat ' || {channelId}::text, 0))", cancellation);
            if (await StoryAsync(db, channelId, surroundings, since: null, cancellation) is { } story)
                changed += await WriteAsync(db, story, IncidentFinder.Find(story, rules).Incidents, cancellation);
            await db.ChatChannels.Where(c => c.Id == channelId).ExecuteUpdateAsync(set => set.SetProperty(c => c.LinkedAt, startedAt), cancellation);
            await transaction.CommitAsync(cancellation);
            db.ChangeTracker.Clear();
        }
        if (changed > 0) await linker.LinkIncidentsAsync(organizationId, cancellation);
        return changed;
    }

    /// <summary>Keeps these rules and has every channel looked through again.</summary>
    public async Task ChangeRulesAsync(Guid organizationId, IncidentRuleSet set, AuditActor actor, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(organizationId, cancellation);
        await using var db = DataModule.Open(connection);
        (db.OrganizationId, db.Actor) = (organizationId, actor);
        var rules = await db.IncidentRules.SingleOrDefaultAsync(cancellation);
        if (rules is null) db.IncidentRules.Add(rules = new IncidentRules { OrganizationId = organizationId });
        var now = clock.GetUtcNow();
        db.Audit(organizationId, AuditAction.IncidentRulesChanged, "Incidents in Slack", AuditDetail.Between(rules.Set, set), now);
        rules.Change(set, actor.UserId ?? throw new ArgumentException("Somebody has to change them.", nameof(actor)), now);
        await db.SaveChangesAsync(cancellation);
        await db.ChatChannels.ExecuteUpdateAsync(set => set.SetProperty(c => c.ChangedAt, now), cancellation);
    }

    /// <summary>What rules would find among stored messages of the last while, without keeping it.</summary>
    internal static async Task<Finding> PreviewAsync(VeelocityDb db, IncidentRuleSet set, DateTimeOffset since, CancellationToken cancellation)
    {
        var surroundings = await SurroundingsAsync(db, cancellation);
        var stories = new List<ChatStory>();
        var compiled = new CompiledRules(set);
        foreach (var channel in await db.ChatChannels.AsNoTracking().Select(c => new { c.Id, c.Name }).ToListAsync(cancellation))
            if (compiled.Reads(channel.Name) && await StoryAsync(db, channel.Id, surroundings, since, cancellation) is { } story) stories.Add(story);
        return Preview(set, stories);
    }

    internal static Finding Preview(IncidentRuleSet set, IEnumerable<ChatStory> stories)
    {
        var rules = new CompiledRules(set);
        var findings = stories.Select(story => IncidentFinder.Find(story, rules)).ToList();
        return new Finding(
            [.. Merged([.. findings.SelectMany(f => f.Incidents).OrderBy(i => i.Report.StartedAt)])
                .OrderByDescending(i => i.Report.StartedAt)],
            findings.SelectMany(f => f.Ignored).GroupBy(i => i.Key, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Sum(i => i.Value), StringComparer.Ordinal));
    }

    private static IEnumerable<FoundIncident> Merged(List<FoundIncident> found)
    {
        var roots = IncidentGroups.Of(found.ConvertAll(f => f.Report), new HashSet<int>(), []);
        return found.Zip(roots).GroupBy(f => f.Second, f => f.First)
            .Select(same => same.First() with { Report = IncidentReport.Combined([.. same.Select(f => f.Report)],
                same.First().Report) });
    }

    private sealed record Surroundings(IReadOnlyDictionary<string, string> Names, KnownNames Known);

    private static async Task<IncidentRuleSet> RulesAsync(VeelocityDb db, CancellationToken cancellation) =>
        (await db.IncidentRules.AsNoTracking().SingleOrDefaultAsync(cancellation))?.Set ?? new IncidentRuleSet();

    private static async Task<Surroundings> SurroundingsAsync(VeelocityDb db, CancellationToken cancellation)
    {
        var names = await db.Accounts.Where(a => a.Provider == Source).Select(a => new { a.ExternalId, Name = a.Name ?? a.Login }).ToListAsync(cancellation);
        return new Surroundings(names.ToDictionary(n => n.ExternalId, n => n.Name, StringComparer.Ordinal),
            await KnownNames.ReadAsync(db, cancellation));
    }

    private static async Task<ChatStory?> StoryAsync(
        VeelocityDb db, Guid channelId, Surroundings surroundings, DateTimeOffset? since, CancellationToken cancellation)
    {
        if (await db.ChatChannels.AsNoTracking().SingleOrDefaultAsync(c => c.Id == channelId, cancellation) is not { } channel) return null;
        var messages = await db.ChatMessages.AsNoTracking().Where(m => m.ChannelId == channelId && (since == null || m.At >= since)).ToListAsync(cancellation);
        var reactions = await db.ChatReactions.AsNoTracking().Where(r => r.ChannelId == channelId).ToListAsync(cancellation);
        return new ChatStory(channel, messages, reactions, surroundings.Names, surroundings.Known);
    }

    private async Task<int> WriteAsync(VeelocityDb db, ChatStory story, IReadOnlyList<FoundIncident> found, CancellationToken cancellation)
    {
        var (organizationId, channel) = (story.Channel.OrganizationId, story.Channel.ExternalId);
        var stored = await db.Incidents.Where(i => i.Source == Source && (i.SourceKey == channel || i.SourceKey!.StartsWith(channel + ":"))).ToDictionaryAsync(i => i.Id, cancellation);
        var ids = stored.Keys.ToList();
        var events = (await db.IncidentEvents.Where(e => ids.Contains(e.IncidentId) && e.UserId == null).ToListAsync(cancellation)).ToDictionary(e => e.Id);
        foreach (var one in found)
        {
            var key = one.Key.Length > 300 ? one.Key[..300] : one.Key;
            var id = StableId.From(organizationId, "chat incident", key);
            // The rules may have found it by another key before; what a person touched stays the same row.
            if (!stored.Remove(id, out var incident)
                && stored.Values.FirstOrDefault(i => i.IsTouchedByHand
                && i.Report?.StartedAt == one.Report.StartedAt) is { } touched)
                stored.Remove(touched.Id, out incident);
            if (incident is null)
            {
                db.Incidents.Add(incident = new Incident
                {
                    Id = id,
                    OrganizationId = organizationId,
                    Source = Source,
                    SourceKey = key,
                    Title = one.Report.Title,
                    CreatedAt = clock.GetUtcNow(),
                });
                incident.Follow(one.Report);
            }
            incident.Hear(one.Report); // merging takes it over, together with what other channels say
            Write(db, incident, one.Events, events);
        }
        // What no rule finds any more goes; what a person touched stays as it is.
        var gone = stored.Values.Where(i => !i.IsTouchedByHand).ToList();
        var kept = stored.Values.Where(i => i.IsTouchedByHand).Select(i => i.Id).ToHashSet();
        db.IncidentEvents.RemoveRange(events.Values.Where(e => !kept.Contains(e.IncidentId)));
        db.Incidents.RemoveRange(gone);
        return await db.SaveChangesAsync(cancellation);
    }

    private static void Write(VeelocityDb db, Incident incident, IReadOnlyList<FoundEvent> found, Dictionary<Guid, IncidentEvent> stored)
    {
        foreach (var one in found)
        {
            var id = StableId.From(incident.Id, "chat event", $"{one.Kind} {one.Ts} {one.At.UtcTicks} {one.Actor} {one.Text}");
            if (stored.Remove(id) || db.IncidentEvents.Local.Any(e => e.Id == id)) continue;
            db.IncidentEvents.Add(new IncidentEvent
            {
                Id = id,
                OrganizationId = incident.OrganizationId,
                IncidentId = incident.Id,
                Kind = one.Kind,
                At = one.At,
                Actor = one.Actor,
                Text = one.Text,
                Url = one.Url,
            });
        }
    }
}
