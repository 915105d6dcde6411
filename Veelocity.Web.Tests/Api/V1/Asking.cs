using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.Api.V1;

/// <summary>Sends a request to the API and checks its status.</summary>
internal static class Asking
{
    public static async Task<JsonNode?> AskAsync(this Someone someone, HttpMethod method, string path, object? body = null, HttpStatusCode expected = HttpStatusCode.OK)
    {
        var stop = TestContext.Current.CancellationToken;
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        using var answer = await someone.Api.SendAsync(request, stop);
        var text = await answer.Content.ReadAsStringAsync(stop);
        Assert.True(expected == answer.StatusCode, $"{method} {path}: {answer.StatusCode} {text}");
        return text.Length == 0 ? null : JsonNode.Parse(text);
    }

    public static Task<JsonNode?> GetAsync(this Someone someone, string path) => someone.AskAsync(HttpMethod.Get, path);
}
