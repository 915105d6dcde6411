namespace Veelocity.Web.Platform;

/// <summary>
/// Where people reach the app, for links that leave it: the setting <c>Veelocity:PublicAddress</c> and nothing else where it is set. Only
/// without it the request's own host is believed, and only while mails stay in the outbox: a mail server requires the setting, because
/// whoever asks could name any host.
/// </summary>
public sealed class PublicAddress(IConfiguration configuration, IHttpContextAccessor http)
{
    public const string Key = "Veelocity:PublicAddress";

    /// <param name="path">Begins with a slash.</param>
    public Uri Of(string path)
    {
        if (Configured(configuration) is { } set) return new Uri(set.AbsoluteUri.TrimEnd('/') + path);
        var request = http.HttpContext?.Request ?? throw new InvalidOperationException("Without Veelocity__PublicAddress a link needs a request.");
        return new Uri($"{request.Scheme}://{request.Host}{request.PathBase}{path}");
    }

    internal static bool IsWellFormed(IConfiguration configuration) => string.IsNullOrWhiteSpace(configuration[Key]) || Configured(configuration) is not null;

    internal static Uri? Configured(IConfiguration configuration) =>
        Uri.TryCreate(configuration[Key], UriKind.Absolute, out var set) && (set.Scheme == Uri.UriSchemeHttps || set.Scheme == Uri.UriSchemeHttp)
            && set.Query.Length == 0 && set.Fragment.Length == 0 && set.UserInfo.Length == 0 ? set : null;
}
