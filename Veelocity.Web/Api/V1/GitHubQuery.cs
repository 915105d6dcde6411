using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Api.Input;
using Veelocity.Web.Data;

namespace Veelocity.Web.Api.V1;

/// <summary>The filters that every list from GitHub takes. An id that is not of this organization finds nothing.</summary>
internal record GitHubQuery
{
    [FromQuery(Name = "repo_id"), IdOf<Repository>("repository")]
    public Guid? RepoId { get; init; }

    /// <summary>Only what is not older; ISO 8601, UTC when it names no offset.</summary>
    [FromQuery(Name = "since")]
    public DateTimeOffset? Since { get; init; }

    public DateTimeOffset? From => Since?.ToUniversalTime();
}

/// <summary>The same for lists of what someone wrote.</summary>
internal record AuthoredQuery : GitHubQuery
{
    /// <summary>A login in any case; a bot's with or without <c>[bot]</c>.</summary>
    [FromQuery(Name = "author"), StringLength(100, ErrorMessage = "A login has 100 characters at most.")]
    public string? Author { get; init; }

    protected const string BotSuffix = "[bot]";

    /// <summary>The login as a pattern of ILIKE; null when none is asked for.</summary>
    public string? LoginPattern =>
        TextPart.Literal(Author?.Trim() is { } login && login.EndsWith(BotSuffix, StringComparison.OrdinalIgnoreCase) ? login[..^BotSuffix.Length] : Author);

    /// <summary>The author's accounts.</summary>
    public IQueryable<Guid?> AccountsIn(VeelocityDb db) =>
        db.Accounts.Where(a => EF.Functions.ILike(a.Login, LoginPattern ?? "")).Select(a => (Guid?)a.Id);
}
