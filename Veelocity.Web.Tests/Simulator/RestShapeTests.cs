using System.Text.Json.Nodes;

namespace Veelocity.Web.Tests.Simulator;

public sealed class RestShapeTests(SimulatedGitHub world) : IClassFixture<SimulatedGitHub>
{
    private static readonly Lazy<PublishedDescription> Rest = new(PublishedDescription.OfRest);

    [Theory]
    [InlineData("user")]
    [InlineData("user/repos?per_page=5")]
    [InlineData("users/maya-lindqvist")]
    [InlineData("orgs/acme")]
    [InlineData("orgs/acme/repos?per_page=5")]
    [InlineData("repos/acme/ui-kit")]
    [InlineData("repos/acme/ui-kit/branches")]
    [InlineData("repos/acme/ui-kit/tags")]
    [InlineData("repos/acme/ui-kit/releases")]
    [InlineData("repos/acme/ui-kit/commits")]
    [InlineData("repos/acme/ui-kit/commits/main")]
    [InlineData("repos/acme/ui-kit/contributors")]
    [InlineData("repos/acme/ui-kit/pulls?state=all")]
    [InlineData("repos/acme/ui-kit/pulls/{number}")]
    [InlineData("repos/acme/ui-kit/pulls/{number}/commits")]
    [InlineData("repos/acme/ui-kit/pulls/{number}/reviews")]
    [InlineData("repos/acme/ui-kit/pulls/{number}/files")]
    [InlineData("repos/acme/ui-kit/actions/workflows")]
    [InlineData("repos/acme/ui-kit/actions/runs?per_page=100")]
    [InlineData("repos/acme/ui-kit/actions/runs/{run}")]
    [InlineData("repos/acme/ui-kit/actions/runs/{run}/attempts/1")]
    [InlineData("repos/acme/ui-kit/actions/runs/{run}/jobs")]
    [InlineData("repos/acme/ui-kit/actions/runs/{run}/attempts/1/jobs")]
    [InlineData("repos/acme/shop-web/environments")]
    [InlineData("repos/acme/shop-web/deployments?environment=production")]
    [InlineData("repos/acme/shop-web/deployments/{deployment}/statuses")]
    [InlineData("rate_limit")]
    public async Task An_answer_holds_only_what_GitHub_publishes(string template)
    {
        var kit = world.World.FindRepository("acme", "ui-kit")!;
        var path = template
            .Replace("{number}", kit.PullRequests.First(pull => pull.MergedAt is not null && pull.Reviews.Count > 0).Number.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{run}", kit.Runs[0].Id.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{deployment}", world.World.FindRepository("acme", "shop-web")!.Deployments[0].Id.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);

        var answer = await world.Json(path);

        Assert.Empty(Rest.Value.ProblemsOf(path));
        Assert.Empty(Rest.Value.ProblemsOf(path, answer));
    }

    [Fact]
    public void What_GitHub_does_not_have_is_noticed()
    {
        Assert.NotEmpty(Rest.Value.ProblemsOf("repos/acme/web/shoes"));
        Assert.NotEmpty(Rest.Value.ProblemsOf("repos/acme/web/actions/runs?size=9"));
        Assert.NotEmpty(Rest.Value.ProblemsOf("rate_limit", new JsonObject { ["shoeSize"] = 44 }));
        Assert.NotEmpty(Rest.Value.ProblemsOf("rate_limit", new JsonObject { ["rate"] = "much" }));
    }
}
