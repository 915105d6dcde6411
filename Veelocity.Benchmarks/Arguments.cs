using System.Globalization;

namespace Veelocity.Benchmarks;

/// <summary>The command and its numbers: <c>dashboard --repositories 200</c>.</summary>
internal sealed class Arguments(string[] args)
{
    public string Command => args.Length > 0 ? args[0] : "";

    public int this[string name, int otherwise]
    {
        get
        {
            var at = Array.IndexOf(args, "--" + name);
            return at < 0 ? otherwise : int.Parse(args[at + 1], CultureInfo.InvariantCulture);
        }
    }
}
