using System.Text.Json;
using System.Text.Json.Nodes;
using Veelocity.Simulator.Gate;
using Veelocity.Simulator.Rest;
using Veelocity.Simulator.Worlds;

namespace Veelocity.Simulator.Webhooks;

/// <summary>Writes what happened as the payload of its event.</summary>
internal static class HookPayloads
{
    public static string Of(Exchange at, Happening happening)
    {
        var payload = new JsonObject();
        if (happening.Action is not null)
            payload["action"] = happening.Action;
        switch (happening.Subject)
        {
            case PullRequest pull:
                Add(at, payload, pull, happening);
                break;
            case Review review:
                payload["review"] = Review(at, review);
                payload["pull_request"] = Node(PullRequestShapes.Listed(at, review.PullRequest));
                break;
            case WorkflowRun run:
                payload["workflow"] = Node(RunShapes.Workflow(at, run.Repository, run.Workflow));
                payload["workflow_run"] = Node(RunShapes.Run(at, run, run.Latest, withPulls: true));
                break;
            case Deployment deployment:
                payload["deployment"] = Deployment(at, deployment);
                (payload["workflow"], payload["workflow_run"]) = (null, null);
                break;
            case DeploymentStatus status:
                payload["deployment_status"] = Node(DeliveryShapes.Status(at, status));
                payload["deployment"] = Deployment(at, status.Deployment);
                (payload["workflow"], payload["workflow_run"]) = (null, null);
                break;
            case Release release:
                payload["release"] = Node(DeliveryShapes.Release(at, release));
                if (happening.Action == "edited")
                    payload["changes"] = new JsonObject { ["name"] = new JsonObject { ["from"] = release.TagName } };
                break;
            case BranchPush push:
                PushPayload.Fill(at, payload, push, happening);
                break;
            case Repository:
                Add(payload, happening);
                break;
        }

        return Finish(at, payload, happening.Repository, happening.Sender);
    }

    public static string Ping(Exchange at, Hook hook, Repository? place)
    {
        var payload = new JsonObject
        {
            ["zen"] = "Keep it logically awesome.",
            ["hook_id"] = hook.Id,
            ["hook"] = new JsonObject
            {
                ["type"] = place is null ? "Organization" : "Repository",
                ["id"] = hook.Id,
                ["name"] = "web",
                ["active"] = true,
                ["events"] = new JsonArray([.. hook.Events.Select(name => JsonValue.Create(name))]),
                ["config"] = new JsonObject { ["content_type"] = hook.ContentType == HookContent.Json ? "json" : "form", ["insecure_ssl"] = "0", ["secret"] = "********", ["url"] = hook.Url.ToString() },
                ["updated_at"] = Iso.Text(at.World.Now),
                ["created_at"] = Iso.Text(at.World.Now),
            },
        };
        return Finish(at, payload, place, at.World.Viewer);
    }

    public static JsonNode Node(object shape) => JsonSerializer.SerializeToNode(shape, shape.GetType())!;

    private static string Finish(Exchange at, JsonObject payload, Repository? place, Account? sender)
    {
        if (place is not null && !payload.ContainsKey("repository"))
            payload["repository"] = Node(Shapes.Repository(at, place));
        var owner = place?.Owner ?? at.World.Accounts.FirstOrDefault(account => account.Kind == AccountKind.Organization);
        if (owner is { Kind: AccountKind.Organization })
        {
            payload["organization"] = new JsonObject
            {
                ["login"] = owner.Login,
                ["id"] = owner.Id,
                ["node_id"] = owner.NodeId,
                ["url"] = $"{at.ApiUrl}/orgs/{owner.Login}",
                ["avatar_url"] = $"{at.WebUrl}/avatars/{owner.Id}",
                ["description"] = "",
            };
        }

        payload["sender"] = Node(Shapes.AccountOrGhost(at, sender));
        return payload.ToJsonString();
    }

    private static void Add(Exchange at, JsonObject payload, PullRequest pull, Happening happening)
    {
        payload["number"] = pull.Number;
        payload["pull_request"] = PullRequestShapes.Whole(at, pull);
        switch (happening.Action, happening.Detail)
        {
            case ("edited", string before):
                payload["changes"] = new JsonObject { ["title"] = new JsonObject { ["from"] = before } };
                break;
            case ("synchronize", string before):
                (payload["before"], payload["after"]) = (before, pull.Commits[^1].Sha);
                break;
            case (_, Label label):
                payload["label"] = Node(PullRequestShapes.Label(label));
                break;
            case (_, Account reviewer):
                payload["requested_reviewer"] = Node(Shapes.Account(at, reviewer)!);
                break;
        }
    }

    // REST may leave out what the deployer attached; a webhook never does.
    private static JsonNode Deployment(Exchange at, Deployment deployment)
    {
        var shape = Node(DeliveryShapes.Deployment(at, deployment));
        shape["payload"] ??= new JsonObject();
        return shape;
    }

    // Here, and only here, the state is written small.
    private static JsonNode Review(Exchange at, Review review)
    {
        var shape = Node(PullRequestShapes.Review(at, review));
        shape["state"] = review.State.ToLowerInvariant();
        return shape;
    }

    private static void Add(JsonObject payload, Happening happening)
    {
        if (happening.Detail is not string before)
            return;
        payload["changes"] = happening.Action == "renamed"
            ? new JsonObject { ["repository"] = new JsonObject { ["name"] = new JsonObject { ["from"] = before } } }
            : new JsonObject { ["default_branch"] = new JsonObject { ["from"] = before } };
    }
}
