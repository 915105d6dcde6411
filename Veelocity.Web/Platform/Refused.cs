using Microsoft.AspNetCore.Http;

namespace Veelocity.Web.Platform;

/// <summary>
/// A rule said no, and the message tells a person why and what to do. Pages show it as a flash and go back; the API answers a
/// problem with the stable <see cref="Code"/>: 409, or 422 when it is about one <see cref="Field"/>.
/// </summary>
public sealed class Refused(string message, string code = "refused", int? status = null) : Exception(message)
{
    public string Code { get; } = code;

    /// <summary>The field of the request that caused it, in C# spelling; null when no single one did.</summary>
    public string? Field { get; init; }

    /// <summary>When trying again makes sense; null when waiting does not help.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public int Status => status ?? (Field is null ? StatusCodes.Status409Conflict : StatusCodes.Status422UnprocessableEntity);
}
