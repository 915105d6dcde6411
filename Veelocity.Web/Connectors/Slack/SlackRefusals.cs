using System.Globalization;

namespace Veelocity.Web.Connectors.Slack;

/// <summary>Slack's ways to say no, told apart by who can mend them: the token, a scope, a channel, or time.</summary>
internal static class SlackRefusals
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(60);

    public static bool IsPassing(string? error) =>
        error is "internal_error" or "fatal_error" or "service_unavailable" or "request_timeout" or "team_added_to_org";

    public static ConnectorException Explain(string method, SlackAnswer answer, DateTimeOffset now) => answer.Error switch
    {
        "ratelimited" or "rate_limited" => Limited(now + Pause),
        "token_expired" => new(
            ConnectorFault.TokenExpired, "The token has expired. Switch token rotation off in the Slack app, install it again and enter the new token."),
        "invalid_auth" or "not_authed" or "account_inactive" or "token_revoked" => new(
            ConnectorFault.TokenWrong,
            $"Slack does not accept this token ({answer.Error}): it is mistyped, revoked, or the app was removed. Install the app again and enter its bot token."),
        "not_allowed_token_type" => new(ConnectorFault.TokenWrong, "Slack wants a bot token here. It begins with xoxb-."),
        "org_login_required" => new(ConnectorFault.SsoRequired, "Slack is moving this workspace to another organization and refuses all apps meanwhile."),
        "missing_scope" => new(
            ConnectorFault.MissingPermission,
            $"The app lacks the scope {answer.Needed ?? "for " + method}. Add it under OAuth & Permissions and install the app again."),
        "no_permission" or "access_denied" or "ekm_access_denied" or "accesslimited" or "team_access_not_granted" => new(
            ConnectorFault.MissingPermission, $"Slack does not let the app call {method} ({answer.Error}). An administrator of the workspace can allow it."),
        "channel_not_found" => new(
            ConnectorFault.NotFound, "Slack does not show this channel to the app. If it is private, invite the app: write /invite and its name in the channel."),
        "not_in_channel" => new(ConnectorFault.MissingPermission, Invite),
        "is_archived" => new(ConnectorFault.FeatureDisabled, "The channel is archived, and Slack does not let the app read it any more."),
        "channel_is_limited_access" => new(ConnectorFault.MissingPermission, "Only some members may read this channel. An administrator of the workspace can add the app."),
        "thread_not_found" => new(ConnectorFault.NotFound, MessageGone),
        { } error when IsPassing(error) => new(
            ConnectorFault.Unreachable, $"Slack is in trouble and answered {method} in no try ({error}). It usually passes by itself.",
            inner: new HttpRequestException(error, null, System.Net.HttpStatusCode.InternalServerError)),
        var error => new(ConnectorFault.Malformed, $"Slack did not answer {method}: {error ?? "it gave no reason"}."),
    };

    public const string MessageGone = "The message is no longer there.";

    public const string Invite = "The app is not in the channel. Invite it: write /invite and its name in the channel.";

    public static ConnectorException Limited(DateTimeOffset until) => new(
        ConnectorFault.RateLimited,
        string.Create(CultureInfo.InvariantCulture, $"Slack's limit of requests is used up until {until.UtcDateTime:HH:mm:ss} UTC; reading goes on then."),
        until);
}
