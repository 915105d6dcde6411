using GraphQL;

namespace Veelocity.Simulator.Linear;

/// <summary>What the resolvers of one question need to know: who asks, and where webhooks go.</summary>
internal sealed class LinearCall(LinearCaller caller, LinearHooks hooks, LinearWorkspace workspace) : Dictionary<string, object?>(StringComparer.Ordinal)
{
    /// <summary>A private team is seen by its members; the key says whether its owner is one.</summary>
    public bool Sees(LinearTeam team) => team.Visibility != "private" || caller.Says("member");

    public Uri MakeWebhook(IDictionary<string, object?> input)
    {
        if (!caller.Says("admin")) throw new LinearError("forbidden", "FORBIDDEN", "You don't have permission to create webhooks.");
        workspace.SigningSecret = (string)input["secret"]!;
        return hooks.Address = new Uri((string)input["url"]!);
    }

    public static LinearCall Of(IResolveFieldContext context) => (LinearCall)context.UserContext;
}

/// <summary>Short forms for reading arguments.</summary>
internal static class LinearArguments
{
    public static string Id(this IResolveFieldContext context) => context.GetArgument<string>("id");

    public static bool Says(this IResolveFieldContext context, string argument) => context.GetArgument(argument, false);
}
