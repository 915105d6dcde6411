using System.Security.Cryptography;
using System.Text;
using Veelocity.Simulator.Worlds;

namespace Veelocity.Simulator.Seeding;

/// <summary>Makes commits with parents, hashes and sizes.</summary>
internal sealed class Forge(Repository repository, Dice dice, int seed)
{
    private static readonly string[] Anywhere = ["src/cart", "src/orders", "src/api", "src/ui", "tests", "docs", "config", "lib"];
    private IReadOnlyList<string> _folders = Anywhere;
    private int _made;

    /// <summary>The commits made next belong to this piece of work: in a monorepo they stay in the services that it began in.</summary>
    public Forge For(PullRequest? pull)
    {
        if (repository.Services.Count == 0)
            return this;
        _folders = pull is { Files.Count: > 0 }
            ? [.. pull.Files.Select(file => file.Path[..file.Path.LastIndexOf('/')]).Distinct(StringComparer.Ordinal)]
            : [.. Drawn().SelectMany(service => new[] { service + "/src", service + "/tests" })];
        return this;
    }

    public Commit Commit(string message, GitPerson author, GitPerson committer, params ReadOnlySpan<Commit> parents)
    {
        var commit = new Commit(Hash($"{repository.FullName}:{seed}:{++_made}"), message, author, committer);
        commit.Parents.AddRange(parents);
        var isMerge = parents.Length > 1;
        for (var file = isMerge ? 0 : dice.Between(1, 4); file > 0; file--)
        {
            var change = new ChangedFile($"{dice.Pick(_folders)}/file{dice.Between(1, 60)}.ts", dice.Between(1, 60), dice.Between(0, 25));
            commit.Files.Add(change);
            commit.Additions += change.Additions;
            commit.Deletions += change.Deletions;
        }

        return repository.Add(commit);
    }

    // Mostly one service, now and then two at once.
    private string[] Drawn()
    {
        var first = dice.Pick(repository.Services);
        return dice.Chance(0.15) ? [.. new[] { first, dice.Pick(repository.Services) }.Distinct(StringComparer.Ordinal)] : [first];
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 20));
}
