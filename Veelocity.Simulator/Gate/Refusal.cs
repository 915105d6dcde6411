namespace Veelocity.Simulator.Gate;

/// <summary>Error answers in the shape GitHub gives them.</summary>
internal static class Refusal
{
    public static Task NotFound(HttpContext http) => Write(http, 404, "Not Found");

    public static Task Unprocessable(HttpContext http, string message = "Validation Failed") => Write(http, 422, message);

    public static Task Write(HttpContext http, int status, string message, string documentation = "https://docs.github.com/rest")
    {
        http.Response.StatusCode = status;
        return http.Response.WriteAsJsonAsync(
            new { message, documentation_url = documentation, status = status.ToString(System.Globalization.CultureInfo.InvariantCulture) }, http.RequestAborted);
    }
}
