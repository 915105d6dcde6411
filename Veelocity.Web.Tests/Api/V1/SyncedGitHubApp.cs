using System.Net.Http.Json;
using System.Text.Json;
using Veelocity.Simulator;
using Veelocity.Web.Data;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.Api.V1;

/// <summary>The app after the first sync of the simulated world into the organization of Ada, its Admin.</summary>
public sealed class SyncedGitHubApp : IAsyncLifetime
{
    private readonly GitHubApp github = new();

    public TestApp App => github.App;

    public GitHubSimulator GitHub => github.GitHub;

    public Someone Ada { get; private set; } = null!;

    public Guid OrganizationId { get; private set; }

    public async ValueTask InitializeAsync()
    {
        await github.InitializeAsync();
        (Ada, OrganizationId) = await github.MemberAsync();
        using var connected = await Ada.Api.PostAsJsonAsync("connectors/github/connect", new { token = "ghp_good" });
        connected.EnsureSuccessStatusCode();
        await Wait.UntilAsync(
            async () =>
            {
                var runs = (await Ada.Api.GetFromJsonAsync<JsonElement>("sync/status")).EnumerateArray().ToList();
                return runs.Count == 2 && runs.TrueForAll(run => run.GetProperty("finished_at").ValueKind != JsonValueKind.Null);
            },
            "The sync does not end.");
    }

    public ValueTask DisposeAsync() => github.DisposeAsync();

    internal Task<(Someone Member, Guid OrganizationId)> MemberAsync(Role role) => github.MemberAsync(role);
}
