using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Api.Input;
using Veelocity.Web.Connectors;
using Veelocity.Web.Data;
using Veelocity.Web.Organizations;
using Veelocity.Web.Platform;
using Veelocity.Web.Sync;

namespace Veelocity.Web.Api.V1;

/// <summary>The connectors of an organization: what is connected, how it stands, connecting and disconnecting.</summary>
internal static class Connectors
{
    internal const string NotConnectedCode = "not_connected";

    private const string GitHub = "github";

    public static void MapConnectors(this RouteGroupBuilder v1)
    {
        var connectors = v1.MapOrganizationGroup("/connectors").WithTags("Connectors");
        connectors.MapGet("/", ListAsync).WithSummary("Each connector and how it stands");
        connectors.MapGet("/{kind}/status", StatusAsync).WithSummary("How a connection stands: github, github_actions, slack, linear");
        connectors.MapPost("/github/connect", ConnectAsync).Requires(Permission.ManageConnectors)
            .WithSummary("Test a token, keep it encrypted and request the first sync; 422 when the token is refused")
            .MayAnswer(409, "sample_organization", "The organization holds sample data; nothing is connected to it.");
        connectors.MapSlack();
        connectors.MapLinear();
        connectors.MapPost("/{kind}/test", TestAsync).Requires(Permission.ManageConnectors)
            .WithSummary("Test the stored credentials; 422 when the provider rejects them or can't be reached")
            .MayAnswer(409, NotConnectedCode, "The connector is not connected.");
        connectors.MapPost("/{kind}/sync", SyncAsync).Requires(Permission.TriggerSync)
            .WithSummary("Request a sync; answers the open sync logs")
            .MayAnswer(409, NotConnectedCode, "The connector is not connected.");
        connectors.MapDelete("/{kind}", DisconnectAsync).Requires(Permission.ManageConnectors)
            .WithSummary("Erase the token; what was synced stays")
            .MayAnswer(409, NotConnectedCode, "The connector is not connected.")
            .MayAnswer(409, "no_credentials", "It uses the credentials of another connector.");
    }

    private static async Task<IReadOnlyList<ConnectorAnswer>> ListAsync(
        ConnectorCatalog catalog, CurrentOrganization organization, VeelocityDb db, CancellationToken cancellation)
    {
        var answers = new List<ConnectorAnswer>();
        foreach (var connector in catalog.All) answers.Add(await AnswerAsync(connector.Info, organization, db, cancellation));
        return answers;
    }

    private static async Task<Results<Ok<ConnectorAnswer>, NotFound>> StatusAsync(
        string kind, ConnectorCatalog catalog, CurrentOrganization organization, VeelocityDb db, CancellationToken cancellation) =>
        catalog.Find(ConnectorKindAttribute.Spelled(kind)) is { } connector
            ? TypedResults.Ok(await AnswerAsync(connector.Info, organization, db, cancellation))
            : TypedResults.NotFound();

    private static async Task<ConnectorAnswer> ConnectAsync(
        ConnectBody body, ClaimsPrincipal caller, ConnectorCatalog catalog, Connections connections, CurrentOrganization organization,
        VeelocityDb db, CancellationToken cancellation)
    {
        try
        {
            var made = await connections.ConnectAsync(
                organization.Id, GitHub, body.Token!.Trim(), body.BaseUrl, body.Repositories, caller.RequiredCallerId(), cancellation);
            return await AnswerAsync(catalog.Find(GitHub)!.Info, organization, db, cancellation) with { Warnings = made.Warnings };
        }
        catch (ConnectorException refused)
        {
            var field = refused.Fault is ConnectorFault.AddressRefused or ConnectorFault.Unreachable ? nameof(ConnectBody.BaseUrl) : nameof(ConnectBody.Token);
            throw new Refused(refused.Message, JsonNamingPolicy.SnakeCaseLower.ConvertName(refused.Fault.ToString())) { Field = field };
        }
    }

    private static async Task<Results<Ok<ConnectorAnswer>, NotFound>> TestAsync(
        string kind, ConnectorCatalog catalog, Connections connections, CurrentOrganization organization, VeelocityDb db,
        CancellationToken cancellation)
    {
        if (catalog.Find(ConnectorKindAttribute.Spelled(kind))?.Info is not { } connector) return TypedResults.NotFound();
        try
        {
            var check = await connections.TestAsync(organization.Id, connector.Kind, cancellation) ?? throw NotConnected(connector);
            return TypedResults.Ok(await AnswerAsync(connector, organization, db, cancellation) with { Warnings = check.Warnings });
        }
        catch (ConnectorException rejected)
        {
            var code = JsonNamingPolicy.SnakeCaseLower.ConvertName(rejected.Fault.ToString());
            throw new Refused(rejected.Message, code, StatusCodes.Status422UnprocessableEntity);
        }
    }

    private static async Task<Results<Accepted<IReadOnlyList<SyncAnswer>>, NotFound>> SyncAsync(
        string kind, ConnectorCatalog catalog, Connections connections, SyncRequests requests, CurrentOrganization organization,
        CancellationToken cancellation)
    {
        if (catalog.Find(ConnectorKindAttribute.Spelled(kind))?.Info is not { } connector) return TypedResults.NotFound();
        if (await connections.FindAsync(organization.Id, connector.CredentialsOf, cancellation) is not { IsConnected: true } connection)
            throw NotConnected(connector);
        // A connector that reads with another's credentials is synced by itself.
        var only = connector.Kind == connector.CredentialsOf ? null : connector.Kind;
        var runs = await requests.RequestAsync(organization.Id, connection.Id, SyncTrigger.Manual, isFull: false, cancellation, only);
        return TypedResults.Accepted((string?)null, (IReadOnlyList<SyncAnswer>)[.. runs.Select(run => SyncAnswer.Of(run))]);
    }

    private static async Task<Results<NoContent, NotFound>> DisconnectAsync(
        string kind, ConnectorCatalog catalog, Connections connections, CurrentOrganization organization, CancellationToken cancellation)
    {
        if (catalog.Find(ConnectorKindAttribute.Spelled(kind))?.Info is not { } connector) return TypedResults.NotFound();
        if (connector.Kind != connector.CredentialsOf)
            throw new Refused($"{connector.Name} has no credentials of its own. Disconnect {connector.CredentialsOf} instead.", "no_credentials");
        return await connections.DisconnectAsync(organization.Id, connector.Kind, cancellation)
            ? TypedResults.NoContent()
            : throw NotConnected(connector);
    }

    internal static Refused NotConnected(ConnectorInfo connector) =>
        new($"{connector.Name} is not connected.", NotConnectedCode, StatusCodes.Status409Conflict);

    internal static async Task<ConnectorAnswer> AnswerAsync(
        ConnectorInfo info, CurrentOrganization organization, VeelocityDb db, CancellationToken cancellation)
    {
        var connection = await db.Connections.AsNoTracking().SingleOrDefaultAsync(c => c.Kind == info.CredentialsOf, cancellation);
        var last = await db.SyncRuns.AsNoTracking()
            .Where(r => r.OrganizationId == organization.Id && r.Connector == info.Kind)
            .OrderByDescending(r => r.RequestedAt)
            .FirstOrDefaultAsync(cancellation);
        var status = connection is not { IsConnected: true } ? "disconnected" : connection.RefusedAt is not null ? "refused" : "connected";
        return new ConnectorAnswer(
            info.Kind, info.Name, status, connection?.Account, connection?.BaseUrl, connection?.SelectedRepositories, connection?.RefusedReason,
            last is null ? null : SyncAnswer.Of(last), info.SupportedMetrics);
    }
}

internal sealed record ConnectBody : IValidatableObject
{
    [Required(ErrorMessage = "Send the token."), StringLength(1000, ErrorMessage = "A token has 1,000 characters at most.")]
    public string? Token { get; init; }

    /// <summary>The address of a GitHub Enterprise Server; empty for github.com. Omit it to keep the address while connected.</summary>
    [StringLength(300)]
    public string? BaseUrl { get; init; }

    /// <summary>Full names; empty for all that the token sees. Omit it to keep the selection while connected.</summary>
    public IReadOnlyList<string>? Repositories { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!string.IsNullOrWhiteSpace(BaseUrl) && !(Uri.TryCreate(BaseUrl, UriKind.Absolute, out var url) && url.Scheme is "https" or "http"))
            yield return new ValidationResult("Write the address as https://github.example.com.", [nameof(BaseUrl)]);
        if (Repositories?.FirstOrDefault(name => name is null || name.Count(c => c == '/') != 1) is { } wrong)
            yield return new ValidationResult($"'{wrong}' is not a full name such as acme/web.", [nameof(Repositories)]);
    }
}

internal sealed record ConnectorAnswer(
    string Kind, string Name, string Status, string? Account, string? BaseUrl, IReadOnlyList<string>? Repositories, string? RefusedReason,
    SyncAnswer? LastSync, IReadOnlyList<string> SupportedMetrics)
{
    /// <summary>What the token doesn't show; only in the response to connect and test.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Warnings { get; init; }
}
