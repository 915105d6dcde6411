using Veelocity.Simulator.Worlds;

namespace Veelocity.Simulator.Gate;

/// <summary>One request on its way through: who asks, from where, and what it turned out to cost.</summary>
internal sealed class Exchange(Caller caller, RequestKind kind, World world, string webUrl, string apiUrl)
{
    public Caller Caller { get; } = caller;
    public RequestKind Kind { get; } = kind;
    public World World { get; } = world;
    public string WebUrl { get; } = webUrl;
    public string ApiUrl { get; } = apiUrl;
    public string? Operation { get; set; }
    public int Cost { get; set; } = 1;
    public Budget? Budget { get; set; }

    /// <summary>The nodes a query may return.</summary>
    public long Nodes { get; set; }

    /// <summary>The world was asked, rather than a fault or a limit.</summary>
    public bool IsAnswered { get; set; }

    public static Exchange Of(HttpContext http) => http.Features.Get<Exchange>() ?? throw new InvalidOperationException("The gate was not passed.");
}
