using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.Api;

/// <summary>The values that the description names for a parameter are those that the app takes.</summary>
public sealed class OpenApiParametersTests(TestApp app)
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_value_that_a_parameter_is_said_to_take_is_taken_and_another_is_not()
    {
        var someone = await app.SomeoneAsync();
        var id = (await someone.FoundAsync("Acme")).GetProperty("id").GetGuid();
        var description = (await someone.Api.GetFromJsonAsync<JsonNode>(new Uri(app.Address, "/openapi/v1.json"), Now))!;
        var (wrong, asked) = (new List<string>(), 0);
        foreach (var (path, operation) in description["paths"]!.AsObject().Select(path => (path.Key, path.Value!["get"])).Where(o => o.Item2 is not null))
        {
            foreach (var parameter in operation!["parameters"]?.AsArray() ?? [])
            {
                if (parameter!["schema"]!["enum"] is not JsonArray values) continue;
                foreach (var value in values.Select(v => (string)v!).Append("made-up"))
                {
                    using var answer = await someone.Api.GetAsync(new Uri(app.Address, $"{path.Replace("{id}", id.ToString(), StringComparison.Ordinal)}?{parameter["name"]}={value}"), Now);
                    asked++;
                    if (answer.StatusCode == HttpStatusCode.UnprocessableEntity != (value == "made-up")) wrong.Add($"{path}?{parameter["name"]}={value}: {(int)answer.StatusCode}");
                }
            }
        }
        Assert.Empty(wrong);
        Assert.True(asked > 100, $"{asked}");
    }
}
