using System.ComponentModel.DataAnnotations;

namespace Veelocity.Web.Pages.Settings;

/// <summary>What is asked for to connect Slack by hand.</summary>
internal sealed class SlackForm
{
    [Required(ErrorMessage = "Paste the bot token."), StringLength(1000), Display(Name = "Bot token")]
    public string Token { get; set; } = "";

    [StringLength(200), Display(Name = "Signing secret (for events)")]
    public string? SigningSecret { get; set; }
}
