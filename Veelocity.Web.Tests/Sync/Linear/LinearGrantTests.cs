using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Veelocity.Web.Connectors;
using Veelocity.Web.Data;
using Veelocity.Web.Sync;

namespace Veelocity.Web.Tests.Sync.Linear;

/// <summary>Access that was given by signing in runs out after a day, and what renews it is good once.</summary>
public sealed class LinearGrantTests
{
    private static readonly Uri Back = new("https://veelocity.example/o/acme/settings/linear?handler=Granted");

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_that_open_at_once_renew_once_and_both_have_what_is_stored()
    {
        await using var world = await LinearWorld.StartAsync();
        await GrantAsync(world);
        world.Simulator.Clock.Advance(TimeSpan.FromHours(30));
        await AgeAsync(world);
        var opened = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => world.Host.UseAsync(async (CredentialRenewal renewal) =>
            await renewal.OpenAsync(await world.Host.ReadAsync(world.Connection), Now))));
        Assert.Equal((1, 0), (world.Simulator.LinearGrants.Refreshes, world.Simulator.LinearGrants.Refused));
        Assert.Single(opened.Select(credentials => credentials.Secret).Distinct(StringComparer.Ordinal));
        var stored = world.Host.Services.GetRequiredService<ConnectionSecrets>().Open(await world.Host.ReadAsync(world.Connection));
        Assert.Equal(opened[0].Secret, stored.Secret);
        Assert.Equal(SyncOutcome.Done, (await world.SyncAsync()).Outcome);
    }

    [Fact]
    public async Task A_sync_renews_before_the_access_runs_out_and_again_the_day_after()
    {
        await using var world = await LinearWorld.StartAsync();
        await GrantAsync(world);
        Assert.Equal(SyncOutcome.Done, (await world.SyncAsync()).Outcome);
        Assert.Equal(0, world.Simulator.LinearGrants.Refreshes);
        for (var day = 1; day <= 2; day++)
        {
            world.Simulator.Clock.Advance(TimeSpan.FromHours(24));
            await AgeAsync(world);
            Assert.Equal(SyncOutcome.Done, (await world.SyncAsync()).Outcome);
            Assert.Equal(day, world.Simulator.LinearGrants.Refreshes);
        }
    }

    [Fact]
    public async Task Access_that_was_taken_back_is_a_refused_connection_that_says_to_sign_in_again()
    {
        await using var world = await LinearWorld.StartAsync();
        await GrantAsync(world);
        await AgeAsync(world, spoil: true);
        var run = await world.SyncAsync();
        Assert.Equal(SyncOutcome.Unauthorized, run.Outcome);
        Assert.Contains("Sign in with Linear again", run.Error, StringComparison.Ordinal);
        Assert.NotNull((await world.Host.ReadAsync(world.Connection)).RefusedAt);
    }

    [Fact]
    public async Task A_code_is_worth_nothing_to_who_does_not_have_the_verifier()
    {
        await using var world = await LinearWorld.StartAsync();
        var app = (IProviderApp)world.Host.Services.GetRequiredService<ConnectorCatalog>().Find("linear")!;
        var code = await CodeAsync(app.AuthorizeAddress("state", Back, "the verifier of this attempt, which nobody else has"));
        var refused = await Assert.ThrowsAsync<ConnectorException>(() => app.RedeemAsync(code, Back, "another", Now));
        Assert.Contains("did not grant access", refused.Message, StringComparison.Ordinal);
    }

    private static async Task GrantAsync(LinearWorld world)
    {
        var app = (IProviderApp)world.Host.Services.GetRequiredService<ConnectorCatalog>().Find("linear")!;
        const string Verifier = "0123456789abcdef0123456789abcdef0123456789abcdef";
        var code = await CodeAsync(app.AuthorizeAddress("state", Back, Verifier));
        var grant = await app.RedeemAsync(code, Back, Verifier, Now);
        Assert.Equal(["read"], grant.Scopes);
        await world.ConnectAsync(grant.Token);
        Assert.DoesNotContain("lin_oauth", (await world.Host.ReadAsync(world.Connection)).ProtectedSecret, StringComparison.Ordinal);
    }

    // The stored grant as it is a day later, for the app's own clock is not moved.
    private static async Task AgeAsync(LinearWorld world, bool spoil = false)
    {
        var secrets = world.Host.Services.GetRequiredService<ConnectionSecrets>();
        await using var db = world.Host.Database.Open();
        var connection = await db.Connections.IgnoreQueryFilters().SingleAsync(c => c.Id == world.Connection.Id, Now);
        var fields = JsonSerializer.Deserialize<Dictionary<string, object>>(secrets.Open(connection).Secret)!;
        fields["expiresAt"] = DateTimeOffset.UtcNow.AddMinutes(5);
        if (spoil) fields["refreshToken"] = "used up";
        connection.Renew(secrets.Protect(connection.Id, JsonSerializer.Serialize(fields)));
        await db.SaveChangesAsync(Now);
    }

    private static async Task<string> CodeAsync(Uri address)
    {
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        using var answer = await browser.GetAsync(address, Now);
        return Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(answer.Headers.Location!.Query)["code"].ToString();
    }
}
