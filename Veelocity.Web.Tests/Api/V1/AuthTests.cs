using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Platform;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.Api.V1;

public sealed class AuthTests(TestApp app)
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Health_answers_anyone()
    {
        using var api = app.Api();
        Assert.Equal($$"""{"status":"healthy","version":"{{AppVersion.Text}}"}""", await api.GetStringAsync(new Uri("health", UriKind.Relative), Now));
    }

    [Fact]
    public async Task Registering_signing_in_and_asking_who_one_is_speak_snake_case()
    {
        using var api = app.Api();
        var email = $"{Guid.NewGuid():N}@example.com";
        using var registered = await api.PostAsJsonAsync("auth/register", new { email, password = Someone.Password, full_name = "Ada" }, Now);
        Assert.Equal(HttpStatusCode.Created, registered.StatusCode);
        var user = await registered.Content.ReadFromJsonAsync<JsonElement>(Now);
        Assert.Equal((email, "Ada"), (user.GetProperty("email").GetString(), user.GetProperty("full_name").GetString()));

        using var signedIn = await api.PostAsJsonAsync("auth/login", new { email, password = Someone.Password }, Now);
        var token = await signedIn.Content.ReadFromJsonAsync<JsonElement>(Now);
        Assert.Equal(("Bearer", 3600), (token.GetProperty("token_type").GetString(), token.GetProperty("expires_in").GetInt32()));

        using var own = app.Api(token.GetProperty("access_token").GetString());
        var me = await own.GetFromJsonAsync<JsonElement>("auth/me", Now);
        Assert.Equal(user.GetProperty("id").GetGuid(), me.GetProperty("id").GetGuid());
        Assert.Equal(0, me.GetProperty("organizations").GetArrayLength());
    }

    [Fact]
    public async Task A_password_is_hashed_with_at_least_100_000_iterations()
    {
        await using var production = new TestApp { HashesAsInProduction = true };
        await production.InitializeAsync();
        var ada = await production.SomeoneAsync();
        await using var db = production.Database.Open();
        var hash = Convert.FromBase64String((await db.Users.SingleAsync(u => u.Email == ada.Email, Now)).PasswordHash!);
        // Identity's format: a marker, the function, the iterations, the salt's size.
        Assert.Equal((1, 2u), (hash[0], BinaryPrimitives.ReadUInt32BigEndian(hash.AsSpan(1))));
        Assert.InRange(BinaryPrimitives.ReadUInt32BigEndian(hash.AsSpan(5)), 100_000u, uint.MaxValue);
    }

    [Fact]
    public async Task Who_one_is_lists_the_organizations_with_ones_role()
    {
        var ada = await app.SomeoneAsync();
        var organization = await ada.FoundAsync("Engines");
        var listed = (await ada.Api.GetFromJsonAsync<JsonElement>("auth/me", Now)).GetProperty("organizations")[0];
        Assert.Equal(organization.GetProperty("id").GetGuid(), listed.GetProperty("id").GetGuid());
        Assert.Equal(organization.GetProperty("slug").GetString(), listed.GetProperty("slug").GetString());
        Assert.Equal(("Engines", "admin"), (listed.GetProperty("name").GetString(), listed.GetProperty("role").GetString()));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("not.a.token")]
    [InlineData("eyJhbGciOiJub25lIn0.eyJzdWIiOiIwMDAwMDAwMC0wMDAwLTAwMDAtMDAwMC0wMDAwMDAwMDAwMDAifQ.")]
    public async Task Without_a_valid_token_the_answer_is_a_401_problem(string? token)
    {
        using var api = app.Api(token);
        using var answer = await api.GetAsync(new Uri("auth/me", UriKind.Relative), Now);
        await AssertProblemAsync(answer, HttpStatusCode.Unauthorized, "unauthenticated");
        Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.First().Scheme);
    }

    [Fact]
    public async Task A_token_whose_content_was_changed_is_refused()
    {
        var (ada, eve) = (await app.SomeoneAsync(), await app.SomeoneAsync());
        var (hers, its) = (ada.Token.Split('.'), eve.Token.Split('.'));
        using var api = app.Api($"{hers[0]}.{hers[1]}.{its[2]}");
        using var answer = await api.GetAsync(new Uri("auth/me", UriKind.Relative), Now);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task The_pages_cookie_does_not_open_the_api()
    {
        using var browser = app.Browser();
        await browser.SignInAsync(await app.SomeoneAsync());
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/account/profile")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync("/api/v1/auth/me")).Status);
    }

    [Fact]
    public async Task Wrong_fields_are_named_in_snake_case_with_what_to_mend()
    {
        using var api = app.Api();
        using var answer = await api.PostAsJsonAsync("auth/register", new { email = "nobody", password = "short" }, Now);
        var problem = await AssertProblemAsync(answer, HttpStatusCode.UnprocessableEntity, "invalid");
        Assert.Equal(["email", "full_name", "password"],
            problem.GetProperty("errors").EnumerateObject().Select(field => field.Name).Order(StringComparer.Ordinal));
        Assert.Contains("12 characters", problem.GetProperty("errors").GetProperty("password")[0].GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"email\":")]
    [InlineData("")]
    public async Task A_body_that_cannot_be_read_is_a_400_problem(string json)
    {
        using var api = app.Api();
        using var body = new StringContent(json, Encoding.UTF8, "application/json");
        using var answer = await api.PostAsync(new Uri("auth/register", UriKind.Relative), body, Now);
        await AssertProblemAsync(answer, HttpStatusCode.BadRequest, "bad_request");
    }

    [Fact]
    public async Task A_wrong_password_is_a_401_and_the_fifth_locks_the_account()
    {
        var ada = await app.SomeoneAsync();
        using var api = app.Api();
        for (var attempt = 1; attempt < 5; attempt++)
        {
            using var wrong = await api.PostAsJsonAsync("auth/login", new { email = ada.Email, password = "guess" }, Now);
            await AssertProblemAsync(wrong, HttpStatusCode.Unauthorized, "invalid_credentials");
        }
        using var fifth = await api.PostAsJsonAsync("auth/login", new { email = ada.Email, password = "guess" }, Now);
        await AssertProblemAsync(fifth, HttpStatusCode.TooManyRequests, "locked_out");
        Assert.InRange(fifth.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromMinutes(14), TimeSpan.FromMinutes(15));
        using var right = await api.PostAsJsonAsync("auth/login", new { email = ada.Email, password = Someone.Password }, Now);
        Assert.Equal(HttpStatusCode.TooManyRequests, right.StatusCode);
    }

    [Fact]
    public async Task An_unknown_address_in_the_api_is_a_404_problem_even_for_who_asked_for_csv()
    {
        using var api = app.Api();
        api.DefaultRequestHeaders.Accept.ParseAdd("text/csv");
        using var answer = await api.GetAsync(new Uri("no-such-thing", UriKind.Relative), Now);
        await AssertProblemAsync(answer, HttpStatusCode.NotFound, "not_found");
    }

    internal static async Task<JsonElement> AssertProblemAsync(HttpResponseMessage answer, HttpStatusCode status, string code)
    {
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Now);
        Assert.Equal((code, (int)status), (problem.GetProperty("code").GetString(), problem.GetProperty("status").GetInt32()));
        Assert.NotEqual("", problem.GetProperty("title").GetString());
        return problem;
    }
}
