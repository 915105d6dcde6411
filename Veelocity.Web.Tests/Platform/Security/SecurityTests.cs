using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Veelocity.Web.Platform.Security;
using Veelocity.Web.Tests.Api.V1;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.Platform.Security;

public sealed partial class SecurityTests(TestApp app)
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
             "img-src 'self' data: https://avatars.githubusercontent.com", "manifest-src 'self'", "object-src 'none'", "script-src 'self'", "style-src 'self'", "worker-src 'self'"],
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

    [Fact]
    public async Task Every_page_carries_the_security_headers_and_holds_no_inline_code()
    {
        var ada = await app.SomeoneAsync();
        var slug = (await ada.FoundAsync("Headers")).GetProperty("slug").GetString();
        using var browser = app.Browser();
        await browser.SignInAsync(ada);
        var templates = app.Services.GetRequiredService<IActionDescriptorCollectionProvider>().ActionDescriptors.Items
            .Select(page => page.AttributeRouteInfo?.Template ?? "").Distinct(StringComparer.Ordinal).ToList();
        Assert.True(templates.Count > 40, $"{templates.Count} pages");
        foreach (var template in templates)
        {
            var path = "/" + RouteValue().Replace(template.Replace("{slug}", slug, StringComparison.Ordinal), value => value.Value.Contains(":guid", StringComparison.Ordinal) ? Guid.NewGuid().ToString() : "");
            var page = await browser.GetAsync(path);
            Assert.True((int)page.Status < 500, $"{path}: {page.Status}");
            foreach (var header in new[] { "Content-Security-Policy", "X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy", "Permissions-Policy", "Cross-Origin-Opener-Policy" })
                Assert.True(page.Response.Headers.Contains(header), $"{path} lacks {header}");
            Assert.True(page.Document.QuerySelectorAll("script:not([src]):not([type='application/json']), style, [style]").Length == 0, $"{path} holds inline code");
            Assert.DoesNotContain(page.Document.All, element => element.Attributes.Any(a => a.Name.StartsWith("on", StringComparison.Ordinal)));
            // Every form that changes something carries its token.
            Assert.All(page.Document.QuerySelectorAll("form[method=post]"), form => Assert.NotNull(form.QuerySelector("input[name=__RequestVerificationToken]")));
        }
    }

    [Fact]
    public async Task No_page_but_the_error_page_does_without_the_forms_token()
    {
        var without = app.Services.GetRequiredService<IActionDescriptorCollectionProvider>().ActionDescriptors.Items
            .Where(page => page.EndpointMetadata.OfType<IAntiforgeryMetadata>().Any(form => !form.RequiresValidation) || page.EndpointMetadata.OfType<IgnoreAntiforgeryTokenAttribute>().Any())
            .Select(page => page.AttributeRouteInfo?.Template);
        Assert.All(without, template => Assert.StartsWith("error", template, StringComparison.Ordinal));
        using var browser = app.Browser();
        await browser.SignInAsync(await app.SomeoneAsync());
        foreach (var path in new[] { "/account/passkeys/options", "/account/login/passkey/options", "/account/sessions?handler=Others", "/account/two-factor/off", "/account/two-factor/recovery-codes" })
            Assert.Equal((path, HttpStatusCode.BadRequest), (path, (await browser.PostAsync(path, [])).Status));
    }

    [Fact]
    public async Task Requests_to_the_API_are_limited_for_each_token_and_for_each_address()
    {
        await using var strict = new TestApp { Settings = { ["Veelocity:Security:ApiRequestsPerMinute"] = "5", ["Veelocity:Security:ApiRequestsPerMinuteFromAddress"] = "12" } };
        await strict.InitializeAsync();
        async Task<HttpResponseMessage> AskAsync(string token)
        {
            using var api = strict.Api(token);
            return await api.GetAsync(new Uri("auth/me", UriKind.Relative), TestContext.Current.CancellationToken);
        }
        for (var request = 1; request <= 5; request++)
        {
            using var answer = await AskAsync("vee_one");
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        }
        using var sixth = await AskAsync("vee_one");
        await AuthTests.AssertProblemAsync(sixth, HttpStatusCode.TooManyRequests, "rate_limited");
        Assert.InRange(sixth.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        // A new token for each request helps only until the address is full.
        var statuses = new List<HttpStatusCode>();
        for (var request = 0; request < 8; request++)
        {
            using var answer = await AskAsync($"vee_{request}");
            statuses.Add(answer.StatusCode);
        }
        Assert.Contains(HttpStatusCode.Unauthorized, statuses);
        Assert.Equal(HttpStatusCode.TooManyRequests, statuses[^1]);
        using var browser = strict.Browser();
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/account/login")).Status);
    }

    [Theory]
    [InlineData("203.0.113.7", "::ffff:203.0.113.7", true)]
    [InlineData("203.0.113.7", "203.0.113.8", false)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    public void Addresses_of_one_IPv6_network_count_as_one(string one, string other, bool same) =>
        Assert.Equal(same, RateLimits.NetworkOf(IPAddress.Parse(one)) == RateLimits.NetworkOf(IPAddress.Parse(other)));

    [Fact]
    public async Task A_body_that_is_too_large_is_refused_by_pages_and_API()
    {
        var much = new string('a', 2 * 1024 * 1024);
        using var api = app.Api();
        using var answer = await api.PostAsJsonAsync("auth/login", new { email = much, password = "guess" }, TestContext.Current.CancellationToken);
        await AuthTests.AssertProblemAsync(answer, HttpStatusCode.RequestEntityTooLarge, "too_large");
        using var browser = app.Browser();
        var page = await browser.SubmitAsync("/account/login", ("Email", much), ("Password", "guess"));
        Assert.True(page.Status is HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.BadRequest, $"{page.Status}");
        Assert.Contains("Nothing was changed", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Behind_a_trusted_proxy_that_speaks_https_cookies_are_for_https_only()
    {
        var ada = await app.SomeoneAsync();
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = app.Address };
        client.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        using var form = await client.GetAsync(new Uri("/account/login", UriKind.Relative), TestContext.Current.CancellationToken);
        var antiforgery = form.Headers.GetValues("Set-Cookie").Single(cookie => cookie.StartsWith("veelocity-form=", StringComparison.Ordinal));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/account/login");
        request.Headers.Add("Cookie", antiforgery.Split(';')[0]);
        request.Content = new FormUrlEncodedContent(
        [
            new("Email", ada.Email), new("Password", Someone.Password),
            new("__RequestVerificationToken", FormToken().Match(await form.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Groups[1].Value),
        ]);
        using var signedIn = await client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Found, signedIn.StatusCode);
        Assert.All(form.Headers.GetValues("Set-Cookie").Concat(signedIn.Headers.GetValues("Set-Cookie")), cookie =>
        {
            Assert.Contains("secure", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("samesite", cookie, StringComparison.OrdinalIgnoreCase);
        });
    }

    [GeneratedRegex(@"\{[^{}]*\}")]
    private static partial Regex RouteValue();

    [GeneratedRegex("""name="__RequestVerificationToken"[^>]*value="([^"]+)""")]
    private static partial Regex FormToken();
}
