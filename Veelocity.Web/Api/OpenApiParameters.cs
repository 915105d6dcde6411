using Microsoft.OpenApi;

namespace Veelocity.Web.Api;

/// <summary>What parameters mean, by their names: the same name means the same in every operation.</summary>
internal static class OpenApiParameters
{
    private static readonly Dictionary<string, string> Meanings = new(StringComparer.Ordinal)
    {
        ["page"] = "Which page, from 1 on.",
        ["per_page"] = "Rows on a page, 1 to 100.",
        ["start_date"] = "First day, in the organization's time zone; together with end_date. Without both: the last 30 days.",
        ["end_date"] = "Last day, counted in; three years after the first at most.",
        ["repo_id"] = "Only of this repository.",
        ["service_id"] = "Only of this service.",
        ["team_id"] = "Only of this team; an id, or none for what belongs to no team.",
        ["developer_id"] = "Only of this person; 403 where the organization does not let you see it.",
        ["environment"] = "Only of the environment with this name; without it: production.",
        ["group_by"] = "Also answers groups: day, week, month, repository, team, service or developer, as far as the operation knows them.",
        ["clock"] = "calendar (default), or working: durations count the organization's working hours only.",
        ["severity"] = "critical, high, medium or low.",
        ["platform"] = "ios, android or all.",
        ["authors"] = "people (default), agents, or both.",
        ["of"] = "Which of the metric's numbers the rows are of.",
        ["selection"] = "in (default) for the rows that count, out for those left out with the reason, or all.",
        ["since"] = "Only what changed at this instant or later.",
        ["until"] = "Only what was before this instant.",
        ["state"] = "Only in this state, in the provider's words.",
        ["status"] = "Only in this state.",
        ["author"] = "Login of who wrote it.",
        ["assignee"] = "Who it is assigned to.",
        ["identifier"] = "The issue's name, such as ENG-123.",
        ["workflow_id"] = "Only of this workflow.",
        ["cycle_id"] = "Only of this cycle.",
        ["project_id"] = "Only of this project.",
        ["connector"] = "Only of this connector, such as github_actions.",
        ["trigger"] = "Who asked for it: first_connect, schedule, manual or command.",
        ["archived"] = "Whether archived ones come too.",
        ["linked"] = "Whether it is tied to a release.",
        ["user_id"] = "Only what this user did.",
        ["group"] = "Only entries of this kind.",
        ["q"] = "Only entries with these words in them.",
        ["kind"] = "The connector: github, github_actions, linear or slack.",
        ["userId"] = "A member's user id.",
        ["invitationId"] = "An invitation's id.",
        ["issueId"] = "An issue's id.",
    };

    public static void Describe(OpenApiOperation operation, string path)
    {
        foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>().Where(parameter => parameter.Description is null))
        {
            parameter.Description = parameter.Name == "id"
                ? path.StartsWith("api/v1/organizations/", StringComparison.Ordinal) ? "The organization's id or slug." : "Its id."
                : Meanings.GetValueOrDefault(parameter.Name ?? "");
        }
    }
}
