using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.OpenApi;

namespace Veelocity.Web.Api;

/// <summary>What parameters mean and which values they take: the meaning by name, the values from what the app itself checks.</summary>
internal static class OpenApiParameters
{
    private static readonly Dictionary<string, string> Meanings = new(StringComparer.Ordinal)
    {
        ["page"] = "Which page, from 1 on.",
        ["per_page"] = "Rows on a page; 50 without it.",
        ["start_date"] = "First day, in the organization's time zone. Without it: the 30 days up to end_date.",
        ["end_date"] = "Last day, counted in; today without it. Three years after the first at most.",
        ["repo_id"] = "Only of this repository.",
        ["service_id"] = "Only of this service.",
        ["team_id"] = "Only of this team; the zero id asks for what belongs to no team.",
        ["developer_id"] = "Only of this person; 403 where the organization does not let you see it.",
        ["environment"] = "Only of the environment with this name; production by default.",
        ["group_by"] = "Answers groups too, by one of these; without it by day, week or month, as the period's length asks for.",
        ["clock"] = "calendar (the default), or working: durations count the organization's working hours only, and have no band.",
        ["severity"] = "Only incidents of this severity.",
        ["window_hours"] = "For how many hours after a deployment an incident is laid to it, from 1 to 720; without it: the organization's setting.",
        ["platform"] = "Only builds for this platform; all is the default. A run that builds for both counts for each.",
        ["authors"] = "Whose pull requests: those of people (the default), of coding agents, or both.",
        ["of"] = "Of the metric's values, whose rows; the first one by default.",
        ["selection"] = "included (the default) are the rows that count, left_out those left out with the reason; of a rate, others are the rest below the line; waiting are merged changes not in production yet.",
        ["since"] = "Only what is not older than this instant; UTC when it names no offset.",
        ["until"] = "Only what was requested before this instant.",
        ["state"] = "Only in this state.",
        ["status"] = "Only in this state; all without it.",
        ["author"] = "A login, in any case; a bot's with or without [bot].",
        ["assignee"] = "The display name in Linear, in any case.",
        ["identifier"] = "The issue's name, such as ENG-123, also one that it had in another team.",
        ["workflow_id"] = "Only of this workflow.",
        ["cycle_id"] = "Only of this cycle.",
        ["project_id"] = "Only of this project.",
        ["connector"] = "Only of this connector, such as github_actions.",
        ["trigger"] = "Only those asked for so: first_connect, schedule, manual or command.",
        ["archived"] = "true for those put away; without it those in use.",
        ["linked"] = "Whether a deployment is known to have brought it; both without it.",
        ["user_id"] = "Only what this member did.",
        ["group"] = "Only entries of this kind.",
        ["q"] = "Part of the subject, the detail, the actor or the address.",
        ["kind"] = "The connector: github, github_actions, linear or slack.",
        ["userId"] = "A member's user id.",
        ["invitationId"] = "An invitation's id.",
        ["issueId"] = "An issue's id.",
    };

    // Where the same name means something else.
    private static readonly Dictionary<(string Path, string Name), string> Elsewhere = new()
    {
        [("api/v1/connectors/github-actions/deployments", "environment")] = "Only of the environment with this name; of all without it.",
        [("api/v1/connectors/github-actions/runs", "environment")] = "Only runs that are deployments into this environment.",
        [("api/v1/connectors/github-actions/workflows", "environment")] = "Only workflows whose runs are deployments into this environment.",
        [("api/v1/connectors/github-actions/workflows", "platform")] = "Only workflows that built for this platform, or for either (all).",
        [("api/v1/connectors/github-actions/deployments", "platform")] = "Only deployments whose run built for this platform.",
        [("api/v1/people", "show")] = "people (the default), everyone, bots, several (more than one account), or by_hand (merged, split or marked by a member).",
        [("api/v1/teams", "q")] = "Part of the name.",
        [("api/v1/incidents", "q")] = "Part of the title.",
        [("api/v1/connectors/slack/channels", "q")] = "Part of the name.",
        [("api/v1/connectors/github-actions/runs", "platform")] = "Only mobile builds for this platform, for either (all), or what is no mobile build (none).",
        [("api/v1/connectors/github-actions/runs", "status")] = "GitHub's word for a status or a conclusion.",
        [("api/v1/connectors/github-actions/deployments", "workflow_id")] = "Only deployments that are runs of this workflow.",
        [("api/v1/connectors/linear/issues", "state")] = "The type of the state: triage, backlog, unstarted, started, completed, canceled or duplicate.",
        [("api/v1/connectors/linear/projects", "state")] = "The type of the status: backlog, planned, started, paused, completed or canceled.",
        [("api/v1/connectors/linear/issues", "team_id")] = LinearTeam,
        [("api/v1/connectors/linear/projects", "team_id")] = LinearTeam,
        [("api/v1/connectors/linear/cycles", "team_id")] = LinearTeam,
        [("api/v1/organizations/{id}/audit-log", "start_date")] = "First day, in the organization's time zone; from the beginning without it.",
        [("api/v1/organizations/{id}/audit-log", "end_date")] = "Last day, counted in; until now without it.",
        [("api/v1/sync/status", "status")] = SyncStatus,
        [("api/v1/sync/logs", "status")] = SyncStatus,
        [("api/v1/services/{id}/sources/preview", "type")] = "Where deployments are read from.",
        [("api/v1/services/{id}/sources/preview", "name")] = "The environment, the workflow's name or file, a pattern for tags, the start of the releases' tags, or a label; all without it.",
        [("api/v1/services/{id}/sources/preview", "also")] = "More environments that are the same production, such as regions.",
        [("api/v1/services/{id}/sources/preview", "branch")] = "For a workflow: the branches whose runs count, with * as a wildcard; the default branch and tags without it.",
        [("api/v1/services/{id}/sources/preview", "job")] = "For a workflow: the job that deploys, a name or pattern; the whole run without it.",
        [("api/v1/services/{id}/sources/preview", "workflow")] = "For an environment: only deployments by these workflows; * for all.",
        [("api/v1/services/{id}/sources/preview", "repository_id")] = "The repository that deploys the service; its own without it.",
        [("api/v1/services/{id}/sources/preview", "paths")] = "Paths in that repository whose changes deploy the service.",
        [("api/v1/sync/status", "since")] = "Only what was requested at this instant or later.",
        [("api/v1/sync/logs", "since")] = "Only what was requested at this instant or later.",
    };

    private const string LinearTeam = "Only of this team of Linear, by its id in the list of Linear's teams.";
    private const string SyncStatus = "Only those that are queued, running, parked, done, rate_limited, unauthorized, unreachable, cancelled or failed.";

    public static void Describe(OpenApiOperation operation, ApiDescription described)
    {
        var path = described.RelativePath!.TrimEnd('/').Replace(":guid", "", StringComparison.Ordinal);
        foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>())
        {
            var name = parameter.Name ?? "";
            parameter.Description ??= name == "id" ? path.StartsWith("api/v1/organizations/", StringComparison.Ordinal) ? "The organization's id or slug." : "Its id."
                : Elsewhere.GetValueOrDefault((path, name)) ?? Meanings.GetValueOrDefault(name);
            if (parameter.Schema is OpenApiSchema schema && Allowed(described, name) is { Count: > 0 } allowed) schema.Enum = allowed;
        }
    }

    private static List<JsonNode> Allowed(ApiDescription described, string name) =>
        described.ParameterDescriptions.FirstOrDefault(p => p.Name == name)?.ParameterDescriptor is IParameterInfoParameterDescriptor { ParameterInfo: { } parameter }
        && parameter.GetCustomAttribute<AllowedValuesAttribute>() is { } values
            ? [.. values.Values.OfType<string>().Select(value => JsonValue.Create(value))] : [];
}
