using Microsoft.AspNetCore.Http.HttpResults;

namespace Veelocity.Web.Api;

/// <summary>The errors that handlers answer themselves; a broken rule throws <see cref="Platform.Refused"/> instead.</summary>
internal static class Problems
{
    private const string InvalidDetail = "Some fields are invalid; see errors.";

    /// <summary>422 with messages by field, the fields in snake_case.</summary>
    public static ProblemHttpResult Invalid(IDictionary<string, string[]> errors) => TypedResults.Problem(InvalidDetails(errors));

    public static HttpValidationProblemDetails InvalidDetails(IDictionary<string, string[]> errors) => new(errors)
    {
        Title = null,
        Status = StatusCodes.Status422UnprocessableEntity,
        Detail = InvalidDetail,
    };

    /// <summary>The stable code of an error that has none of its own.</summary>
    public static string CodeOf(int status) => status switch
    {
        StatusCodes.Status400BadRequest => "bad_request",
        StatusCodes.Status401Unauthorized => "unauthenticated",
        StatusCodes.Status403Forbidden => "forbidden",
        StatusCodes.Status404NotFound => "not_found",
        StatusCodes.Status405MethodNotAllowed => "method_not_allowed",
        StatusCodes.Status406NotAcceptable => "not_acceptable",
        StatusCodes.Status409Conflict => "conflict",
        StatusCodes.Status413PayloadTooLarge => "too_large",
        StatusCodes.Status415UnsupportedMediaType => "unsupported_media_type",
        StatusCodes.Status422UnprocessableEntity => "invalid",
        StatusCodes.Status429TooManyRequests => "rate_limited",
        >= 500 => "internal_error",
        _ => "error",
    };

    public static string? DetailOf(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => "Send a valid access token in the header Authorization: Bearer …",
        StatusCodes.Status403Forbidden => "Your role in this organization does not allow this.",
        StatusCodes.Status404NotFound => "There is nothing here that you can see.",
        StatusCodes.Status405MethodNotAllowed => "This address doesn't take this method; Allow lists those it takes.",
        StatusCodes.Status406NotAcceptable => "This operation answers application/json only.",
        StatusCodes.Status415UnsupportedMediaType => "Send the body as application/json in UTF-8.",
        StatusCodes.Status429TooManyRequests => "Too many requests. Wait as long as Retry-After says.",
        >= 500 => "Something went wrong on our side. Nothing more is known here than the trace id.",
        _ => null,
    };
}
