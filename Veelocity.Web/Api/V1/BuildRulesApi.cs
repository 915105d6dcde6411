using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Api.Input;
using Veelocity.Web.Data;
using Veelocity.Web.Linking.Builds;
using Veelocity.Web.Linking.Rules;
using Veelocity.Web.Organizations;
using Veelocity.Web.Platform.Patterns;

namespace Veelocity.Web.Api.V1;

/// <summary>How mobile builds are recognized: the patterns, and what members say about single workflows.</summary>
internal static class BuildRulesApi
{
    public static void MapBuildRules(this RouteGroupBuilder v1)
    {
        var builds = v1.MapOrganizationGroup("/metrics/rules/builds").WithTags("Metric rules");
        builds.MapGet("/", GetAsync).WithSummary("The patterns that recognize mobile builds");
        builds.MapPatch("/", ChangeAsync).Requires(Permission.EditMetricRules)
            .WithSummary("Change the patterns that recognize mobile builds; the metrics follow as each repository is linked again")
            .WithDescription("Regular expressions, looked for anywhere in a name, in any case. Only the fields you send change; null or empty text matches nothing.");
        builds.MapPut("/workflows/{id:guid}", ChooseAsync).Requires(Permission.EditMetricRules)
            .WithSummary("Say what a workflow builds; null leaves it to the patterns");
    }

    private static async Task<BuildRuleSet> GetAsync(CurrentOrganization organization, VeelocityDb db, CancellationToken cancellation) =>
        await MobileRules.SetOfAsync(db, organization.Id, cancellation);

    private static async Task<BuildRuleSet> ChangeAsync(
        BuildRulesPatch body, ClaimsPrincipal caller, CurrentOrganization organization, VeelocityDb db, BuildChanges changes,
        CancellationToken cancellation)
    {
        var changed = body.AppliedTo(await MobileRules.SetOfAsync(db, organization.Id, cancellation));
        await changes.SetRulesAsync(organization.Id, changed, caller.RequiredCallerId(), cancellation);
        return changed;
    }

    private static async Task<Results<NoContent, NotFound>> ChooseAsync(
        Guid id, WorkflowBuildsBody body, ClaimsPrincipal caller, CurrentOrganization organization, VeelocityDb db, BuildChanges changes,
        CancellationToken cancellation)
    {
        if (!await db.Workflows.AnyAsync(w => w.Id == id, cancellation)) return TypedResults.NotFound();
        var choices = new Dictionary<Guid, MobilePlatforms?> { [id] = body.Builds };
        await changes.ChooseAsync(organization.Id, choices, caller.RequiredCallerId(), cancellation);
        return TypedResults.NoContent();
    }
}

/// <param name="Builds"><c>ios</c>, <c>android</c>, <c>both</c>, or <c>none</c> for no mobile build; null leaves it to the patterns.</param>
internal sealed record WorkflowBuildsBody(MobilePlatforms? Builds);

/// <summary>The patterns to change.</summary>
internal sealed record BuildRulesPatch : PatchBody
{
    /// <summary>Names and files of workflows that build for iOS.</summary>
    [NamePattern]
    public string? IosNames { get; init => field = Sent(value); }

    /// <summary>Names and files of workflows that build for Android.</summary>
    [NamePattern]
    public string? AndroidNames { get; init => field = Sent(value); }

    /// <summary>Names and files of workflows that build for both.</summary>
    [NamePattern]
    public string? BothNames { get; init => field = Sent(value); }

    /// <summary>Commands, actions and runners of workflows that build for iOS.</summary>
    [NamePattern]
    public string? IosContents { get; init => field = Sent(value); }

    /// <summary>Commands, actions and runners of workflows that build for Android.</summary>
    [NamePattern]
    public string? AndroidContents { get; init => field = Sent(value); }

    /// <summary>Commands, actions and runners of workflows that build for both.</summary>
    [NamePattern]
    public string? BothContents { get; init => field = Sent(value); }

    /// <summary>Names and files of workflows that are no mobile builds although something of them matches.</summary>
    [NamePattern]
    public string? NotNames { get; init => field = Sent(value); }

    /// <summary>Jobs that build for iOS in workflows that build for both.</summary>
    [NamePattern]
    public string? IosJobs { get; init => field = Sent(value); }

    /// <summary>Jobs that build for Android in workflows that build for both.</summary>
    [NamePattern]
    public string? AndroidJobs { get; init => field = Sent(value); }

    public BuildRuleSet AppliedTo(BuildRuleSet before) => new()
    {
        IosNames = Or(IosNames, before.IosNames, nameof(IosNames)) ?? "",
        AndroidNames = Or(AndroidNames, before.AndroidNames, nameof(AndroidNames)) ?? "",
        BothNames = Or(BothNames, before.BothNames, nameof(BothNames)) ?? "",
        IosContents = Or(IosContents, before.IosContents, nameof(IosContents)) ?? "",
        AndroidContents = Or(AndroidContents, before.AndroidContents, nameof(AndroidContents)) ?? "",
        BothContents = Or(BothContents, before.BothContents, nameof(BothContents)) ?? "",
        NotNames = Or(NotNames, before.NotNames, nameof(NotNames)) ?? "",
        IosJobs = Or(IosJobs, before.IosJobs, nameof(IosJobs)) ?? "",
        AndroidJobs = Or(AndroidJobs, before.AndroidJobs, nameof(AndroidJobs)) ?? "",
    };
}
