using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.Api;

/// <summary>What every operation of the API does with requests that can't be right; read from its own description, so that nothing new is forgotten.</summary>
public sealed class EveryOperationTests(TestApp app) : IAsyncLifetime
{
    private Someone ada = null!;
    private Guid organization;

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        ada = await app.SomeoneAsync();
        organization = (await ada.FoundAsync("Acme")).GetProperty("id").GetGuid();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_body_of_a_wrong_or_missing_type_is_a_415()
    {
        await AllAsync(o => o.TakesBody, async operation =>
        {
            var wrong = new List<string>();
            foreach (var type in new[] { null, "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/json; charset=utf-7", "application/json; charset=latin1", "nonsense" })
            {
                var (status, code) = await SendAsync(operation, Body("{}", type));
                if ((status, code) is not (HttpStatusCode.UnsupportedMediaType, "unsupported_media_type")) wrong.Add($"{type}: {status} {code}");
            }
            return wrong;
        });
    }

    [Fact]
    public async Task A_required_body_without_a_type_is_a_415_and_an_optional_one_may_be_absent()
    {
        await AllAsync(o => o.TakesBody, async operation =>
        {
            var (status, _) = await SendAsync(operation, null);
            return operation.RequiresBody == (status == HttpStatusCode.UnsupportedMediaType) && (operation.RequiresBody || status != HttpStatusCode.BadRequest) ? [] : [$"{status}"];
        });
        Assert.Contains(await Operation.AllAsync(app), o => o is { TakesBody: true, RequiresBody: false });
    }

    [Fact]
    public async Task A_wrong_method_is_a_405_that_names_the_right_ones()
    {
        using var visitor = app.Api();
        await AllAsync(_ => true, async operation =>
        {
            var wrong = new List<string>();
            foreach (var method in new[] { "TRACE", "PURGE", "OPTIONS" })
            {
                foreach (var caller in new[] { visitor, ada.Api })
                {
                    using var request = new HttpRequestMessage(new HttpMethod(method), operation.Address(organization));
                    using var answer = await caller.SendAsync(request, Now);
                    if (answer.StatusCode != HttpStatusCode.MethodNotAllowed || !answer.Content.Headers.Allow.Contains(operation.Method.Method)) wrong.Add($"{method}: {answer.StatusCode}");
                }
            }
            return wrong;
        });
    }

    [Theory]
    [InlineData("/api/v1/made-up")]
    [InlineData("/api/v2/health")]
    [InlineData("/api/")]
    public async Task An_address_that_does_not_exist_is_a_404(string path)
    {
        using var visitor = app.Api();
        using var answer = await visitor.GetAsync(new Uri(path, UriKind.Relative), Now);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("not_found", (string?)(await answer.Content.ReadFromJsonAsync<JsonNode>(Now))!["code"]);
    }

    [Fact]
    public async Task An_unknown_parameter_is_a_422_that_names_it()
    {
        await AllAsync(_ => true, async operation =>
        {
            var problem = await ProblemAsync(operation, "made_up=1&page_=2");
            return problem?["made_up"] is not null && problem["page_"] is not null ? [] : [problem?.ToJsonString() ?? "taken"];
        });
    }

    [Fact]
    public async Task A_value_of_another_type_is_a_422_that_names_the_field_and_what_was_expected()
    {
        await AllAsync(o => o.Query.Count > 0, async operation =>
        {
            var wrong = new List<string>();
            foreach (var parameter in operation.Query.Where(p => (string?)p["schema"]?["format"] is not null || IsOf(p, "boolean")))
            {
                var name = (string)parameter["name"]!;
                if ((string?)(await ProblemAsync(operation, $"{name}=nonsense"))?[name]?[0] is not { } words || !words.StartsWith("Use ", StringComparison.Ordinal)) wrong.Add(name);
            }
            foreach (var parameter in operation.Query)
            {
                var name = (string)parameter["name"]!;
                if (!IsOf(parameter, "array") && (await ProblemAsync(operation, $"{name}=a&{name}=b"))?[name] is null) wrong.Add($"{name} twice");
                if ((await ProblemAsync(operation, $"{name}=%00"))?[name] is null) wrong.Add($"{name} with U+0000");
            }
            return wrong;
        });
    }

    [Fact]
    public async Task An_unknown_id_or_environment_is_a_422_and_never_an_empty_answer()
    {
        await AllAsync(o => o.Query.Count > 0, async operation =>
        {
            var wrong = new List<string>();
            foreach (var name in operation.Query.Select(p => (string)p["name"]!).Where(name => name.EndsWith("_id", StringComparison.Ordinal) || name is "environment" or "connector"))
            {
                var value = name.EndsWith("_id", StringComparison.Ordinal) ? Guid.NewGuid().ToString() : "made-up";
                if ((await ProblemAsync(operation, $"{name}={value}"))?[name] is null) wrong.Add(name);
            }
            return wrong;
        });
    }

    [Fact]
    public async Task Every_list_pages()
    {
        // One row for each connector there is, however much is synced.
        string[] fixedSize = ["GET /api/v1/connectors", "GET /api/v1/sync/status"];
        await AllAsync(o => o.Method == HttpMethod.Get && o.Answer is not null, operation =>
        {
            var schema = operation.Answer!;
            var isPage = ((string?)schema["$ref"])?.Contains("/PageOf", StringComparison.Ordinal) == true;
            var pages = operation.Query.Count(p => (string?)p["name"] is "page" or "per_page") == 2;
            List<string> wrong = isPage != pages ? ["page and per_page"] : schema["items"] is not null && !fixedSize.Contains(operation.Name) ? ["a bare list"] : [];
            return Task.FromResult<IReadOnlyList<string>>(wrong);
        });
    }

    [Fact]
    public async Task CSV_is_answered_wherever_it_is_offered_and_refused_elsewhere()
    {
        await AllAsync(o => o.Method == HttpMethod.Get && !o.Path.Contains('{', StringComparison.Ordinal) || o.OffersCsv, async operation =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, operation.Address(organization));
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/csv"));
            using var answer = await ada.Api.SendAsync(request, Now);
            var got = (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType);
            return got == (operation.OffersCsv ? (HttpStatusCode.OK, "text/csv") : (HttpStatusCode.NotAcceptable, "application/problem+json")) ? [] : [$"{got}"];
        });
        Assert.True((await Operation.AllAsync(app)).Count(o => o.OffersCsv) > 20);
    }

    /// <summary>Checks the operations that match; each answers what is wrong with it.</summary>
    private async Task AllAsync(Func<Operation, bool> match, Func<Operation, Task<IReadOnlyList<string>>> check)
    {
        var (wrong, count) = (new List<string>(), 0);
        foreach (var operation in (await Operation.AllAsync(app)).Where(match))
        {
            count++;
            wrong.AddRange((await check(operation)).Select(what => $"{operation.Name}: {what}"));
        }
        Assert.Empty(wrong);
        Assert.True(count > 20, $"{count}");
    }

    private static bool IsOf(JsonNode parameter, string type) => parameter["schema"]?["type"] is JsonArray types ? types.Any(t => (string?)t == type) : (string?)parameter["schema"]?["type"] == type;

    private static ByteArrayContent Body(string text, string? type)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
        if (type is not null) content.Headers.TryAddWithoutValidation("Content-Type", type);
        return content;
    }

    private async Task<(HttpStatusCode Status, string? Code)> SendAsync(Operation operation, HttpContent? content)
    {
        using var request = new HttpRequestMessage(operation.Method, operation.Address(organization)) { Content = content };
        using var answer = await ada.Api.SendAsync(request, Now);
        return (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType == "application/problem+json" ? (string?)(await answer.Content.ReadFromJsonAsync<JsonNode>(Now))!["code"] : null);
    }

    /// <summary>The errors of a 422 by field; null for every other answer.</summary>
    private async Task<JsonNode?> ProblemAsync(Operation operation, string query)
    {
        using var request = new HttpRequestMessage(operation.Method, $"{operation.Address(organization)}?{query}") { Content = operation.TakesBody ? Body("{}", "application/json") : null };
        using var answer = await ada.Api.SendAsync(request, Now);
        return answer.StatusCode == HttpStatusCode.UnprocessableEntity ? (await answer.Content.ReadFromJsonAsync<JsonNode>(Now))!["errors"] : null;
    }
}
