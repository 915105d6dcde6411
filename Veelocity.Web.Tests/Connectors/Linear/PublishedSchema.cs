using System.Text;
using System.Text.RegularExpressions;
using GraphQL.Types;
using GraphQLParser;
using GraphQLParser.AST;
using GraphQLParser.Visitors;

namespace Veelocity.Web.Tests.Connectors.Linear;

/// <summary>Linear's schema as its SDK carries it: the package holds no schema file, but a type for every type, with its arguments beside it.</summary>
internal static partial class PublishedSchema
{
    private static readonly Lazy<string> Sdl = new(Write);
    private static readonly Lazy<ISchema> Built = new(Build);

    /// <summary>In GraphQL's own language; what nobody asks for here (interfaces, unions) is left plain.</summary>
    public static string Text => Sdl.Value;

    public static ISchema Schema => Built.Value;

    private static string Write()
    {
        var folder = Path.Combine(RootOf(AppContext.BaseDirectory), "node_modules", "@linear", "sdk", "dist");
        var types = Directory.GetFiles(folder, "*.d.mts").Select(File.ReadAllText).Single(text => text.Contains("type QueryIssuesArgs = {", StringComparison.Ordinal));
        types = Comment().Replace(types, "");
        var shapes = Shape().Matches(types).DistinctBy(s => s.Groups["name"].Value, StringComparer.Ordinal)
            .ToDictionary(s => s.Groups["name"].Value, s => s.Groups["body"].Value, StringComparer.Ordinal);
        var enums = Enumeration().Matches(types).DistinctBy(e => e.Groups["name"].Value, StringComparer.Ordinal).ToDictionary(e => e.Groups["name"].Value, e => e.Groups["body"].Value, StringComparer.Ordinal);
        var scalars = Member().Matches(shapes["Scalars"]).Select(m => m.Groups["name"].Value).Except(["ID", "String", "Boolean", "Int", "Float"], StringComparer.Ordinal).ToList();
        var known = shapes.Keys.Concat(enums.Keys).Concat(scalars).Concat(["ID", "String", "Boolean", "Int", "Float"]).ToHashSet(StringComparer.Ordinal);
        var inputs = InputsOf(shapes);
        var sdl = new StringBuilder("schema { query: Query mutation: Mutation }\n");
        foreach (var scalar in scalars) sdl.AppendLine(System.Globalization.CultureInfo.InvariantCulture, $"scalar {scalar}");
        foreach (var (name, body) in enums) sdl.AppendLine(System.Globalization.CultureInfo.InvariantCulture, $"enum {name} {{ {string.Join(' ', Value().Matches(body).Select(v => v.Groups["value"].Value))} }}");
        foreach (var (name, body) in shapes.Where(s => s.Key is not "Scalars" && !IsArguments(s) && !s.Key.Contains('_', StringComparison.Ordinal)))
        {
            var isOutput = !inputs.Contains(name);
            // An input that nothing takes, perhaps a part of it that is not public.
            if (isOutput && body.Contains("InputMaybe<", StringComparison.Ordinal)) continue;
            var fields = Member().Matches(body).Where(m => m.Groups["name"].Value != "__typename")
                .Select(m => (Name: m.Groups["name"].Value, Type: TypeOf(m.Groups["type"].Value, known))).Where(f => f.Type is not null)
                .Select(f => $"  {f.Name}{(isOutput ? ArgumentsOf(name, f.Name, shapes, known) : "")}: {f.Type}").ToList();
            if (fields.Count > 0) sdl.AppendLine(System.Globalization.CultureInfo.InvariantCulture, $"{(isOutput ? "type" : "input")} {name} {{\n{string.Join('\n', fields)}\n}}");
        }
        return sdl.ToString();
    }

    private static bool IsArguments(KeyValuePair<string, string> shape) =>
        shape.Key.EndsWith("Args", StringComparison.Ordinal) && !shape.Value.Contains("__typename", StringComparison.Ordinal);

    // What arguments are made of, and what that is made of.
    private static HashSet<string> InputsOf(Dictionary<string, string> shapes)
    {
        var (inputs, waiting) = (new HashSet<string>(StringComparer.Ordinal), new Stack<string>(shapes.Where(IsArguments).Select(s => s.Value)));
        while (waiting.TryPop(out var body))
        {
            foreach (var name in Member().Matches(body).SelectMany(m => Word().Matches(m.Groups["type"].Value)).Select(w => w.Value).Where(shapes.ContainsKey))
                if (name != "Scalars" && inputs.Add(name)) waiting.Push(shapes[name]);
        }
        return inputs;
    }

    private static string ArgumentsOf(string type, string field, Dictionary<string, string> shapes, HashSet<string> known)
    {
        var name = type + char.ToUpperInvariant(field[0]) + field[1..] + "Args";
        if (!shapes.TryGetValue(name, out var body)) return "";
        var arguments = Member().Matches(body).Select(m => (Name: m.Groups["name"].Value, Type: TypeOf(m.Groups["type"].Value, known))).Where(a => a.Type is not null).Select(a => $"{a.Name}: {a.Type}").ToList();
        return arguments.Count == 0 ? "" : $"({string.Join(' ', arguments)})";
    }

    // Maybe<Array<Scalars["ID"]>> is [ID!]; null for what is no type of the schema, such as a union.
    private static string? TypeOf(string text, HashSet<string> known)
    {
        var type = text.Trim();
        foreach (var maybe in new[] { "Maybe<", "InputMaybe<" })
            if (type.StartsWith(maybe, StringComparison.Ordinal)) return TypeOf(type[maybe.Length..^1], known)?.TrimEnd('!');
        if (type.StartsWith("Array<", StringComparison.Ordinal)) return TypeOf(type["Array<".Length..^1], known) is { } item ? $"[{item}]!" : null;
        if (type.StartsWith("Scalars[\"", StringComparison.Ordinal)) type = type.Split('"')[1];
        return known.Contains(type) ? type + "!" : null;
    }

    private static ISchema Build()
    {
        var document = Parser.Parse(Text, new ParserOptions { Ignore = IgnoreOptions.Comments });
        var schema = GraphQL.Types.Schema.For(new SDLPrinter().Print(document));
        foreach (var scalar in document.Definitions.OfType<GraphQLScalarTypeDefinition>()) schema.RegisterType(new AnyScalar(scalar.Name.StringValue));
        schema.Initialize();
        return schema;
    }

    private static string RootOf(string folder) => File.Exists(Path.Combine(folder, "Veelocity.sln")) ? folder : RootOf(Path.GetDirectoryName(folder)!);

    [GeneratedRegex(@"/\*.*?\*/", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Comment();

    [GeneratedRegex(@"^type (?<name>\w+) = (?:\w+ & )*\{\n(?<body>.*?)^\};", RegexOptions.Singleline | RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Shape();

    [GeneratedRegex(@"^declare enum (?<name>\w+) \{\n(?<body>.*?)^\}", RegexOptions.Singleline | RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Enumeration();

    [GeneratedRegex(@"^  (?<name>\w+)\??: (?<type>[^;\n]+);", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Member();

    [GeneratedRegex(@"\w+", RegexOptions.CultureInvariant)]
    private static partial Regex Word();

    [GeneratedRegex(@"= ""(?<value>\w+)""", RegexOptions.CultureInvariant)]
    private static partial Regex Value();

    private sealed class AnyScalar : ScalarGraphType
    {
        public AnyScalar(string name) => Name = name;

        public override object? ParseLiteral(GraphQLValue value) => value;

        public override object? ParseValue(object? value) => value;

        public override object? Serialize(object? value) => value;
    }
}
