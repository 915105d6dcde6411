using System.Text.Json.Nodes;
using GraphQL;
using GraphQL.SystemTextJson;
using GraphQL.Transport;
using GraphQL.Types;
using GraphQLParser;
using GraphQLParser.AST;
using GraphQLParser.Exceptions;
using Veelocity.Simulator.Gate;

namespace Veelocity.Simulator.GraphQl;

/// <summary>Answers POST /graphql by executing the query over the schema.</summary>
internal sealed class GraphQlEndpoint(RateLimits limits, Faults faults, TimeProvider clock)
{
    private readonly ISchema _schema = GitHubSchema.Build();
    private readonly DocumentExecuter _executer = new();
    private readonly GraphQLSerializer _serializer = new(options => options.Converters.Add(new ErrorConverter()));

    public void Map(IEndpointRouteBuilder routes) => routes.MapPost("/graphql", Handle);

    private async Task Handle(HttpContext http)
    {
        var exchange = Exchange.Of(http);
        var (result, cost) = await Execute(http, exchange);
        http.Response.ContentType = "application/json; charset=utf-8";
        if (cost is null || faults.Strike(RequestKind.GraphQl, "/graphql", cost.NodeCount, partial: true) is not { } fault)
        {
            await _serializer.WriteAsync(http.Response.Body, result, http.RequestAborted);
            return;
        }

        if (fault.Kind != FaultKind.ResourceLimits && await FaultAnswers.Stops(http, fault, clock))
            return;
        var whole = JsonNode.Parse(_serializer.Serialize(result))!.AsObject();
        await http.Response.WriteAsync(PartialAnswer.Of(whole).ToJsonString(), http.RequestAborted);
    }

    private async Task<(ExecutionResult Result, QueryCost? Cost)> Execute(HttpContext http, Exchange exchange)
    {
        GraphQLRequest? request;
        try
        {
            request = await _serializer.ReadAsync<GraphQLRequest>(http.Request.Body, http.RequestAborted);
        }
        catch (System.Text.Json.JsonException)
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            return (Failed(new ExecutionError("Problems parsing JSON")), null);
        }

        if (string.IsNullOrWhiteSpace(request?.Query))
            return (Failed(new ExecutionError("A query attribute must be specified and must be a string.")), null);
        GraphQLDocument document;
        try
        {
            document = Parser.Parse(request.Query);
        }
        catch (GraphQLParserException broken)
        {
            return (Failed(new ExecutionError(broken.Message)), null);
        }

        var operation = document.Definitions.OfType<GraphQLOperationDefinition>().FirstOrDefault(candidate => request.OperationName is null || candidate.Name?.Value == request.OperationName);
        if (operation is null)
            return (Failed(new ExecutionError("An operation name is required")), null);
        exchange.Operation = operation.Name?.Value.ToString();
        var variables = request.Variables ?? Inputs.Empty;
        var cost = new QueryCost(_schema, document, operation, variables).Count();
        exchange.Cost = cost.Points;
        if (limits.Charge(exchange.Caller, RateLimits.GraphQl, 0) is { } empty && empty.Remaining < cost.Points)
        {
            exchange.Cost = 0;
            exchange.Budget = empty with { Used = empty.Limit };
            return (Failed(new GitHubError("RATE_LIMITED", $"API rate limit exceeded for user ID {exchange.World.Viewer.Id}.")), null);
        }

        if (cost.Errors.Count > 0)
            return (Failed([.. cost.Errors]), null);
        exchange.Budget = limits.Charge(exchange.Caller, RateLimits.GraphQl, cost.Points);
        var result = await _executer.ExecuteAsync(options =>
        {
            options.Schema = _schema;
            options.Query = request.Query;
            options.Document = document;
            options.OperationName = request.OperationName;
            options.Variables = variables;
            options.UserContext = new GraphCall(exchange.World, exchange.Caller, exchange.WebUrl, cost.Points, cost.NodeCount, exchange.Budget);
            options.CancellationToken = http.RequestAborted;
        });
        return (result, cost);
    }

    private static ExecutionResult Failed(params ExecutionError[] errors) => new() { Errors = [.. errors] };
}
