using GraphQL;
using GraphQL.SystemTextJson;
using GraphQL.Transport;
using GraphQL.Types;
using GraphQLParser;
using GraphQLParser.AST;
using GraphQLParser.Exceptions;

namespace Veelocity.Simulator.Linear;

/// <summary>Linear's addresses: the one for questions, and those for signing in.</summary>
internal sealed class LinearRoutes(LinearWorkspace workspace, LinearHooks hooks)
{
    public const string Root = "/linear";

    private readonly ISchema _schema = LinearSchema.Build(workspace);
    private readonly DocumentExecuter _executer = new();
    private readonly GraphQLSerializer _serializer = new(options => options.Converters.Add(new LinearErrorConverter()));

    public static void Use(IApplicationBuilder app)
    {
        app.UseMiddleware<LinearGate>();
        app.UseRouting().UseEndpoints(routes =>
        {
            var linear = routes.MapGroup(Root);
            linear.MapPost("/graphql", (HttpContext http, LinearRoutes own) => own.AnswerAsync(http));
            linear.MapGet("/oauth/authorize", (string client_id, string redirect_uri, string state, string? code_challenge, string? code_challenge_method, LinearGrants grants) =>
                grants.Authorize(client_id, redirect_uri, state, code_challenge, code_challenge_method));
            linear.MapPost("/oauth/token", (HttpRequest request, LinearGrants grants) => grants.TokenAsync(request));
        });
    }

    private async Task AnswerAsync(HttpContext http)
    {
        var (result, status) = await ExecuteAsync(http);
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json; charset=utf-8";
        await _serializer.WriteAsync(http.Response.Body, result, http.RequestAborted);
    }

    private async Task<(ExecutionResult Result, int Status)> ExecuteAsync(HttpContext http)
    {
        GraphQLRequest? request;
        GraphQLDocument document;
        try
        {
            request = await _serializer.ReadAsync<GraphQLRequest>(http.Request.Body, http.RequestAborted);
            document = Parser.Parse(request?.Query ?? "");
        }
        catch (Exception broken) when (broken is System.Text.Json.JsonException or GraphQLParserException)
        {
            return (Failed(LinearError.Invalid("The question cannot be read.")), StatusCodes.Status400BadRequest);
        }
        var exchange = http.Features.Get<LinearExchange>()!;
        exchange.Operation = document.Definitions.OfType<GraphQLOperationDefinition>().FirstOrDefault()?.Name?.StringValue;
        exchange.Complexity = LinearComplexity.Of(request!.Query!, request.Variables is { } variables ? new Dictionary<string, object?>(variables, StringComparer.Ordinal) : null);
        http.Response.Headers["X-Complexity"] = Math.Ceiling(exchange.Complexity).ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (exchange.Complexity > LinearComplexity.Most) return (Failed(LinearError.Invalid("Query too complex")), StatusCodes.Status400BadRequest);
        // The resolvers answer at once, so nothing is waited for here.
        var result = workspace.Read(() => _executer.ExecuteAsync(options =>
        {
            options.Schema = _schema;
            options.Query = request.Query;
            options.Document = document;
            options.OperationName = request.OperationName;
            options.Variables = request.Variables;
            options.UserContext = new LinearCall(exchange.Caller, hooks, workspace);
            options.CancellationToken = http.RequestAborted;
        }).GetAwaiter().GetResult());
        return (result, result.Errors?.Any(e => e is not LinearError) == true ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK);
    }

    private static ExecutionResult Failed(params ExecutionError[] errors) => new() { Errors = [.. errors] };
}

/// <summary>What the gate and the answer to one question share.</summary>
internal sealed class LinearExchange(LinearCaller caller)
{
    public LinearCaller Caller { get; } = caller;
    public string? Operation { get; set; }
    public double Complexity { get; set; }
}
