namespace Veelocity.Web.Connectors;

/// <summary>A query as it lies in its own embedded .graphql file; the file is named after its operation.</summary>
internal sealed record GraphQlDocument(string Name, string Text)
{
    /// <summary>Reads <c>Queries/{name}.graphql</c> of the folder that the type lives in.</summary>
    public static GraphQlDocument Beside(Type type, string name)
    {
        var resource = $"{type.Namespace}.Queries.{name}.graphql";
        using var stream = type.Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The query {resource} is not embedded.");
        using var reader = new StreamReader(stream);
        return new GraphQlDocument(name, reader.ReadToEnd());
    }
}
