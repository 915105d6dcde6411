using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Linking.Rules;
using Veelocity.Web.Organizations;
using Veelocity.Web.Platform.Forms;
using Veelocity.Web.Sync;

namespace Veelocity.Web.Pages.Settings;

/// <summary>The patterns by which names are read, each with what it matches now and would match; and what environments are for in all repositories.</summary>
internal sealed class RulesModel(
    VeelocityDb db, CurrentOrganization current, RulePreviews previews, MetricRuleChanges changes, EnvironmentChanges environments,
    PathSync paths, TimeProvider clock) : PageModel
{
    private const int MostEnvironments = 20;

    public sealed record EnvironmentRow(string Name, int Repositories, EnvironmentUse? Use);

    [BindProperty]
    public RuleForm Form { get; set; } = new();

    public Dictionary<string, RulePreview> Previews { get; } = new(StringComparer.Ordinal);
    public IReadOnlyList<EnvironmentRow> Environments { get; private set; } = [];
    public string? ChangedBy { get; private set; }
    public DateTimeOffset? ChangedAt { get; private set; }

    /// <summary>Repositories that are still to be linked by the rules as they are now.</summary>
    public int ToLink { get; private set; }

    public bool MayEdit => current.May(Permission.EditMetricRules);

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        var organization = await db.Organizations.AsNoTracking().SingleAsync(o => o.Id == current.Id, cancellation);
        Form = RuleForm.Of(organization);
        // Without scripts what is typed comes in the address, to be looked at before it is saved.
        await TryUpdateModelAsync(Form, nameof(Form));
        ModelState.Clear();
        await ReadAsync(organization, cancellation);
    }

    /// <summary>Only one preview, for a pattern that is being typed.</summary>
    public async Task<IActionResult> OnGetPreviewAsync(string rule, CancellationToken cancellation)
    {
        if (!RulePreviews.Ids.Contains(rule)) return NotFound();
        Form = RuleForm.Of(await db.Organizations.AsNoTracking().SingleAsync(o => o.Id == current.Id, cancellation));
        await TryUpdateModelAsync(Form, nameof(Form));
        return Partial("_RulePreview", await previews.AskAsync(rule, Form, cancellation));
    }

    /// <summary>Only how far linking is.</summary>
    public async Task<IActionResult> OnGetLinkingAsync(CancellationToken cancellation) => Partial("_Relinking", await ToLinkAsync(cancellation));

    [Requires(Permission.EditMetricRules)]
    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        var organization = await db.Organizations.SingleAsync(o => o.Id == current.Id, cancellation);
        if (!ModelState.IsValid)
        {
            await ReadAsync(organization, cancellation);
            return Page();
        }
        Form.ApplyTo(organization);
        await changes.SaveAsync(organization, User.RequiredCallerId(), cancellation);
        await paths.RequestAllAsync(cancellation);
        Flash.Done(TempData, "Saved. The numbers follow as each repository is linked again.");
        return RedirectToPage();
    }

    [Requires(Permission.EditMetricRules)]
    public async Task<IActionResult> OnPostEnvironmentsAsync(Dictionary<string, EnvironmentUse?> uses, CancellationToken cancellation)
    {
        await environments.SetAsync(current.Id, null, uses, User.RequiredCallerId(), cancellation);
        Flash.Done(TempData, "Saved. The numbers follow as each repository is linked again.");
        return RedirectToPage();
    }

    private async Task ReadAsync(Organization organization, CancellationToken cancellation)
    {
        foreach (var id in RulePreviews.Ids) Previews[id] = await previews.AskAsync(id, Form, cancellation);
        var rules = await db.EnvironmentRules.Where(r => r.RepositoryId == null).ToDictionaryAsync(r => r.Name, r => r.Use, StringComparer.OrdinalIgnoreCase, cancellation);
        var since = clock.GetUtcNow().AddDays(-90);
        var used = await db.EnvironmentDeployments.Where(d => d.CreatedAt > since).GroupBy(d => d.Environment)
            .Select(g => new { Name = g.Key, Repositories = g.Select(d => d.RepositoryId).Distinct().Count(), Count = g.Count() })
            .OrderByDescending(e => e.Repositories).ThenByDescending(e => e.Count).ThenBy(e => e.Name).Take(MostEnvironments).ToListAsync(cancellation);
        Environments = [.. used.Select(e => e.Name).Concat(rules.Keys).GroupBy(name => name, StringComparer.OrdinalIgnoreCase)
            .Select(g => new EnvironmentRow(
                g.First(), used.Where(e => g.Contains(e.Name)).Sum(e => e.Repositories), rules.TryGetValue(g.Key, out var use) ? use : null))];
        ChangedAt = organization.RulesChangedAt;
        ChangedBy = await db.Users.Where(u => u.Id == organization.RulesChangedByUserId).Select(u => u.FullName).SingleOrDefaultAsync(cancellation);
        ToLink = await ToLinkAsync(cancellation);
    }

    private Task<int> ToLinkAsync(CancellationToken cancellation) =>
        db.Repositories.CountAsync(r => r.ChangedAt != null && (r.LinkedAt == null || r.ChangedAt > r.LinkedAt), cancellation);
}
