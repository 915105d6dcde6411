using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Veelocity.Web.Sync;
using Veelocity.Web.Tests.Recomputed.Facts;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.Recomputed;

/// <summary>The app at a chosen time, with worlds in it, each in an organization of its own.</summary>
public sealed class RecomputedApp : IAsyncLifetime
{
    private readonly SettableClock clock = new();
    private readonly TestApp app;

    public RecomputedApp() => app = new TestApp { Clock = clock };

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    /// <summary>Stores a world and derives from it what the app derives after a sync.</summary>
    internal async Task<StoredWorld> StoreAsync(int seed, CancellationToken stop)
    {
        clock.Now = null; // tokens are checked against the real time
        var someone = await app.SomeoneAsync();
        var founded = await someone.FoundAsync($"World {seed}");
        using var made = await someone.Api.PostAsJsonAsync("tokens", new { name = "Recomputation" }, stop);
        var token = (await made.Content.ReadFromJsonAsync<JsonElement>(stop)).GetProperty("token").GetString()!;
        var me = await someone.Api.GetFromJsonAsync<JsonElement>("auth/me", stop);

        clock.Now = WorldMaker.NowOf(seed);
        var world = WorldMaker.Make(seed, founded.GetProperty("id").GetGuid(), me.GetProperty("id").GetGuid());
        await using (var db = app.Database.Open())
        {
            db.ChangeTracker.AutoDetectChangesEnabled = false;
            db.AddRange(world.Rows);
            await db.SaveChangesAsync(stop);
            await db.Organizations.Where(o => o.Id == world.OrganizationId).ExecuteUpdateAsync(
                set => set.SetProperty(o => o.TimeZone, world.Zone.Id).SetProperty(o => o.IncidentWindowHours, world.WindowHours), stop);
        }
        await using (var scope = app.Services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<AfterSync>().LinkAsync(world.OrganizationId, stop);
        var browser = app.Browser();
        await browser.SignInAsync(someone);
        return new(world, app.Api(token), browser, founded.GetProperty("slug").GetString()!);
    }
}

/// <summary>A world that the app holds, and how to ask it.</summary>
internal sealed record StoredWorld(World World, HttpClient Api, Browser Browser, string Slug) : IDisposable
{
    public int Asked { get; private set; }
    public TimeSpan Waited { get; private set; }

    public async Task<JsonObject> AskAsync(string path, CancellationToken stop)
    {
        Asked++;
        var began = System.Diagnostics.Stopwatch.GetTimestamp();
        using var answer = await Api.GetAsync(new Uri(path, UriKind.Relative), stop);
        var text = await answer.Content.ReadAsStringAsync(stop);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {answer.StatusCode} {text}");
        Waited += System.Diagnostics.Stopwatch.GetElapsedTime(began);
        return JsonNode.Parse(text)!.AsObject();
    }

    public async Task<string> DownloadAsync(string path, CancellationToken stop)
    {
        Asked++;
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/csv"));
        using var answer = await Api.SendAsync(request, stop);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadAsStringAsync(stop);
    }

    public Task<Seen> SeeAsync(string path)
    {
        Asked++;
        return Browser.GetAsync($"/o/{Slug}/{path}");
    }

    public void Dispose()
    {
        Api.Dispose();
        Browser.Dispose();
    }
}
