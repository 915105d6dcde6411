using System.Net;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.Security;

/// <summary>
/// Every route of the app, asked by everyone there is: a visitor, the three roles, the Admin of another organization, a former member. What they
/// should get is said by the table <c>permissions.txt</c>: the least that one has to be.
/// </summary>
public sealed class PermissionMatrixTests(TestApp app)
{
    private static readonly string[] Roles = ["viewer", "manager", "admin"];
    private static readonly string[] Everyone = ["anonymous", "viewer", "manager", "admin", "foreign", "removed"];

    [Fact]
    public async Task Everyone_gets_what_the_table_says_from_every_route()
    {
        var routes = await EveryRoute.OfAsync(app);
        var table = Table();
        Assert.Equal(table.Keys.Order(StringComparer.Ordinal), routes.Select(route => route.Name));

        using var callers = await Callers.GatherAsync(app);
        var wrong = new List<string>();
        foreach (var route in InOrder(routes))
        {
            foreach (var name in Everyone)
            {
                var caller = callers[name];
                var (status, location, _) = await caller.AskAsync(route, route.Address(callers.Slug, callers.Id, MadeUp), callers.Slug);
                var got = Word(status, location);
                if (!IsRight(table[route.Name], name, route, got)) wrong.Add($"{route.Name} by {name}: {got}, where the table says {table[route.Name]}");
                if (route.OnlyReads || got is "login" or "401" or "403") continue;
                await callers.RestoreAsync();
                if (IsOfAccounts(route)) await caller.ComeBackAsync();
            }
        }
        Assert.Empty(wrong);
    }

    // What ends sessions and tokens comes last.
    private static IEnumerable<OneRoute> InOrder(IEnumerable<OneRoute> routes) => routes.OrderBy(IsOfAccounts);

    private static bool IsOfAccounts(OneRoute route) => route.Pattern.StartsWith("/account/", StringComparison.Ordinal);

    /// <summary>What one has to be at least, by the route's name.</summary>
    private static Dictionary<string, string> Table() => File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Security", "permissions.txt"))
        .Where(line => line.Length > 0 && line[0] != '#')
        .Select(line => line.Split(' ', 2)).ToDictionary(parts => parts[1].Trim(), parts => parts[0], StringComparer.Ordinal);

    private static bool IsRight(string least, string caller, OneRoute route, string got)
    {
        if (got.StartsWith('5')) return false;
        if (least == "signed") return got == "401";
        var isOut = route.IsApi ? "401" : "login";
        if (least == "anyone") return got != isOut && got != "403";
        if (caller == "anonymous") return got == isOut;
        if (least == "account") return got != isOut && got != "403";
        // To who does not belong to it, an organization is not there.
        if (caller is "foreign" or "removed") return got == "404";
        return Array.IndexOf(Roles, caller) >= Array.IndexOf(Roles, least) ? got != isOut && got != "403" : got == "403";
    }

    private static string Word(HttpStatusCode status, string? location) =>
        status == HttpStatusCode.Found && location is not null && new Uri(new Uri("http://any/"), location).AbsolutePath == "/account/login" && location.Contains("returnUrl", StringComparison.Ordinal)
            ? "login" : ((int)status).ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static string MadeUp(string name, string constraint) =>
        constraint.Contains(":guid", StringComparison.Ordinal) ? "3f2504e0-4f89-41d3-9a0c-0305e82c3301" : constraint.Contains(":int", StringComparison.Ordinal) ? "1" : name == "kind" ? "github" : "made-up";
}
