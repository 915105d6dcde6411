namespace Veelocity.Web.Tests.Simulator;

/// <summary>Queries of the kind a client of GitHub asks: wide, with fragments, aliases and variables.</summary>
internal static class Queries
{
    public const string PullRequests = """
        query PullRequests($owner: String!, $name: String!, $first: Int = 50, $after: String, $reviews: Int = 20) {
          rateLimit { cost limit remaining used resetAt nodeCount }
          repository(owner: $owner, name: $name) {
            id nameWithOwner
            pullRequests(first: $first, after: $after, orderBy: {field: UPDATED_AT, direction: DESC}) {
              totalCount pageInfo { hasNextPage endCursor }
              nodes {
                id fullDatabaseId number url title body state isDraft createdAt updatedAt closedAt mergedAt
                author { ...actor } mergedBy { ...actor }
                baseRefName headRefName headRefOid isCrossRepository mergeCommit { oid committedDate }
                additions deletions changedFiles totalCommentsCount reviewDecision
                labels(first: 10) { totalCount nodes { name color } }
                commits(first: 100) { totalCount pageInfo { hasNextPage endCursor } nodes { commit { oid authoredDate } } }
                reviews(first: $reviews) { totalCount pageInfo { hasNextPage endCursor } nodes { id fullDatabaseId state createdAt submittedAt author { ...actor } } }
                reviewRequests(first: 10) {
                  totalCount
                  nodes { requestedReviewer { __typename ... on User { databaseId login } ... on Bot { databaseId login } ... on Mannequin { databaseId login } ... on Team { databaseId slug name } } }
                }
                timelineItems(first: 20, itemTypes: [READY_FOR_REVIEW_EVENT, CONVERT_TO_DRAFT_EVENT, REVIEW_REQUESTED_EVENT, REOPENED_EVENT]) {
                  totalCount filteredCount pageInfo { hasNextPage endCursor }
                  nodes {
                    __typename
                    ... on ReadyForReviewEvent { createdAt actor { login } }
                    ... on ConvertToDraftEvent { createdAt actor { login } }
                    ... on ReopenedEvent { createdAt actor { login } }
                    ... on ReviewRequestedEvent { createdAt actor { login } requestedReviewer { __typename ... on User { login } ... on Team { slug } } }
                  }
                }
              }
            }
          }
        }
        fragment actor on Actor {
          __typename login avatarUrl(size: 96)
          ... on User { databaseId name } ... on Bot { databaseId } ... on Mannequin { databaseId email } ... on EnterpriseUserAccount { name } ... on Organization { databaseId }
        }
        """;

    public const string MoreCommits = """
        query ($id: ID!, $after: String) {
          node(id: $id) { ... on PullRequest { number commits(first: 100, after: $after) { totalCount pageInfo { hasNextPage endCursor } nodes { commit { oid authoredDate } } } } }
        }
        """;

    public const string Commits = """
        query ($owner: String!, $name: String!, $first: Int = 100, $after: String, $since: GitTimestamp) {
          rateLimit { cost nodeCount }
          repository(owner: $owner, name: $name) { defaultBranchRef { name target { ... on Commit { oid
            history(first: $first, after: $after, since: $since) { totalCount pageInfo { hasNextPage endCursor }
              nodes { oid messageHeadline authoredDate committedDate parents(first: 2) { totalCount nodes { oid } }
                author { name email date user { databaseId login } } committer { name email date user { databaseId login } }
                associatedPullRequests(first: 1) { nodes { number mergedAt } } } } } } } }
        }
        """;

    public const string Deployments = """
        query ($owner: String!, $name: String!, $first: Int = 50, $after: String, $environments: [String!]) {
          rateLimit { cost nodeCount }
          repository(owner: $owner, name: $name) {
            deployments(first: $first, after: $after, environments: $environments, orderBy: {field: CREATED_AT, direction: DESC}) {
              totalCount pageInfo { hasNextPage endCursor }
              nodes { id databaseId commitOid ref { name prefix } task environment originalEnvironment latestEnvironment description payload state createdAt updatedAt
                creator { __typename login } latestStatus { state createdAt }
                statuses(first: 10) { totalCount nodes { id state createdAt updatedAt environment environmentUrl logUrl description creator { login } } } } }
            environments(first: 50) { totalCount nodes { databaseId name } } }
        }
        """;

    public const string Releases = """
        query ($owner: String!, $name: String!, $first: Int = 100, $after: String) {
          rateLimit { cost nodeCount }
          repository(owner: $owner, name: $name) {
            releases(first: $first, after: $after, orderBy: {field: CREATED_AT, direction: DESC}) { totalCount pageInfo { hasNextPage endCursor }
              nodes { id databaseId name tagName isDraft isPrerelease isLatest createdAt publishedAt updatedAt url author { login databaseId } tagCommit { oid committedDate } } }
            refs(refPrefix: "refs/tags/", first: $first, orderBy: {field: TAG_COMMIT_DATE, direction: DESC}) { totalCount
              nodes { name target { __typename oid ... on Commit { committedDate } ... on Tag { tagger { name email date } target { __typename oid ... on Commit { committedDate } } } } } } }
        }
        """;

    public const string Repositories = """
        query ($login: String!, $first: Int = 100, $after: String) {
          rateLimit { cost nodeCount }
          viewer { login databaseId }
          repositoryOwner(login: $login) { __typename id login avatarUrl
            repositories(first: $first, after: $after, ownerAffiliations: [OWNER], orderBy: {field: PUSHED_AT, direction: DESC}) {
              totalCount pageInfo { hasNextPage endCursor }
              nodes { id databaseId nameWithOwner name owner { login } isPrivate isArchived isFork isEmpty isDisabled url createdAt updatedAt pushedAt
                defaultBranchRef { name target { oid } } primaryLanguage { name } } } }
        }
        """;

    public const string Members = """
        query ($org: String!) {
          rateLimit { cost }
          organization(login: $org) { databaseId
            membersWithRole(first: 100) { totalCount pageInfo { hasNextPage endCursor } edges { role node { databaseId login name avatarUrl(size: 96) organizationVerifiedDomainEmails(login: $org) } } }
            teams(first: 50) { totalCount nodes { databaseId slug name parentTeam { slug } members(first: 100) { totalCount nodes { databaseId login } } } } }
        }
        """;

    public const string Jobs = """
        query ($ids: [ID!]!, $jobs: Int = 50, $steps: Int = 30) {
          rateLimit { cost nodeCount }
          nodes(ids: $ids) { __typename ... on WorkflowRun { databaseId runNumber event createdAt updatedAt workflow { databaseId name }
            checkSuite { status conclusion commit { oid } branch { name }
              checkRuns(first: $jobs, filterBy: {checkType: LATEST}) { totalCount pageInfo { hasNextPage endCursor }
                nodes { databaseId name status conclusion startedAt completedAt steps(first: $steps) { totalCount nodes { number name status conclusion startedAt completedAt secondsToCompletion } } } } } } }
        }
        """;
}
