using System.Security.Cryptography;
using System.Text;
using Veelocity.Simulator.Worlds;

namespace Veelocity.Simulator.Seeding;

/// <summary>Makes commits with parents, hashes and sizes.</summary>
internal sealed class Forge(Repository repository, Dice dice, int seed)
{
    private static readonly string[] Folders = ["src/cart", "src/orders", "src/api", "src/ui", "tests", "docs", "config", "lib"];
    private int _made;

    public Commit Commit(string message, GitPerson author, GitPerson committer, params ReadOnlySpan<Commit> parents)
    {
        var commit = new Commit(Hash($"{repository.FullName}:{seed}:{++_made}"), message, author, committer);
        commit.Parents.AddRange(parents);
        var isMerge = parents.Length > 1;
        for (var file = isMerge ? 0 : dice.Between(1, 4); file > 0; file--)
        {
            var change = new ChangedFile($"{dice.Pick(Folders)}/file{dice.Between(1, 60)}.ts", dice.Between(1, 60), dice.Between(0, 25));
            commit.Files.Add(change);
            commit.Additions += change.Additions;
            commit.Deletions += change.Deletions;
        }

        return repository.Add(commit);
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 20));
}
