namespace Veelocity.Simulator.Gate;

/// <summary>Carries out a fault that strikes before the request is looked at.</summary>
internal static class FaultAnswers
{
    /// <summary>True when the request is answered by the fault and goes no further.</summary>
    public static async Task<bool> Stops(HttpContext http, Fault fault, TimeProvider clock)
    {
        switch (fault.Kind)
        {
            case FaultKind.Slow:
                await Task.Delay(TimeSpan.FromMilliseconds(fault.DelayMilliseconds), clock, http.RequestAborted);
                return false;
            case FaultKind.BadGateway:
                http.Response.StatusCode = StatusCodes.Status502BadGateway;
                http.Response.ContentType = "text/html";
                await http.Response.WriteAsync("<html><head><title>502 Bad Gateway</title></head></html>", http.RequestAborted);
                return true;
            case FaultKind.Disconnect:
                http.Abort();
                return true;
            case FaultKind.SecondaryLimit:
                http.Response.Headers.RetryAfter = fault.RetryAfterSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
                await Refusal.Write(http, 403, "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.");
                return true;
            case FaultKind.PrimaryLimit:
                var exchange = Exchange.Of(http);
                exchange.Budget = new Budget(exchange.Kind == RequestKind.Rest ? RateLimits.Core : RateLimits.GraphQl, 5_000, 5_000, clock.GetUtcNow().AddMinutes(30));
                await Refusal.Write(http, 429, "API rate limit exceeded for user ID 1.");
                return true;
            default:
                return false;
        }
    }
}
