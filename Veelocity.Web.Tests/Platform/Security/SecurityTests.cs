using System.Net;
using System.Net.Http.Json;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.Platform.Security;

public sealed class SecurityTests(TestApp app)
{
    [Theory]
    [InlineData("/")]
    [InlineData("/account/login")]
    [InlineData("/no-such-page")]
    [InlineData("/api/v1/health")]
    public async Task Every_answer_carries_the_content_security_policy_without_inline_code(string path)
    {
        using var browser = app.Browser();
        var answer = await browser.GetAsync(path);
        var policy = answer.Response.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Equal(
            ["base-uri 'self'", "default-src 'self'", "form-action 'self'", "frame-ancestors 'none'",
             "img-src 'self' data: https://avatars.githubusercontent.com", "object-src 'none'", "script-src 'self'", "style-src 'self'"],
            policy.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));
        Assert.Equal("nosniff", answer.Response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("DENY", answer.Response.Headers.GetValues("X-Frame-Options").Single());
        Assert.False(answer.Response.Headers.Contains("Server"));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/account/login")]
    [InlineData("/account/register")]
    [InlineData("/account/profile")]
    [InlineData("/account/change-password")]
    [InlineData("/organizations/new")]
    public async Task No_page_holds_inline_scripts_styles_or_event_attributes(string path)
    {
        using var browser = app.Browser();
        if (path.Contains('-') || path.Contains("profile", StringComparison.Ordinal) || path.Contains("new", StringComparison.Ordinal))
            await browser.SignInAsync(await app.SomeoneAsync());
        var page = await browser.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Empty(page.Document.QuerySelectorAll("script:not([src]):not([type='application/json']), style, [style]"));
        Assert.DoesNotContain(page.Document.All, element => element.Attributes.Any(a => a.Name.StartsWith("on", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_form_without_its_antiforgery_token_is_refused()
    {
        using var browser = app.Browser();
        var ada = await app.SomeoneAsync();
        var answer = await browser.PostAsync("/account/login",
            [KeyValuePair.Create("Email", ada.Email), KeyValuePair.Create("Password", Someone.Password)]);
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal("The form could not be read", answer.Document.QuerySelector("h1")!.TextContent);
    }

    [Fact]
    public async Task A_page_that_does_not_exist_says_so_to_those_who_have_signed_in()
    {
        using var browser = app.Browser();
        await browser.SignInAsync(await app.SomeoneAsync());
        var answer = await browser.GetAsync("/no-such-page");
        Assert.Equal((HttpStatusCode.NotFound, "There is nothing here"), (answer.Status, answer.Document.QuerySelector("h1")?.TextContent));
    }

    [Fact]
    public async Task Sign_in_attempts_are_limited_for_each_address()
    {
        await using var strict = new TestApp { Settings = { ["Veelocity:Security:SignInsPerMinute"] = "2" } };
        await strict.InitializeAsync();
        using var api = strict.Api();
        HttpStatusCode[] statuses = [.. await Task.WhenAll(Enumerable.Range(0, 3).Select(async _ =>
        {
            using var answer = await api.PostAsJsonAsync("auth/login", new { email = $"{Guid.NewGuid():N}@example.com", password = "guess" });
            if (answer.StatusCode == HttpStatusCode.TooManyRequests)
            {
                Assert.True(answer.Headers.RetryAfter?.Delta > TimeSpan.Zero);
                Assert.Contains("\"code\":\"rate_limited\"", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
            }
            return answer.StatusCode;
        }))];
        Assert.Equal(2, statuses.Count(status => status == HttpStatusCode.Unauthorized));
        Assert.Equal(1, statuses.Count(status => status == HttpStatusCode.TooManyRequests));

        using var browser = strict.Browser();
        var page = await browser.SubmitAsync("/account/login", ("Email", "someone@example.com"), ("Password", "guess"));
        Assert.Equal((HttpStatusCode.TooManyRequests, "Too many tries"), (page.Status, page.Document.QuerySelector("h1")?.TextContent));
    }
}
