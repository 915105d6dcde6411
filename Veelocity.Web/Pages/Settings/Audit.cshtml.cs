using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Organizations;
using Veelocity.Web.Organizations.Audit;
using Veelocity.Web.Pages.Shared;
using Veelocity.Web.Platform.Csv;
using Veelocity.Web.Platform.Formatting;
using Veelocity.Web.Platform.Paging;

namespace Veelocity.Web.Pages.Settings;

/// <summary>Who did what, when and from where, newest first; by person, kind of action, days and text; and whether the log is as it was written.</summary>
[Requires(Permission.SeeAuditLog)]
internal sealed class AuditModel(VeelocityDb db, CurrentOrganization organization, AuditOrder order, AuditSubjects subjects) : PageModel
{
    public sealed record Person(Guid Id, string Name);

    public AuditFilter Filter { get; private set; } = new();
    public Page<AuditEntry> Entries { get; private set; } = new([], 1, PageRequest.DefaultPerPage, 0);
    public IReadOnlyList<Person> People { get; private set; } = [];
    public IReadOnlyDictionary<long, string> Links { get; private set; } = new Dictionary<long, string>();
    public AuditOrder.Standing Order { get; private set; } = null!;

    public Pager Pager => new(Entries.Number, Entries.PerPage, Entries.LastNumber, Entries.Total, "entry", page => Address("page", page > 1 ? page.ToString(CultureInfo.InvariantCulture) : null), Address("format", "csv"))
    {
        Nouns = "entries",
    };

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        Filter = new AuditFilter(
            Guid.TryParse(Asked("person"), out var person) ? person : null,
            Enum.TryParse<AuditGroup>(Asked("group"), ignoreCase: true, out var group) && Enum.IsDefined(group) ? group : null,
            Day("from"), Day("to"), Asked("q")?.Trim() is { Length: > 0 } text ? text[..Math.Min(text.Length, 200)] : null);
        var found = Filter.Of(db.AuditEntries.AsNoTracking(), TimeZoneInfo.FindSystemTimeZoneById(organization.TimeZone));
        if (Asked("format") == "csv")
            return File(await CsvFile.OfAsync((await found.ToListAsync(cancellation)).Select(AuditRow.Of), cancellation), CsvFile.MediaType + "; charset=utf-8", $"audit-log-{organization.Slug}.csv");

        var request = new PageRequest(int.TryParse(Asked("page"), out var asked) && asked is > 0 and < 1_000_000 ? asked : 1);
        Entries = new Page<AuditEntry>(
            await found.Skip(request.Offset).Take(request.PerPage).ToListAsync(cancellation), request.Number, request.PerPage, await found.LongCountAsync(cancellation));
        Links = await subjects.OfAsync(Entries.Items, cancellation);
        People = await PeopleAsync(cancellation);
        Order = await order.CheckAsync(organization.Id, cancellation);
        return Page();
    }

    public string? Link(AuditEntry entry) => Links.GetValueOrDefault(entry.Number);

    // By their names of today; of who deleted their account, the last name that is known.
    private async Task<IReadOnlyList<Person>> PeopleAsync(CancellationToken cancellation)
    {
        var actors = await db.AuditEntries.Where(e => e.ActorUserId != null).GroupBy(e => e.ActorUserId!.Value)
            .Select(g => new { Id = g.Key, Last = g.Max(e => e.Actor)! }).ToListAsync(cancellation);
        var ids = actors.ConvertAll(a => a.Id);
        var names = await db.Users.Where(u => ids.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => u.FullName, cancellation);
        return [.. actors.Select(a => new Person(a.Id, names.GetValueOrDefault(a.Id, a.Last))).OrderBy(p => p.Name, StringComparer.CurrentCultureIgnoreCase)];
    }

    /// <summary>This list's address with the same filter, and this besides.</summary>
    private string Address(string field, string? value)
    {
        var kept = Request.Query.Where(q => q.Key is "person" or "group" or "from" or "to" or "q" && !string.IsNullOrEmpty(q.Value))
            .Select(q => KeyValuePair.Create(q.Key, (string?)q.Value.ToString()));
        return QueryHelpers.AddQueryString(Request.PathBase + Request.Path, value is null ? kept : kept.Append(KeyValuePair.Create(field, (string?)value)));
    }

    private string? Asked(string field) => Request.Query[field].ToString() is { Length: > 0 } text ? text : null;

    private DateOnly? Day(string field) => Dates.AskedDay(Asked(field));
}
