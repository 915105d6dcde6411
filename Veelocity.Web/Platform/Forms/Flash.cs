using System.Text.Json;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace Veelocity.Web.Platform.Forms;

/// <summary>How a flash is meant.</summary>
public enum FlashKind
{
    Done,
    Refused,
}

/// <summary>One sentence carried over a redirect and shown once by <c>_Flash</c>.</summary>
public sealed record Flash(FlashKind Kind, string Message)
{
    private const string Key = "flash";

    public static void Done(ITempDataDictionary data, string message) => new Flash(FlashKind.Done, message).Keep(data);

    public static void Refused(ITempDataDictionary data, string message) => new Flash(FlashKind.Refused, message).Keep(data);

    /// <summary>Reads it and forgets it; null when there is none.</summary>
    public static Flash? Take(ITempDataDictionary data) =>
        data[Key] is string json ? JsonSerializer.Deserialize<Flash>(json) : null;

    private void Keep(ITempDataDictionary data) => data[Key] = JsonSerializer.Serialize(this);
}
