namespace Veelocity.Web.Connectors.Linear;

/// <summary>The questions that are asked. Each names how many rows it wants at every level, or Linear counts fifty and refuses it as too complex.</summary>
internal static class LinearDocuments
{
    public static readonly GraphQlDocument Viewer = Of("Viewer");
    public static readonly GraphQlDocument Teams = Of("Teams");
    public static readonly GraphQlDocument TeamMembers = Of("TeamMembers");
    public static readonly GraphQlDocument Users = Of("Users");
    public static readonly GraphQlDocument Projects = Of("Projects");
    public static readonly GraphQlDocument Cycles = Of("Cycles");
    public static readonly GraphQlDocument Issues = Of("Issues");
    public static readonly GraphQlDocument MoreOfIssue = Of("MoreOfIssue");
    public static readonly GraphQlDocument IssueIds = Of("IssueIds");
    public static readonly GraphQlDocument Attachments = Of("Attachments");
    public static readonly GraphQlDocument CreateWebhook = Of("CreateWebhook");

    private static GraphQlDocument Of(string name) => GraphQlDocument.Beside(typeof(LinearDocuments), name);
}
