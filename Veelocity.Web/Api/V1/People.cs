using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Veelocity.Web.Api.Input;
using Veelocity.Web.Data;
using Veelocity.Web.Linking.People;
using Veelocity.Web.Linking.Rules;
using Veelocity.Web.Organizations;
using Veelocity.Web.Platform;
using Veelocity.Web.Platform.Paging;

namespace Veelocity.Web.Api.V1;

/// <summary>People with their accounts: merging, splitting, and marking bots.</summary>
internal static class People
{
    public static void MapPeople(this RouteGroupBuilder v1)
    {
        var people = v1.MapOrganizationGroup("/people").WithTags("People");
        people.MapGet("/", ListAsync).WithSummary("People and bots with their accounts, by name");
        people.MapGet("/suggestions", SuggestAsync).WithSummary("Pairs who could be the same person");
        people.MapPost("/merge", MergeAsync).Requires(Permission.EditTeams)
            .WithSummary("Merge people: their accounts belong to the first one from now on, through every sync")
            .MayAnswer(409, "refused", "One of them is no longer there.");
        people.MapPost("/split", SplitAsync).Requires(Permission.EditTeams)
            .WithSummary("Split an account off: it is a person of its own from now on, through every sync")
            .MayAnswer(409, "refused", "It is the person's only account.");
        people.MapPost("/keep-apart", KeepApartAsync).Requires(Permission.EditTeams)
            .WithSummary("Say that two are different people; they aren't suggested again")
            .MayAnswer(409, "refused", "One of them is no longer there.");
        people.MapPut("/accounts/{id:guid}/kind", MarkAsync).Requires(Permission.EditTeams)
            .WithSummary("Say that an account is a bot or a person's; null leaves it to the rules");
    }

    private static async Task<Page<PersonAnswer>> ListAsync(
        [AsParameters] PeopleQuery query, [AsParameters] Paging paging, PeopleList list, CancellationToken cancellation)
    {
        var request = paging.Request;
        var selection = PeopleList.SelectionOf(query.Show?.Replace("_", "", StringComparison.Ordinal));
        var found = await list.AskAsync(query.Text, selection, request.Offset, request.PerPage, cancellation);
        return new Page<PersonAnswer>([.. found.People.Select(PersonAnswer.Of)], request.Number, request.PerPage,
            found.Matching);
    }

    private static async Task<Page<SuggestionAnswer>> SuggestAsync(
        [AsParameters] Paging paging, PeopleList list, CancellationToken cancellation)
    {
        var suggestions = await list.SuggestAsync(cancellation);
        return paging.Of(suggestions.ConvertAll(s => new SuggestionAnswer([PersonAnswer.Of(s.One),
            PersonAnswer.Of(s.Other)], s.Why)));
    }

    private static async Task<NoContent> MergeAsync(
        MergePeopleBody body, ClaimsPrincipal caller, PeopleChanges changes, CancellationToken cancellation)
    {
        Guid[] chosen = [.. body.PersonIds!.Distinct()];
        if (chosen.Length < 2)
            throw new Refused("Name two or more different people.", "invalid") { Field = nameof(MergePeopleBody.PersonIds) };
        foreach (var other in chosen.Skip(1))
            await changes.MergeAsync(chosen[0], other, caller.RequiredCallerId(), cancellation);
        return TypedResults.NoContent();
    }

    private static async Task<Results<NoContent, NotFound>> SplitAsync(
        SplitBody body, ClaimsPrincipal caller, PeopleChanges changes, CancellationToken cancellation) =>
        await changes.SplitAsync(body.AccountId!.Value, caller.RequiredCallerId(), cancellation)
            ? TypedResults.NoContent()
            : TypedResults.NotFound();

    private static async Task<NoContent> KeepApartAsync(
        KeepApartBody body, ClaimsPrincipal caller, CurrentOrganization organization, PeopleChanges changes,
        CancellationToken cancellation)
    {
        await changes.KeepApartAsync(organization.Id, body.PersonIds![0], body.PersonIds[1],
            caller.RequiredCallerId(), cancellation);
        return TypedResults.NoContent();
    }

    private static async Task<Results<NoContent, NotFound>> MarkAsync(
        Guid id, KindBody body, ClaimsPrincipal caller, CurrentOrganization organization, PeopleChanges changes,
        CancellationToken cancellation) =>
        await changes.MarkAsync(organization.Id, id, body.Kind, caller.RequiredCallerId(), cancellation)
            ? TypedResults.NoContent()
            : TypedResults.NotFound();
}

internal sealed record PeopleQuery
{
    /// <summary>Part of a name, a login or an email.</summary>
    [FromQuery(Name = "q"), StringLength(100, ErrorMessage = "Use 100 characters at most.")]
    public string? Text { get; init; }

    [FromQuery(Name = "show")]
    [AllowedValues(null, "everyone", "people", "bots", "several", "by_hand",
        ErrorMessage = "Choose everyone, people, bots, several or by_hand.")]
    public string? Show { get; init; }
}

/// <param name="Decided">Someone merged, split or marked it.</param>
internal sealed record PersonAnswer(Guid Id, string Name, bool Bot, bool Decided, IReadOnlyList<AccountAnswer> Accounts)
{
    public static PersonAnswer Of(PeopleList.Someone someone) => new(
        someone.Id, someone.Name, someone.IsBot, someone.IsByHand,
        [.. someone.Logins.Select(login => new AccountAnswer(login.Id, login.Provider, login.Name, login.Email,
        login.Kind, login.MarkedAs))]);
}

/// <param name="MarkedAs">What someone said it is; null where the rules decide.</param>
internal sealed record AccountAnswer(Guid Id, string Provider, string Login, string? Email, AccountKind Kind,
    AccountKind? MarkedAs);

/// <param name="Why">What makes them look like one.</param>
internal sealed record SuggestionAnswer(IReadOnlyList<PersonAnswer> People, string Why);

internal sealed record MergePeopleBody
{
    /// <summary>The first one keeps the name.</summary>
    [Required(ErrorMessage = "Name two or more people.")]
    [MinLength(2, ErrorMessage = "Name two or more people.")]
    [MaxLength(100, ErrorMessage = "Name 100 people at most.")]
    public IReadOnlyList<Guid>? PersonIds { get; init; }
}

internal sealed record SplitBody
{
    [Required(ErrorMessage = "Name the account.")]
    public Guid? AccountId { get; init; }
}

internal sealed record KeepApartBody
{
    [Required(ErrorMessage = "Name two people.")]
    [MinLength(2, ErrorMessage = "Name two people.")]
    [MaxLength(2, ErrorMessage = "Name two people.")]
    public IReadOnlyList<Guid>? PersonIds { get; init; }
}

internal sealed record KindBody
{
    public AccountKind? Kind { get; init; }
}
