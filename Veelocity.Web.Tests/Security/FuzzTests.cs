using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.Security;

/// <summary>What nobody should send, sent to every form and every operation: each answer is a clear no, or a yes, and never a fault or a look inside.</summary>
/// <remarks>VEELOCITY_FUZZ sets the number of rounds per route.</remarks>
public sealed class FuzzTests(TestApp app)
{
    private static readonly int Rounds =
        int.TryParse(Environment.GetEnvironmentVariable("VEELOCITY_FUZZ"), CultureInfo.InvariantCulture, out var given) ? given : 2;

    private static readonly string[] Nasty =
    [
        "", " ", "\0", "a\0b", "\u0001\u001f\u007f", "\ud800", "\u202e\u200b", "'", "';DROP TABLE users;--", "\" onload=\"alert(1)", "<script>alert(1)</script>", "{{7*7}}${7*7}", "%00%0d%0aX: y",
        "../../etc/passwd", "http://169.254.169.254/latest", "(a+)+$", "[", "**/*", "-1", "0", "99999999999999999999999999", "1e309", "NaN", "true", "null", "undefined", "9999-12-31", "0001-01-01", "2026-02-30",
        "00000000-0000-0000-0000-000000000000", "not-a-guid", "Ω≈ç√∫", "👩‍👩‍👧‍👦", new('a', 300), new('é', 70_000), "name@example.com", "Europe/Paris", "Admin", "=cmd|' /C calc'!A0", "a,b;c\td\r\ne",
    ];

    [Theory]
    [InlineData(17)]
    public async Task Every_form_answers_what_nobody_should_send(int seed)
    {
        var random = new Random(seed);
        using var callers = await Callers.GatherAsync(app);
        var faults = new List<string>();
        foreach (var route in (await EveryRoute.OfAsync(app)).Where(route => !route.IsApi))
        {
            // An extra first round puts blanks into the address and its fields.
            for (var round = route.Parameters.Any() ? -1 : 0; round < Rounds; round++)
            {
                List<KeyValuePair<string, string>> fields = [.. route.Fields.Where(_ => random.Next(5) > 0).SelectMany(field => Enumerable.Repeat(field, random.Next(1, 3))).Select(field => KeyValuePair.Create(field, round < 0 ? " " : Any(random)))];
                var address = route.Address(callers.Slug, callers.Id, (_, constraint) => constraint.Contains(":guid", StringComparison.Ordinal) ? Guid.NewGuid().ToString() : round < 0 ? " " : Short(random));
                if (route.OnlyReads) address += (address.Contains('?', StringComparison.Ordinal) ? "&" : "?") + string.Join('&', fields.Select(f => $"{f.Key}={Escaped(f.Value)}")) + $"&period={Escaped(Short(random))}&from={Escaped(Short(random))}&team={Escaped(Short(random))}&page={Escaped(Short(random))}";
                var (status, _, text) = await callers["admin"].AskAsync(route, address, callers.Slug, fields);
                if (Fault((int)status, text) is { } fault) faults.Add($"{route.Name}: {fault} for {Told(fields)} at {address[..Math.Min(300, address.Length)]}");
            }
            if (route.OnlyReads) continue;
            await callers.RestoreAsync();
            if (route.Pattern.StartsWith("/account/", StringComparison.Ordinal)) await callers["admin"].ComeBackAsync();
        }
        Assert.Empty(faults);
    }

    [Theory]
    [InlineData(17)]
    public async Task Every_operation_of_the_API_answers_what_nobody_should_send(int seed)
    {
        var random = new Random(seed);
        using var callers = await Callers.GatherAsync(app);
        using var reader = app.Api();
        var document = (await reader.GetFromJsonAsync<JsonNode>(new Uri("/openapi/v1.json", UriKind.Relative), TestContext.Current.CancellationToken))!;
        var (faults, operations) = (new List<string>(), 0);
        foreach (var (path, verbs) in document["paths"]!.AsObject())
        {
            foreach (var (verb, operation) in verbs!.AsObject().Where(o => o.Key is "get" or "post" or "put" or "patch" or "delete"))
            {
                operations++;
                var route = new OneRoute(verb.ToUpperInvariant(), path, null, IsApi: true, []);
                for (var round = 0; round < Rounds; round++)
                {
                    var query = string.Join('&', (operation!["parameters"]?.AsArray() ?? []).Where(p => (string?)p!["in"] == "query").Select(p => $"{(string)p!["name"]!}={Escaped(Short(random))}"));
                    var address = route.Address(callers.Slug, callers.Id, (_, _) => random.Next(2) == 0 ? Guid.NewGuid().ToString() : Short(random)) + "?" + query;
                    var body = operation["requestBody"] is null ? null : Body(document, operation["requestBody"]!["content"]!["application/json"]!["schema"]!, random);
                    var (status, _, text) = await callers["admin"].AskAsync(route, address, callers.Slug, json: body);
                    if (Fault((int)status, text) is { } fault || (fault = Undocumented(operation, (int)status, text)) is not null) faults.Add($"{route.Name}: {fault} for {body?[..Math.Min(300, body.Length)]} at {address[..Math.Min(300, address.Length)]}");
                }
                if (verb != "get") await callers.RestoreAsync();
            }
        }
        Assert.Empty(faults);
        Assert.True(operations > 60, $"{operations}");
    }

    private static string? Fault(int status, string text)
    {
        if (status >= 500) return $"{status}";
        return new[] { "   at Veelocity", "   at Microsoft", "Npgsql", "System.InvalidOperation", "NullReference" }.FirstOrDefault(word => text.Contains(word, StringComparison.Ordinal)) is { } inside ? $"{status} says {inside}" : null;
    }

    // An address that is none, such as one with a NUL, is refused without a word before it comes to any operation.
    private static string? Undocumented(JsonNode operation, int status, string text) =>
        operation["responses"]![$"{status}"] is null && (status, text) is not (400, "") ? $"{status} is not in its description" : null;

    /// <summary>A body that is of the schema's kind now and then.</summary>
    private static string Body(JsonNode document, JsonNode schema, Random random) => random.Next(8) switch
    {
        0 => new[] { "", "{", "null", "[]", "\"x\"", "7", "{\"a\":", new string('[', 5000), "{\"" + new string('a', 10_000) + "\":1}" }[random.Next(9)],
        _ => Value(document, schema, random, 0)?.ToJsonString() ?? "null",
    };

    private static JsonNode? Value(JsonNode document, JsonNode schema, Random random, int depth)
    {
        if ((string?)schema["$ref"] is { } reference) return Value(document, Find(document, reference), random, depth);
        if (depth > 6 || random.Next(6) == 0) return Odd(random);
        if (schema["properties"] is JsonObject properties)
        {
            var made = new JsonObject();
            foreach (var (name, property) in properties)
                if (random.Next(6) > 0) made[name] = Value(document, property!, random, depth + 1);
            return made;
        }
        if (schema["items"] is { } items) return new JsonArray([.. Enumerable.Range(0, random.Next(4)).Select(_ => Value(document, items, random, depth + 1))]);
        return random.Next(3) == 0 ? Odd(random) : JsonValue.Create(Any(random));
    }

    private static JsonNode? Odd(Random random) => random.Next(8) switch
    {
        0 => null,
        1 => JsonValue.Create(int.MinValue),
        2 => JsonValue.Create(1e300),
        3 => JsonValue.Create(true),
        4 => new JsonArray(),
        5 => new JsonObject { ["x"] = new JsonArray(1, "two") },
        6 => JsonValue.Create(-0.5),
        _ => JsonValue.Create(Any(random)),
    };

    private static JsonNode Find(JsonNode document, string reference) => reference.Split('/')[1..].Aggregate(document, (node, part) => node[part]!);

    private static string Any(Random random) => Nasty[random.Next(Nasty.Length)];

    // Servers refuse addresses beyond some length before anyone looks at them.
    private static string Short(Random random) => Any(random) is { Length: <= 400 } text && text.Length > 0 ? text : "x";

    private static string Escaped(string text) => Uri.EscapeDataString(new string([.. text.Select(c => char.IsSurrogate(c) ? '?' : c)]));

    private static string Told(IEnumerable<KeyValuePair<string, string>> fields)
    {
        var told = new StringBuilder();
        foreach (var (name, value) in fields) told.Append(name).Append('=').Append(value.Length > 40 ? $"{value[..40]}… ({value.Length})" : value).Append(' ');
        return told.ToString();
    }
}
