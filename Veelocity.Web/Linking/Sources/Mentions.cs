namespace Veelocity.Web.Linking.Sources;

/// <summary>The commits of a repository that texts elsewhere name: by the beginning of a commit's name, or by a version next to the repository's name.</summary>
internal sealed class Mentions(RepositoryFacts facts)
{
    private readonly VersionTags _versions = new(facts);

    public string? CommitIn(string text)
    {
        if (_versions.ShaIn(text) is { } sha) return sha;
        return NamesRepository(text) ? _versions.TaggedIn(text) : null;
    }

    private bool NamesRepository(string text)
    {
        for (var at = text.IndexOf(facts.Name, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(facts.Name, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            var end = at + facts.Name.Length;
            if ((at == 0 || !char.IsLetterOrDigit(text[at - 1])) && (end == text.Length || !char.IsLetterOrDigit(text[end]))) return true;
        }
        return false;
    }
}
