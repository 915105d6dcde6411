using System.Text.Json;
using Veelocity.Web.Connectors;

namespace Veelocity.Web.Sync;

/// <summary>The words under which facts and faults are counted and shown.</summary>
internal static class FactNames
{
    /// <summary><c>PullRequestFact</c> as <c>pull_requests</c>.</summary>
    public static string Of(Type fact)
    {
        var name = JsonNamingPolicy.SnakeCaseLower.ConvertName(fact.Name[..^nameof(Fact).Length]);
        return name.EndsWith('y') ? name[..^1] + "ies" : name + "s";
    }

    public static string Of(ConnectorFault fault) => JsonNamingPolicy.SnakeCaseLower.ConvertName(fault.ToString());
}
