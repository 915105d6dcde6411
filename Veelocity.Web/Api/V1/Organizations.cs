using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Veelocity.Web.Api.Input;
using Veelocity.Web.Data;
using Veelocity.Web.Organizations;
using Veelocity.Web.Platform;
using Veelocity.Web.Platform.Paging;

namespace Veelocity.Web.Api.V1;

/// <summary>The caller's organizations and their members.</summary>
internal static class Organizations
{
    public static void MapOrganizations(this RouteGroupBuilder v1)
    {
        var organizations = v1.MapGroup("/organizations").WithTags("Organizations");
        organizations.MapGet("/", ListAsync).WithSummary("The organizations you belong to");
        organizations.MapPost("/", CreateAsync).WithSummary("Create an organization; you become its Admin")
            .MayAnswer(403, "token_not_allowed", "A personal API token belongs to one organization; sign in for another.");

        var one = organizations.MapGroup("/{id}").About(OrganizationSource.RouteId);
        one.MapGet("/", GetAsync).WithSummary("One of your organizations");
        one.MapPatch("/", ChangeAsync).Requires(Permission.ChangeSettings)
            .WithSummary("Change an organization's settings")
            .WithDescription("Only the fields you send change. The slug stays. people_numbers says who sees the numbers of single people: everyone, managers or oneself.");
        one.MapMembers();
        one.MapInvitations();
        one.MapAuditLog();
    }

    private static async Task<Page<OrganizationAnswer>> ListAsync(
        ClaimsPrincipal caller, MyOrganizations mine, [AsParameters] Paging paging, CancellationToken cancellation)
    {
        var all = await mine.SeenByAsync(caller, cancellation);
        return paging.Of([.. all.Select(OrganizationAnswer.From)]);
    }

    private static async Task<Created<OrganizationAnswer>> CreateAsync(
        OrganizationBody body, ClaimsPrincipal caller, OrganizationFounding founding, CancellationToken cancellation)
    {
        if (caller.OnlyOrganization() is not null)
            throw new Refused("A personal API token belongs to one organization. Sign in to create another.", "token_not_allowed", StatusCodes.Status403Forbidden);
        var made = await founding.FoundAsync(caller.RequiredCallerId(), body.Name!, body.TimeZone ?? TimeZones.Default, cancellation);
        return TypedResults.Created($"/api/v1/organizations/{made.Id}", OrganizationAnswer.From(made));
    }

    private static async Task<OrganizationAnswer> ChangeAsync(
        string id, OrganizationPatch body, ClaimsPrincipal caller, OrganizationChanges changes, MyOrganizations mine, CurrentOrganization current,
        CancellationToken cancellation)
    {
        await changes.SaveAsync(body.ApplyTo, cancellation);
        return await GetAsync(id, caller, mine, current, cancellation);
    }

    private static async Task<OrganizationAnswer> GetAsync(
        string id, ClaimsPrincipal caller, MyOrganizations mine, CurrentOrganization current, CancellationToken cancellation) =>
        OrganizationAnswer.From((await mine.SeenByAsync(caller, cancellation)).Single(o => o.Id == current.Id));
}

internal sealed record OrganizationPatch : PatchBody, IValidatableObject
{
    [StringLength(100, ErrorMessage = "Use 100 characters at most.")]
    public string? Name { get; init => field = Sent(value); }

    [TimeZone]
    public string? TimeZone { get; init => field = Sent(value); }

    /// <summary>Who sees the numbers of single people.</summary>
    public PeopleNumbers? PeopleNumbers { get; init => field = Sent(value); }

    public WorkingHoursBody? WorkingHours { get; init => field = Sent(value); }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Has(nameof(Name)) && string.IsNullOrWhiteSpace(Name)) yield return new("Give the organization a name.", [nameof(Name)]);
        if (Has(nameof(TimeZone)) && TimeZone is null) yield return new("Give a time zone.", [nameof(TimeZone)]);
        if (Has(nameof(PeopleNumbers)) && PeopleNumbers is null) yield return new("Choose everyone, managers or oneself.", [nameof(PeopleNumbers)]);
        if (Has(nameof(WorkingHours)) && (WorkingHours ?? new WorkingHoursBody()).Problem is { } problem) yield return new(problem, [nameof(WorkingHours)]);
    }

    public void ApplyTo(Organization organization)
    {
        organization.Name = Or(Name?.Trim(), organization.Name, nameof(Name))!;
        organization.TimeZone = Or(TimeZone, organization.TimeZone, nameof(TimeZone))!;
        organization.PeopleNumbers = Or(PeopleNumbers, organization.PeopleNumbers, nameof(PeopleNumbers))!.Value;
        if (WorkingHours is not null) organization.WorkingHours = WorkingHours.Hours;
    }
}

/// <summary>When the organization works, for the clock "working".</summary>
internal sealed record WorkingHoursBody
{
    private const int MaxHolidays = 500;

    public IReadOnlyList<DayOfWeek>? Days { get; init; }

    public TimeOnly? From { get; init; }

    public TimeOnly? To { get; init; }

    public IReadOnlyList<DateOnly>? Holidays { get; init; }

    /// <summary>What is wrong with them; null when nothing is.</summary>
    internal string? Problem =>
        Days is not { Count: > 0 } || From is null || To is null ? "Give at least one of days, and from and to."
        : To <= From ? "to has to be later than from."
        : Holidays?.Count > MaxHolidays ? $"Give {MaxHolidays} holidays at most."
        : null;

    internal WorkingHours Hours => new([.. Days!.Distinct().Order()], From!.Value, To!.Value, [.. (Holidays ?? []).Distinct()]);
}

internal sealed record OrganizationBody
{
    [Required(ErrorMessage = "Give the organization a name."), StringLength(100, ErrorMessage = "Use 100 characters at most.")]
    public string? Name { get; init; }

    [TimeZone]
    public string? TimeZone { get; init; }
}

internal sealed record OrganizationAnswer(Guid Id, string Name, string Slug, string TimeZone, Role Role, DateTimeOffset CreatedAt)
{
    public static OrganizationAnswer From(MyOrganization own) => new(own.Id, own.Name, own.Slug, own.TimeZone, own.Role, own.CreatedAt);
}
