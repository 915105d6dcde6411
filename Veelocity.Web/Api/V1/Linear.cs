using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using System.Text.Json;
using Veelocity.Web.Connectors;
using Veelocity.Web.Data;
using Veelocity.Web.Organizations;
using Veelocity.Web.Platform;
using Veelocity.Web.Sync;

namespace Veelocity.Web.Api.V1;

/// <summary>Linear's own part: connecting with a key, and what was read: teams, projects, issues, cycles.</summary>
internal static class Linear
{
    private const string Kind = "linear";

    public static void MapLinear(this RouteGroupBuilder connectors)
    {
        var linear = connectors.MapGroup("/linear").WithTags("Linear");
        linear.MapPost("/connect", ConnectAsync).Requires(Permission.ManageConnectors)
            .WithSummary("Test a key, keep it encrypted and request the first sync; 422 when the key is refused")
            .MayAnswer(409, "sample_organization", "The organization holds sample data; nothing is connected to it.");
        linear.MapLinearTeams();
        linear.MapLinearProjects();
        linear.MapLinearIssues();
        linear.MapLinearCycles();
    }

    private static async Task<ConnectorAnswer> ConnectAsync(
        LinearConnectBody body, ClaimsPrincipal caller, ConnectorCatalog catalog, Sync.Connections connections, CurrentOrganization organization, VeelocityDb db,
        CancellationToken cancellation)
    {
        try
        {
            var made = await connections.ConnectAsync(organization.Id, Kind, body.ApiKey!.Trim(), null, body.Teams, caller.RequiredCallerId(), cancellation);
            return await Connectors.AnswerAsync(catalog.Find(Kind)!.Info, organization, db, cancellation) with { Warnings = made.Warnings };
        }
        catch (ConnectorException refused)
        {
            throw new Refused(refused.Message, JsonNamingPolicy.SnakeCaseLower.ConvertName(refused.Fault.ToString())) { Field = nameof(LinearConnectBody.ApiKey) };
        }
    }
}

internal sealed record LinearConnectBody
{
    [Required(ErrorMessage = "Send the key."), StringLength(1000, ErrorMessage = "A key has 1,000 characters at most.")]
    public string? ApiKey { get; init; }

    /// <summary>Keys or Linear's ids of the teams to read, such as ENG; empty for all that the key's owner sees. Omit it to keep the selection while connected.</summary>
    public IReadOnlyList<string>? Teams { get; init; }
}
