using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Linking.Rules;
using Veelocity.Web.Metrics;
using Veelocity.Web.Organizations;
using Veelocity.Web.Platform;
using Veelocity.Web.Platform.Forms;
using Veelocity.Web.Platform.Patterns;
using Veelocity.Web.Sync;

namespace Veelocity.Web.Pages.Settings;

/// <summary>One service: its active source and why, the others it could have, its paths, and what its environments are for.</summary>
internal sealed class ServiceModel(
    VeelocityDb db, CurrentOrganization organization, SourceChoices choices, ServiceChanges changes, EnvironmentChanges environments, PathSync paths, TimeProvider clock) : PageModel
{
    private const int MostEnvironments = 20;

    public sealed record EnvironmentRow(string Name, bool IsDeclaredProduction, EnvironmentUse? Use);

    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty]
    public string? Name { get; set; }

    /// <summary>As typed; in the address, paths to try before they are saved.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Globs { get; set; }

    /// <summary>A source to choose; in the address, one to preview.</summary>
    [BindProperty(Name = "From", SupportsGet = true)]
    public SourceForm From { get; set; } = new();

    /// <summary>What the typed source would give; null when none was typed.</summary>
    public SourceTable.Row? Tried { get; private set; }

    public IReadOnlyList<SourceFinding> Findings { get; private set; } = [];
    public IReadOnlyList<SelectListItem> Repositories { get; private set; } = [];

    public Service Service { get; private set; } = null!;
    public Repository Repository { get; private set; } = null!;
    public string? ChosenBy { get; private set; }
    public SourceTable Sources { get; private set; } = null!;
    public IReadOnlyList<EnvironmentRow> Environments { get; private set; } = [];
    public bool IsOnlyOne { get; private set; }
    public bool MayEdit => organization.May(Permission.EditMetricRules);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (!await FindAsync(cancellation)) return NotFound();
        if (From.ToSource() is { } typed) await TryAsync(typed, cancellation);
        return await ShowAsync(cancellation);
    }

    /// <summary>Only the sources, for paths that are being typed.</summary>
    public async Task<IActionResult> OnGetSourcesAsync(CancellationToken cancellation)
    {
        if (!await FindAsync(cancellation)) return NotFound();
        return Partial("_Sources", await SourcesAsync(cancellation));
    }

    [Requires(Permission.EditMetricRules)]
    public async Task<IActionResult> OnPostChooseAsync(CancellationToken cancellation)
    {
        if (!await FindAsync(cancellation)) return NotFound();
        if (From.ToSource() is not { } chosen)
        {
            ModelState.AddModelError("From.Type", "Choose where deployments are read from.");
            return await ShowAsync(cancellation);
        }
        try
        {
            if (!await changes.ChooseAsync(Id, chosen, User.RequiredCallerId(), cancellation)) return NotFound();
        }
        catch (Refused wrong) when (wrong.Field is { } field)
        {
            ModelState.AddModelError($"From.{field}", wrong.Message);
            return await ShowAsync(cancellation);
        }
        await paths.RequestAsync(Repository.Id, cancellation);
        if (chosen.RepositoryId is { } deployer) await paths.RequestAsync(deployer, cancellation);
        Flash.Done(TempData, $"Deployments of {Service.Name} now come from {ServiceWords.Of(chosen)}. All numbers follow.");
        return RedirectToPage();
    }

    [Requires(Permission.EditMetricRules)]
    public async Task<IActionResult> OnPostAutomaticAsync(CancellationToken cancellation)
    {
        if (!await changes.ReturnToDetectionAsync(Id, cancellation)) return NotFound();
        var service = await db.Services.AsNoTracking().SingleAsync(s => s.Id == Id, cancellation);
        Flash.Done(TempData, $"{service.Name} finds its source by itself again: {ServiceWords.Of(service.ReadFrom)}.");
        return RedirectToPage();
    }

    [Requires(Permission.EditMetricRules)]
    public async Task<IActionResult> OnPostEditAsync(CancellationToken cancellation)
    {
        if (!await FindAsync(cancellation)) return NotFound();
        try
        {
            await changes.EditAsync(Id, Name, PathGlobs.Parse(Globs), User.RequiredCallerId(), cancellation);
        }
        catch (Refused wrong) when (wrong.Field is { } field)
        {
            ModelState.AddModelError(field, wrong.Message);
            return await ShowAsync(cancellation);
        }
        await paths.RequestAsync(Repository.Id, cancellation);
        Flash.Done(TempData, "Saved. All numbers follow it.");
        return RedirectToPage();
    }

    [Requires(Permission.EditMetricRules)]
    public async Task<IActionResult> OnPostRemoveAsync(CancellationToken cancellation)
    {
        if (!await changes.RemoveAsync(Id, cancellation)) return NotFound();
        Flash.Done(TempData, "The service is removed. Its pull requests stay with the services whose paths they changed.");
        return Redirect($"~/o/{organization.Slug}/settings/services");
    }

    [Requires(Permission.EditMetricRules)]
    public async Task<IActionResult> OnPostEnvironmentsAsync(Dictionary<string, EnvironmentUse?> uses, CancellationToken cancellation)
    {
        if (!await FindAsync(cancellation)) return NotFound();
        await environments.SetAsync(organization.Id, Repository.Id, uses, User.RequiredCallerId(), cancellation);
        Flash.Done(TempData, "Saved. All numbers follow it.");
        return RedirectToPage();
    }

    private async Task<bool> FindAsync(CancellationToken cancellation)
    {
        if (await db.Services.AsNoTracking().SingleOrDefaultAsync(s => s.Id == Id, cancellation) is not { } service) return false;
        Service = service;
        Repository = await db.Repositories.AsNoTracking().SingleAsync(r => r.Id == service.RepositoryId, cancellation);
        return true;
    }

    private async Task TryAsync(ServiceSource typed, CancellationToken cancellation)
    {
        try
        {
            Tried = SourceTable.RowOf(await choices.TryAsync(Service, Repository, typed, cancellation), Repository, Last90Days, await DeployersAsync(cancellation));
        }
        catch (Refused wrong) when (wrong.Field is { } field)
        {
            ModelState.AddModelError($"From.{field}", wrong.Message);
        }
    }

    private async Task<PageResult> ShowAsync(CancellationToken cancellation)
    {
        await ReadAsync(cancellation);
        return Page();
    }

    private async Task ReadAsync(CancellationToken cancellation)
    {
        ChosenBy = await db.Users.Where(u => u.Id == Service.ChosenByUserId).Select(u => u.FullName).SingleOrDefaultAsync(cancellation);
        IsOnlyOne = !await db.Services.AnyAsync(s => s.RepositoryId == Repository.Id && s.Id != Id, cancellation);
        var rules = await db.EnvironmentRules.Where(r => r.RepositoryId == Repository.Id).ToDictionaryAsync(r => r.Name, r => r.Use, StringComparer.OrdinalIgnoreCase, cancellation);
        var since = clock.GetUtcNow().AddDays(-90);
        // Those in use, busiest first: each preview has had an environment of its own.
        var used = await db.EnvironmentDeployments.Where(d => d.RepositoryId == Repository.Id && d.CreatedAt > since)
            .GroupBy(d => d.Environment).Select(g => new { Name = g.Key, Count = g.Count() }).OrderByDescending(e => e.Count).ThenBy(e => e.Name).Take(MostEnvironments).ToListAsync(cancellation);
        var declared = await db.DeploymentEnvironments.Where(e => e.RepositoryId == Repository.Id && (e.IsDeclaredProduction == true || e.IsDeclaredTransient == true)).ToListAsync(cancellation);
        Environments = [.. used.Select(e => e.Name).Concat(rules.Keys).Distinct(StringComparer.OrdinalIgnoreCase)
            .Where(name => !declared.Exists(d => d.Name == name && d.IsDeclaredTransient == true))
            .Select(name => new EnvironmentRow(name, declared.Exists(d => d.Name == name && d.IsDeclaredProduction == true), rules.TryGetValue(name, out var use) ? use : null))];
        Findings = await db.SourceFindings.AsNoTracking().Where(f => f.ServiceId == Id).OrderByDescending(f => f.Problem == SourceProblem.BetterSource)
            .ThenByDescending(f => f.Count).ThenBy(f => f.Subject).ToListAsync(cancellation);
        Repositories = await db.Repositories.Where(r => r.LeftAt == null && r.Id != Repository.Id).OrderBy(r => r.FullName)
            .Select(r => new SelectListItem(r.FullName, r.Id.ToString())).ToListAsync(cancellation);
        if (From.Type is null) From = SourceForm.Of(Service.ReadFrom);
        Sources = await SourcesAsync(cancellation);
        Name ??= Service.Name;
        Globs ??= string.Join('\n', Service.PathGlobs);
    }

    private async Task<SourceTable> SourcesAsync(CancellationToken cancellation)
    {
        var tried = Globs is null ? null : PathGlobs.Parse(Globs);
        if (tried is not null && PathGlobs.ProblemOf(tried) is not null) tried = null;
        return SourceTable.Of(
            Service, Repository, await choices.AskAsync(Service, Repository, tried, cancellation), Last90Days, MayEdit, await DeployersAsync(cancellation));
    }

    private Period Last90Days => Period.LastDays(90, TimeZoneInfo.FindSystemTimeZoneById(organization.TimeZone), clock.GetUtcNow());

    private async Task<IReadOnlyDictionary<Guid, string>> DeployersAsync(CancellationToken cancellation) =>
        await db.Repositories.ToDictionaryAsync(r => r.Id, r => r.FullName, cancellation);
}
