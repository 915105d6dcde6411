using System.ComponentModel.DataAnnotations;

namespace Veelocity.Web.Pages.Settings;

/// <summary>What is asked for to connect Linear by hand.</summary>
internal sealed class LinearForm
{
    [Required(ErrorMessage = "Paste the key."), StringLength(1000), Display(Name = "API key")]
    public string ApiKey { get; set; } = "";
}
