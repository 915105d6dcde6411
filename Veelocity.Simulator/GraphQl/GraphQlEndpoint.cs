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
internal sealed class GraphQlEndpoint(RateLimits limits)
{
    private readonly ISchema _schema = GitHubSchema.Build();
    private readonly DocumentExecuter _executer = new();
    private readonly GraphQLSerializer _serializer = new(options => options.Converters.Add(new ErrorConverter()));

    public void Map(IEndpointRouteBuilder routes) => routes.MapPost("/graphql", Handle);

    private async Task Handle(HttpContext http)
    {
        var exchange = Exchange.Of(http);
        var result = await Execute(http, exchange);
        http.Response.ContentType = "application/json; charset=utf-8";
        await _serializer.WriteAsync(http.Response.Body, result, http.RequestAborted);
    }

    private async Task<ExecutionResult> Execute(HttpContext http, Exchange exchange)
    {
        GraphQLRequest? request;
        try
        {
            request = await _serializer.ReadAsync<GraphQLRequest>(http.Request.Body, http.RequestAborted);
        }
        catch (System.Text.Json.JsonException)
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            return Failed(new ExecutionError("Problems parsing JSON"));
        }

        if (string.IsNullOrWhiteSpace(request?.Query))
            return Failed(new ExecutionError("A query attribute must be specified and must be a string."));
        GraphQLDocument document;
        try
        {
            document = Parser.Parse(request.Query);
        }
        catch (GraphQLParserException broken)
        {
            return Failed(new ExecutionError(broken.Message));
        }

        var operation = document.Definitions.OfType<GraphQLOperationDefinition>().FirstOrDefault(candidate => request.OperationName is null || candidate.Name?.Value == request.OperationName);
        if (operation is null)
            return Failed(new ExecutionError("An operation name is required"));
        exchange.Operation = operation.Name?.Value.ToString();
        var variables = request.Variables ?? Inputs.Empty;
        var cost = new QueryCost(_schema, document, operation, variables).Count();
        (exchange.Cost, exchange.Nodes) = (cost.Points, cost.NodeCount);
        if (limits.Charge(exchange.Caller, RateLimits.GraphQl, 0) is { } empty && empty.Remaining < cost.Points)
        {
            exchange.Cost = 0;
            exchange.Budget = empty with { Used = empty.Limit };
            return Failed(new GitHubError("RATE_LIMITED", $"API rate limit exceeded for user ID {exchange.World.Viewer.Id}."));
        }

        if (cost.Errors.Count > 0)
            return Failed([.. cost.Errors]);
        exchange.Budget = limits.Charge(exchange.Caller, RateLimits.GraphQl, cost.Points);
        return await _executer.ExecuteAsync(options =>
        {
            options.Schema = _schema;
            options.Query = request.Query;
            options.Document = document;
            options.OperationName = request.OperationName;
            options.Variables = variables;
            options.UserContext = new GraphCall(exchange.World, exchange.Caller, exchange.WebUrl, cost.Points, cost.NodeCount, exchange.Budget);
            options.CancellationToken = http.RequestAborted;
        });
    }

    private static ExecutionResult Failed(params ExecutionError[] errors) => new() { Errors = [.. errors] };
}
