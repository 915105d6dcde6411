using System.Security.Cryptography;
using System.Text;
using GraphQL.Utilities;
using Veelocity.Simulator.Worlds;

namespace Veelocity.Simulator.GraphQl;

/// <summary>A file as git keeps it.</summary>
internal sealed record Blob(string Name, string Text)
{
    public string Oid => Git.NameOf($"blob {Encoding.UTF8.GetByteCount(Text)}\0{Text}");
}

/// <summary>A folder as git keeps it: named after all that is in it.</summary>
internal sealed record Tree(string Path, IReadOnlyList<Blob> Files)
{
    public string Oid => Git.NameOf("tree " + string.Join('\n', Files.Select(file => $"{file.Name} {file.Oid}")));
}

/// <summary>The folder of the workflow files on the default branch, the only one that has any.</summary>
internal static class WorkflowFolder
{
    private const string Path = ".github/workflows";

    /// <summary>By an expression such as <c>HEAD:.github/workflows/ci.yml</c>; null when there is no such thing.</summary>
    public static object? Find(Repository repository, string expression)
    {
        var path = expression.StartsWith("HEAD:", StringComparison.Ordinal) ? expression["HEAD:".Length..].TrimEnd('/') : null;
        if (path is null || repository.Head is null)
            return null;
        var files = repository.Workflows.Where(workflow => workflow.Text is not null)
            .Select(workflow => new Blob(workflow.Path[(Path.Length + 1)..], workflow.Text!)).OrderBy(file => file.Name, StringComparer.Ordinal).ToList();
        return path == Path ? files.Count == 0 ? null : new Tree(Path, files) : files.Find(file => $"{Path}/{file.Name}" == path);
    }
}

/// <summary>Folders and files.</summary>
internal static class FileFields
{
    public static void Define(TypeSettings types)
    {
        types.Of<Tree>("Tree")
            .Field("id", tree => "T_" + tree.Oid)
            .Field("oid", tree => tree.Oid)
            .Field("abbreviatedOid", tree => tree.Oid[..7])
            .Field("commitUrl", (tree, context) => $"{GraphCall.Of(context).WebUrl}/tree/{tree.Oid}")
            .Field("entries", tree => tree.Files);

        types.Of<Blob>("TreeEntry")
            .Field("name", file => file.Name)
            .Field("path", file => file.Name)
            .Field("extension", file => Path.GetExtension(file.Name))
            .Field("oid", file => file.Oid)
            .Field("size", file => file.Text.Length)
            .Field("type", _ => "blob")
            .Field("object", file => file);

        types.Of<Blob>("Blob")
            .Field("id", file => "B_" + file.Oid)
            .Field("oid", file => file.Oid)
            .Field("abbreviatedOid", file => file.Oid[..7])
            .Field("byteSize", file => Encoding.UTF8.GetByteCount(file.Text))
            .Field("commitUrl", (file, context) => $"{GraphCall.Of(context).WebUrl}/blob/{file.Oid}")
            .Field("isTruncated", _ => false)
            .Field("text", file => file.Text);
    }
}

/// <summary>How git names what it keeps.</summary>
internal static class Git
{
    public static string NameOf(string content) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)))[..40];
}
