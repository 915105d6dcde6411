using System.Reflection;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Veelocity.Web.Data;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.Organizations.Audit;

/// <summary>Whatever changes something of an organization writes into its audit log: read from the compiled app, call by call.</summary>
public sealed class AuditCoverageTests(TestApp app)
{
    // Those that write no entry, and why that is right.
    private static readonly Dictionary<string, string> Exceptions = new(StringComparer.Ordinal)
    {
        ["Settings.IndexModel.OnPostTestAsync"] = "asks GitHub whether it still accepts the token, and changes no setting",
        ["Settings.SlackModel.OnPostTestAsync"] = "asks Slack whether it still accepts the token, and changes no setting",
        ["Settings.LinearModel.OnPostTestAsync"] = "asks Linear whether it still accepts the key, and changes no setting",
        ["POST /api/v1/connectors/{kind}/test"] = "asks the provider whether it still accepts the credentials, and changes no setting",
        ["Settings.SlackModel.OnPostPreviewAsync"] = "shows what rules would find and keeps nothing",
        ["Settings.SlackModel.OnPostAuthorize"] = "only leads to Slack; coming back connects",
        ["Settings.LinearModel.OnPostAuthorize"] = "only leads to Linear; coming back connects",
        ["Settings.DeleteOrganizationModel.OnPostAsync"] = "the log goes with the organization; the members' accounts keep that it went",
        ["Settings.SampleModel.OnPostAsync"] = "the log goes with the sample organization; the account keeps that it went",
        ["POST /webhooks/{kind}/{connectionId:guid}"] = "a provider's message, which no member sends; deliveries have a list of their own",
        ["POST /api/v1/auth/register"] = "an account, of no organization",
        ["POST /api/v1/auth/login"] = "a sign-in, of no organization",
        ["PATCH /api/v1/auth/me"] = "a person's name, of no organization",
    };

    // Of no organization: accounts have a history of their own, of security events.
    private static readonly string[] OfAccounts = ["Veelocity.Web.Pages.Account"];

    [Fact]
    public void Every_handler_that_changes_something_writes_an_entry()
    {
        using var code = new Code();
        var silent = Handlers().Concat(Endpoints()).Where(one => !code.Writes(one.Method)).Select(one => one.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(Exceptions.Keys.Order(StringComparer.Ordinal), silent);
    }

    [Fact]
    public void A_handler_that_only_shows_something_is_seen_to_write_none()
    {
        using var code = new Code();
        var shown = typeof(Program).Assembly.GetType("Veelocity.Web.Pages.Settings.TeamsModel")!;
        Assert.False(code.Writes(shown.GetMethod("OnGetAsync")!));
        Assert.True(code.Writes(shown.GetMethod("OnPostAsync")!));
    }

    private static IEnumerable<(string Name, MethodInfo Method)> Handlers()
    {
        var pages = typeof(Program).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(PageModel)) && !t.IsAbstract && !OfAccounts.Contains(t.Namespace)).ToList();
        Assert.True(pages.Count > 40);
        return from page in pages
               from method in page.GetMethods(BindingFlags.Instance | BindingFlags.Public)
               where new[] { "OnPost", "OnPut", "OnPatch", "OnDelete", "OnGetGranted" }.Any(verb => method.Name.StartsWith(verb, StringComparison.Ordinal))
               select ($"{page.FullName!["Veelocity.Web.Pages.".Length..]}.{method.Name}", method);
    }

    private IEnumerable<(string Name, MethodInfo Method)> Endpoints()
    {
        var endpoints = app.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<MethodInfo>() is not null).ToList();
        Assert.True(endpoints.Count > 80);
        return from endpoint in endpoints
               from verb in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []
               where verb is not ("GET" or "HEAD" or "OPTIONS")
               select ($"{verb} /{endpoint.RoutePattern.RawText!.Trim('/')}", endpoint.Metadata.GetRequiredMetadata<MethodInfo>());
    }

    /// <summary>The compiled app, and who calls whom in it.</summary>
    private sealed class Code : IDisposable
    {
        private readonly ModuleDefinition module = ModuleDefinition.ReadModule(typeof(Program).Assembly.Location);
        private readonly MethodDefinition sink;

        public Code() => sink = module.GetType(typeof(AuditTrail).FullName).Methods.Single(m => m.Name == nameof(AuditTrail.Audit));

        public bool Writes(MethodInfo method)
        {
            var waiting = new Stack<MethodDefinition>([(MethodDefinition)module.LookupToken(method.MetadataToken)]);
            var seen = new HashSet<MethodDefinition>();
            while (waiting.TryPop(out var next))
            {
                if (next == sink) return true;
                if (!seen.Add(next)) continue;
                foreach (var called in CallsOf(next)) waiting.Push(called);
            }
            return false;
        }

        public void Dispose() => module.Dispose();

        private IEnumerable<MethodDefinition> CallsOf(MethodDefinition method)
        {
            foreach (var attribute in method.CustomAttributes.Where(a => a.AttributeType.Name is "AsyncStateMachineAttribute" or "IteratorStateMachineAttribute" or "AsyncIteratorStateMachineAttribute"))
                yield return ((TypeReference)attribute.ConstructorArguments[0].Value).Resolve().Methods.Single(m => m.Name == "MoveNext");
            if (!method.HasBody) yield break;
            foreach (var instruction in method.Body.Instructions)
                if (instruction.Operand is MethodReference { DeclaringType.Scope: var scope } called && scope == module && called.Resolve() is { } known
                    && instruction.OpCode.FlowControl is FlowControl.Call or FlowControl.Next)
                    yield return known;
        }
    }
}
