using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Primitives;

namespace Veelocity.Simulator.Slack;

/// <summary>Slack's Web API over a workspace. A failure is 200 with ok:false, but for the limit. What a token may do is read from its text.</summary>
internal static class SlackRoutes
{
    public const string Root = "/slack";

    private static readonly string[] Scopes = ["channels:history", "channels:read", "groups:history", "groups:read", "reactions:read", "users:read", "users:read.email"];

    public static void Use(IApplicationBuilder app)
    {
        app.UseMiddleware<SlackGate>();
        app.UseRouting().UseEndpoints(routes =>
        {
            var slack = routes.MapGroup(Root);
            slack.MapGet("/oauth/v2/authorize", Authorize);
            slack.MapPost("/api/oauth.v2.access", Grant);
            Map(slack, "auth.test", (workspace, _, caller) => new JsonObject
            {
                ["url"] = "https://acme.slack.example/",
                ["team"] = workspace.Team,
                ["team_id"] = workspace.TeamId,
                ["user"] = "veelocity",
                ["user_id"] = workspace.BotUserId,
                ["bot_id"] = "B0VEELOC",
            });
            Map(slack, "users.list", Members);
            Map(slack, "conversations.list", Channels);
            Map(slack, "conversations.info", (workspace, asked, _) => workspace.Find(asked["channel"]) is { } channel
                ? new JsonObject { ["channel"] = SlackShapes.Of(channel) }
                : Error("channel_not_found"));
            Map(slack, "conversations.history", History);
            Map(slack, "conversations.replies", Replies);
        });
    }

    public static JsonObject Error(string error, string? needed = null)
    {
        var json = new JsonObject { ["ok"] = false, ["error"] = error };
        if (needed is not null) (json["needed"], json["provided"]) = (needed, "channels:read");
        return json;
    }

    private static void Map(IEndpointRouteBuilder slack, string method, Func<Workspace, IReadOnlyDictionary<string, string>, SlackCaller, JsonObject> answer) =>
        slack.MapMethods($"/api/{method}", ["GET", "POST"], async (HttpContext http, Workspace workspace) =>
        {
            var caller = SlackCaller.From(http.Request);
            var asked = await AskedAsync(http.Request);
            var json = caller.Refusal is { } refusal ? Error(refusal)
                : caller.Lacks(method) is { } scope ? Error("missing_scope", scope)
                : workspace.Read(() => answer(workspace, asked, caller));
            json.TryAdd("ok", true);
            http.Response.Headers["X-OAuth-Scopes"] = string.Join(',', Scopes);
            await http.Response.WriteAsJsonAsync(json, http.RequestAborted);
        });

    private static async Task<IReadOnlyDictionary<string, string>> AskedAsync(HttpRequest request)
    {
        IEnumerable<KeyValuePair<string, StringValues>> all = request.Query;
        if (request.HasFormContentType) all = all.Concat(await request.ReadFormAsync());
        return all.GroupBy(pair => pair.Key).ToDictionary(g => g.Key, g => g.Last().Value.ToString(), StringComparer.Ordinal);
    }

    private static JsonObject Members(Workspace workspace, IReadOnlyDictionary<string, string> asked, SlackCaller caller)
    {
        if (!asked.ContainsKey("limit")) return Error("limit_required");
        var (page, next) = Page(workspace.Members, asked, 1000);
        var members = new JsonArray([.. page.Select(SlackShapes.Of)]);
        if (caller.Says("noemail"))
            foreach (var member in members) member!["profile"]!["email"] = null;
        return With(new JsonObject { ["members"] = members }, next);
    }

    private static JsonObject Channels(Workspace workspace, IReadOnlyDictionary<string, string> asked, SlackCaller caller)
    {
        var types = asked.GetValueOrDefault("types", "public_channel");
        if (types.Contains("private", StringComparison.Ordinal) && caller.Says("nogroups")) return Error("missing_scope", "groups:read");
        var cursor = asked.GetValueOrDefault("cursor", "");
        if (workspace.HasEmptyPages && !cursor.StartsWith('!')) return With(new JsonObject { ["channels"] = new JsonArray() }, "!" + cursor);
        var seen = workspace.Channels.Where(c => !c.IsPrivate || (c.IsMember && types.Contains("private", StringComparison.Ordinal))).ToList();
        var (page, next) = Page(seen, new Dictionary<string, string>(asked, StringComparer.Ordinal) { ["cursor"] = cursor.TrimStart('!') }, 999);
        return With(new JsonObject { ["channels"] = new JsonArray([.. page.Select(SlackShapes.Of)]) }, next);
    }

    private static JsonObject History(Workspace workspace, IReadOnlyDictionary<string, string> asked, SlackCaller caller)
    {
        if (workspace.Find(asked.GetValueOrDefault("channel")) is not { } channel) return Error("channel_not_found");
        if (!channel.IsMember) return Error("not_in_channel");
        var (oldest, latest) = (asked.GetValueOrDefault("oldest", "0"), asked.GetValueOrDefault("latest", "9999999999.999999"));
        var messages = channel.Messages.Where(m => m.ThreadTs is null && string.CompareOrdinal(m.Ts, oldest) > 0 && string.CompareOrdinal(m.Ts, latest) < 0)
            .OrderByDescending(m => m.Ts, StringComparer.Ordinal).ToList();
        var (page, next) = Page(messages, asked, workspace.MostMessages);
        return With(new JsonObject { ["messages"] = new JsonArray([.. page.Select(m => SlackShapes.Of(channel, m))]), ["has_more"] = next is not null }, next);
    }

    private static JsonObject Replies(Workspace workspace, IReadOnlyDictionary<string, string> asked, SlackCaller caller)
    {
        if (workspace.Find(asked.GetValueOrDefault("channel")) is not { } channel) return Error("channel_not_found");
        if (!channel.IsMember) return Error("not_in_channel");
        var ts = asked.GetValueOrDefault("ts", "");
        if (channel.Messages.Find(m => m.Ts == ts) is not { } parent) return Error("thread_not_found");
        var oldest = asked.GetValueOrDefault("oldest", "0");
        var answers = channel.Messages.Where(m => m.ThreadTs == ts && string.CompareOrdinal(m.Ts, oldest) > 0).OrderBy(m => m.Ts, StringComparer.Ordinal);
        var (page, next) = Page([parent, .. answers], asked, workspace.MostMessages);
        return With(new JsonObject { ["messages"] = new JsonArray([.. page.Select(m => SlackShapes.Of(channel, m))]), ["has_more"] = next is not null }, next);
    }

    private static (IEnumerable<T> Page, string? Next) Page<T>(IReadOnlyList<T> all, IReadOnlyDictionary<string, string> asked, int most)
    {
        var limit = Math.Min(most, int.TryParse(asked.GetValueOrDefault("limit"), CultureInfo.InvariantCulture, out var wanted) ? wanted : 100);
        var from = asked.GetValueOrDefault("cursor") is { Length: > 0 } cursor
            ? int.Parse(Encoding.UTF8.GetString(Convert.FromBase64String(cursor)).AsSpan("next:".Length), CultureInfo.InvariantCulture)
            : 0;
        var next = from + limit < all.Count ? Convert.ToBase64String(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"next:{from + limit}"))) : null;
        return (all.Skip(from).Take(limit), next);
    }

    private static JsonObject With(JsonObject json, string? next)
    {
        json["response_metadata"] = new JsonObject { ["next_cursor"] = next ?? "" };
        return json;
    }

    // Someone who signs in here allows everything at once.
    private static IResult Authorize(string client_id, string scope, string redirect_uri, string state) =>
        Results.Redirect($"{redirect_uri}{(redirect_uri.Contains('?', StringComparison.Ordinal) ? '&' : '?')}code={Uri.EscapeDataString("code-" + client_id)}&state={Uri.EscapeDataString(state)}");

    private static async Task<IResult> Grant(HttpRequest request, Workspace workspace)
    {
        var form = await request.ReadFormAsync();
        var basic = request.Headers.Authorization.ToString();
        var client = basic.StartsWith("Basic ", StringComparison.Ordinal) ? Encoding.UTF8.GetString(Convert.FromBase64String(basic["Basic ".Length..])).Split(':') : [];
        if (client is not [var id, var secret] || secret.Contains("wrong", StringComparison.Ordinal)) return Results.Json(Error("bad_client_secret"));
        if (form["code"] != "code-" + id) return Results.Json(Error("invalid_code"));
        return Results.Json(new JsonObject
        {
            ["ok"] = true,
            ["access_token"] = "xoxb-granted",
            ["token_type"] = "bot",
            ["scope"] = string.Join(',', Scopes),
            ["bot_user_id"] = workspace.BotUserId,
            ["team"] = new JsonObject { ["id"] = workspace.TeamId, ["name"] = workspace.Team },
        });
    }
}
