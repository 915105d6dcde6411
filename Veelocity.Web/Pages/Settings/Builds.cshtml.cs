using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Linking.Rules;
using Veelocity.Web.Organizations;
using Veelocity.Web.Pages.Shared;
using Veelocity.Web.Platform.Forms;

namespace Veelocity.Web.Pages.Settings;

/// <summary>By what mobile builds are found, what that finds before it is saved, and what people say of single workflows.</summary>
internal sealed class BuildsModel(VeelocityDb db, CurrentOrganization current, BuildFindings findings, BuildChanges changes) : PageModel
{
    private const int PerPage = 50;

    [BindProperty]
    public BuildForm Form { get; set; } = new();

    public BuildFindings.Answer Answer { get; private set; } = null!;

    /// <summary>What workflows are looked for by: part of a name, a file or a repository.</summary>
    public string Search { get; private set; } = "";

    public IReadOnlyList<BuildFindings.Row> Workflows { get; private set; } = [];
    public Pager Pager { get; private set; } = null!;
    public string? ChangedBy { get; private set; }
    public DateTimeOffset? ChangedAt { get; private set; }
    public int ToLink { get; private set; }

    public bool MayEdit => current.May(Permission.EditMetricRules);

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        var saved = await findings.SavedAsync(cancellation);
        Form = BuildForm.Of(saved);
        // Without scripts what is typed comes in the address, to be looked at before it is saved.
        await TryUpdateModelAsync(Form, nameof(Form));
        ModelState.Clear();
        await ReadAsync(saved, cancellation);
    }

    /// <summary>Only what is found, for patterns that are being typed.</summary>
    public async Task<IActionResult> OnGetPreviewAsync(CancellationToken cancellation)
    {
        var saved = await findings.SavedAsync(cancellation);
        Form = BuildForm.Of(saved);
        await TryUpdateModelAsync(Form, nameof(Form));
        return Partial("_BuildFindings", await findings.AskAsync(saved, Form.Set, cancellation));
    }

    [Requires(Permission.EditMetricRules)]
    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (!ModelState.IsValid)
        {
            await ReadAsync(await findings.SavedAsync(cancellation), cancellation);
            return Page();
        }
        await changes.SetRulesAsync(current.Id, Form.Set, User.RequiredCallerId(), cancellation);
        Flash.Done(TempData, "Saved. Builds are found again from what is stored; jobs that are missing are read by the next sync.");
        return RedirectToPage();
    }

    [Requires(Permission.EditMetricRules)]
    public async Task<IActionResult> OnPostChooseAsync(Dictionary<Guid, MobilePlatforms?>? choices, string? q, int page, CancellationToken cancellation)
    {
        var changed = await changes.ChooseAsync(current.Id, choices ?? [], User.RequiredCallerId(), cancellation);
        Flash.Done(TempData, changed == 0 ? "Nothing was changed." : "Saved. Jobs that are missing are read by the next sync.");
        return Redirect(Address(q ?? "", page));
    }

    private async Task ReadAsync(BuildRuleSet saved, CancellationToken cancellation)
    {
        Answer = await findings.AskAsync(saved, Form.Set, cancellation);
        Search = Request.Query["q"].ToString().Trim();
        var shown = Answer.Rows
            .Where(r => Search.Length == 0 || new[] { r.Name, r.Path, r.Repository }.Any(text => text.Contains(Search, StringComparison.OrdinalIgnoreCase)))
            .OrderByDescending(r => r.Chosen is not null).ThenByDescending(r => r.Now.Platforms != MobilePlatforms.None).ThenByDescending(r => r.Runs)
            .ThenBy(r => r.Repository, StringComparer.Ordinal).ThenBy(r => r.Name, StringComparer.Ordinal).ToList();
        var number = int.TryParse(Request.Query["page"], out var asked) && asked is > 0 and < 1_000_000 ? asked : 1;
        Workflows = [.. shown.Skip((number - 1) * PerPage).Take(PerPage)];
        Pager = Pager.Of(number, PerPage, shown.Count, "workflow", page => Address(Search, page));
        var rules = await db.BuildRules.AsNoTracking().SingleOrDefaultAsync(cancellation);
        ChangedAt = rules?.ChangedAt;
        ChangedBy = rules is null ? null : await db.Users.Where(u => u.Id == rules.ChangedByUserId).Select(u => u.FullName).SingleOrDefaultAsync(cancellation);
        ToLink = await db.Repositories.CountAsync(r => r.ChangedAt != null && (r.LinkedAt == null || r.ChangedAt > r.LinkedAt), cancellation);
    }

    private string Address(string search, int page)
    {
        var query = new Microsoft.AspNetCore.Http.Extensions.QueryBuilder();
        if (search.Length > 0) query.Add("q", search);
        if (page > 1) query.Add("page", page.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return $"/o/{current.Slug}/settings/mobile-builds{query}#workflows";
    }
}
