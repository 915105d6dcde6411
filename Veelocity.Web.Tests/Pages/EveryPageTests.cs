using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Veelocity.Web.Data;
using Veelocity.Web.SampleData;
using Veelocity.Web.Tests.Security;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.Pages;

/// <summary>Every page with addresses and requests that make no sense: each answers what is wrong, and none fails.</summary>
public sealed class EveryPageTests(TestApp app) : IAsyncLifetime
{
    private static readonly string[] Nonsense =
    [
        "period=zzz&from=0001-01-01&to=9999-12-31&page=-1", "csv=x&format=x&page=99999999999",
        "q=%00&show=%00&severity=%00&state=%00&platform=%00&group=%00&status=%00&rule=%00&clock=x&repo=&team=",
        "platform=x&of=x&selection=x&sort=x&by=x&metric=x&number=x&page=0&page=1&Form.WindowHours=x&Form.Production=(((",
    ];

    private static readonly string[] PathValues = [" ", "\0", "\u202e", "%", "../.."];

    private static readonly (string? Type, string Body)[] Bodies =
    [
        ("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"a\"\r\nContent-Type: text/plain; charset=utf-7\r\n\r\nb\r\n--x--\r\n"),
        ("multipart/form-data", "--x--"), ("application/x-www-form-urlencoded; charset=utf-7", "a=b"),
        ("application/x-www-form-urlencoded; charset=made-up", "a=b"), ("application/json", "{}"), ("nonsense", "a=b"), (null, "a=b"),
    ];

    private readonly HttpClient client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
    private string slug = "";
    private string cookie = "";

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var ada = await app.SomeoneAsync();
        await using (var scope = app.Services.CreateAsyncScope())
        {
            await using var db = app.Database.Open();
            var userId = await db.Users.Where(u => u.Email == ada.Email).Select(u => u.Id).SingleAsync(Now);
            slug = await scope.ServiceProvider.GetRequiredService<SampleOrganization>().FoundAsync(userId, "Europe/Paris", Now);
        }
        using var browser = app.Browser();
        var signedIn = await browser.SignInAsync(ada);
        cookie = string.Join("; ", signedIn.Response.Headers.GetValues("Set-Cookie").Select(value => value.Split(';')[0]));
    }

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task No_address_makes_a_page_fail()
    {
        await EveryAsync(async (route, address, wrong) =>
        {
            foreach (var query in Nonsense.Append(""))
            {
                using var answer = await SendAsync(HttpMethod.Get, With(address, query));
                var isWrong = query.Contains("%00", StringComparison.Ordinal)
                    ? answer.StatusCode != HttpStatusCode.BadRequest
                    : (int)answer.StatusCode >= 500;
                if (isWrong) wrong.Add($"{route.Name} ?{query}: {(int)answer.StatusCode}");
            }
        });
    }

    [Fact]
    public async Task No_value_in_a_path_makes_a_page_fail()
    {
        await EveryAsync(async (route, _, wrong) =>
        {
            foreach (var value in PathValues.Where(_ => route.Parameters.Any()))
            {
                var address = route.Address(slug, Guid.Empty, (_, constraint) => constraint.Contains(":guid", StringComparison.Ordinal) ? Guid.NewGuid().ToString() : value);
                using var answer = await SendAsync(HttpMethod.Get, address);
                if ((int)answer.StatusCode >= 500) wrong.Add($"{route.Name} {address}: {(int)answer.StatusCode}");
            }
        });
    }

    [Fact]
    public async Task A_handler_that_does_not_exist_is_a_404_and_a_method_without_a_handler_a_405()
    {
        var pages = (await EveryRoute.OfAsync(app)).Where(IsPage).GroupBy(route => route.Pattern).ToList();
        Assert.True(pages.Count > 60, $"{pages.Count}");
        var wrong = new List<string>();
        foreach (var page in pages)
        {
            var address = Address(page.First() with { Handler = null });
            if (page.Key.StartsWith("/error", StringComparison.Ordinal)) continue;
            foreach (var method in new[] { "GET", "POST" })
            {
                using var unknown = await SendAsync(new HttpMethod(method), With(address, "handler=MadeUp"));
                if (page.Key.Contains("{handler", StringComparison.Ordinal) is false && unknown.StatusCode != HttpStatusCode.NotFound) wrong.Add($"{method} {page.Key}?handler=MadeUp: {(int)unknown.StatusCode}");
            }
            foreach (var method in new[] { "POST", "PUT", "PATCH", "DELETE", "TRACE", "OPTIONS", "PURGE" })
            {
                if (page.Any(route => route.Verb == method && route.Handler is null)) continue;
                using var answer = await SendAsync(new HttpMethod(method), address);
                if (answer.StatusCode != HttpStatusCode.MethodNotAllowed) wrong.Add($"{method} {page.Key}: {(int)answer.StatusCode}");
            }
        }
        Assert.Empty(wrong);
    }

    [Fact]
    public async Task A_body_that_is_no_form_is_a_415()
    {
        await EveryAsync(async (route, address, wrong) =>
        {
            foreach (var (type, body) in Bodies.Where(_ => !route.OnlyReads))
            {
                using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
                if (type is not null) content.Headers.TryAddWithoutValidation("Content-Type", type);
                using var answer = await SendAsync(new HttpMethod(route.Verb), address, content);
                if (answer.StatusCode != HttpStatusCode.UnsupportedMediaType) wrong.Add($"{route.Name} with {type}: {(int)answer.StatusCode}");
            }
        });
    }

    private static bool IsPage(OneRoute route) => route is { IsApi: false } && route.IsRazorPage;

    private async Task EveryAsync(Func<OneRoute, string, List<string>, Task> check)
    {
        var wrong = new List<string>();
        foreach (var route in (await EveryRoute.OfAsync(app)).Where(IsPage)) await check(route, Address(route), wrong);
        Assert.Empty(wrong);
    }

    private string Address(OneRoute route) => route.Address(slug, Guid.Empty, (name, constraint) =>
        constraint.Contains(":guid", StringComparison.Ordinal) ? Guid.NewGuid().ToString() : constraint.Contains(":int", StringComparison.Ordinal) ? "404" : "made-up");

    private static string With(string address, string query) => query.Length == 0 ? address : $"{address}{(address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{query}";

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string address, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(app.Address, address)) { Content = content };
        request.Headers.Add("Cookie", cookie);
        return await client.SendAsync(request, HttpCompletionOption.ResponseContentRead, Now);
    }
}
