using System.Text;

namespace Veelocity.Web.Connectors.Slack;

/// <summary>The Slack app that a workspace makes for Veelocity: exactly the scopes and events that are used.</summary>
internal static class SlackManifest
{
    public static readonly IReadOnlyList<string> Scopes =
        ["channels:history", "channels:read", "groups:history", "groups:read", "reactions:read", "users:read", "users:read.email"];

    private static readonly string[] Events =
    [
        "app_uninstalled", "channel_archive", "channel_rename", "channel_unarchive", "message.channels", "message.groups", "reaction_added", "reaction_removed",
        "tokens_revoked",
    ];

    public static string Write(Uri? events, Uri? redirect)
    {
        var yaml = new StringBuilder("""
            display_information:
              name: Veelocity
              description: Reads incident channels, so that outages and their ends need not be entered by hand
              background_color: "#1E3A5F"
            features:
              bot_user:
                display_name: veelocity
                always_online: false
            oauth_config:

            """);
        if (redirect is not null) yaml.Append("  redirect_urls:\n    - ").Append(redirect.AbsoluteUri).Append('\n');
        yaml.Append("  scopes:\n    bot:\n");
        foreach (var scope in Scopes) yaml.Append("      - ").Append(scope).Append('\n');
        yaml.Append("settings:\n");
        if (events is not null)
        {
            yaml.Append("  event_subscriptions:\n    request_url: ").Append(events.AbsoluteUri).Append("\n    bot_events:\n");
            foreach (var name in Events) yaml.Append("      - ").Append(name).Append('\n');
        }
        yaml.Append("  org_deploy_enabled: false\n  socket_mode_enabled: false\n  token_rotation_enabled: false\n");
        return yaml.ToString().ReplaceLineEndings("\n");
    }
}
