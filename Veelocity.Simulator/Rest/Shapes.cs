using Veelocity.Simulator.Gate;
using Veelocity.Simulator.Worlds;

namespace Veelocity.Simulator.Rest;

/// <summary>Accounts, repositories and commits as REST writes them.</summary>
internal static class Shapes
{
    public static object? Account(Exchange at, Account? account) => account is null ? null : new
    {
        login = account.RestLogin,
        id = account.Id,
        node_id = account.NodeId,
        avatar_url = $"{at.WebUrl}/avatars/{account.Id}",
        gravatar_id = "",
        url = $"{at.ApiUrl}/users/{account.RestLogin}",
        html_url = $"{at.WebUrl}/{(account.Kind == AccountKind.Bot ? "apps/" : "")}{account.Login}",
        type = account.Kind.ToString(),
        site_admin = false,
    };

    // Deleted accounts appear as the ghost in most REST answers.
    public static object AccountOrGhost(Exchange at, Account? account) =>
        Account(at, account ?? new Account(10137, "ghost", AccountKind.User))!;

    public static object Profile(Exchange at, Account account) => account.Kind == AccountKind.Organization ? Organization(at, account) : new
    {
        login = account.RestLogin,
        id = account.Id,
        node_id = account.NodeId,
        avatar_url = $"{at.WebUrl}/avatars/{account.Id}",
        url = $"{at.ApiUrl}/users/{account.RestLogin}",
        html_url = $"{at.WebUrl}/{account.Login}",
        repos_url = $"{at.ApiUrl}/users/{account.RestLogin}/repos",
        type = account.Kind.ToString(),
        site_admin = false,
        name = account.Name,
        email = (string?)null,
        public_repos = PublicRepositories(at, account),
        created_at = Iso.Text(account.CreatedAt),
        updated_at = Iso.Text(account.CreatedAt),
    };

    private static object Organization(Exchange at, Account account) => new
    {
        login = account.Login,
        id = account.Id,
        node_id = account.NodeId,
        avatar_url = $"{at.WebUrl}/avatars/{account.Id}",
        url = $"{at.ApiUrl}/orgs/{account.Login}",
        html_url = $"{at.WebUrl}/{account.Login}",
        repos_url = $"{at.ApiUrl}/orgs/{account.Login}/repos",
        type = account.Kind.ToString(),
        name = account.Name,
        description = (string?)null,
        public_repos = PublicRepositories(at, account),
        created_at = Iso.Text(account.CreatedAt),
        updated_at = Iso.Text(account.CreatedAt),
    };

    private static int PublicRepositories(Exchange at, Account account) => at.World.Repositories.Count(repository => repository.Owner == account && !repository.IsPrivate && !repository.IsHidden);

    public static object Repository(Exchange at, Repository repository) => new
    {
        id = repository.Id,
        node_id = repository.NodeId,
        name = repository.Name,
        full_name = repository.FullName,
        @private = repository.IsPrivate,
        owner = Account(at, repository.Owner),
        html_url = $"{at.WebUrl}/{repository.FullName}",
        description = repository.Description,
        fork = repository.IsFork,
        url = Url(at, repository),
        created_at = Iso.Text(repository.CreatedAt),
        updated_at = Iso.Text(repository.UpdatedAt),
        pushed_at = Iso.Text(repository.PushedAt),
        clone_url = $"{at.WebUrl}/{repository.FullName}.git",
        homepage = (string?)null,
        size = repository.Commits.Count,
        stargazers_count = 0,
        watchers_count = 0,
        language = repository.PrimaryLanguage,
        has_issues = true,
        forks_count = 0,
        archived = repository.IsArchived,
        disabled = false,
        open_issues_count = repository.PullRequests.Count(pull => pull.State == "OPEN"),
        license = (object?)null,
        topics = Array.Empty<string>(),
        visibility = repository.IsPrivate ? "private" : "public",
        default_branch = repository.DefaultBranchName,
        permissions = new { admin = false, maintain = false, push = true, triage = true, pull = true },
    };

    public static object Commit(Exchange at, Repository repository, Commit commit) => new
    {
        sha = commit.Sha,
        node_id = commit.NodeId,
        url = $"{Url(at, repository)}/commits/{commit.Sha}",
        html_url = $"{at.WebUrl}/{repository.FullName}/commit/{commit.Sha}",
        commit = new
        {
            author = Person(commit.Author),
            committer = Person(commit.Committer),
            message = commit.Message,
            comment_count = 0,
        },
        author = Account(at, commit.Author.Account),
        committer = Account(at, commit.Committer.Account),
        parents = commit.Parents.ConvertAll(parent => new { sha = parent.Sha, url = $"{Url(at, repository)}/commits/{parent.Sha}" }),
    };

    public static object CommitWithFiles(Exchange at, Repository repository, Commit commit) => new
    {
        sha = commit.Sha,
        node_id = commit.NodeId,
        url = $"{Url(at, repository)}/commits/{commit.Sha}",
        html_url = $"{at.WebUrl}/{repository.FullName}/commit/{commit.Sha}",
        commit = new { author = Person(commit.Author), committer = Person(commit.Committer), message = commit.Message, comment_count = 0 },
        author = Account(at, commit.Author.Account),
        committer = Account(at, commit.Committer.Account),
        parents = commit.Parents.ConvertAll(parent => new { sha = parent.Sha, url = $"{Url(at, repository)}/commits/{parent.Sha}" }),
        stats = new { total = commit.Additions + commit.Deletions, additions = commit.Additions, deletions = commit.Deletions },
        files = commit.Files.ConvertAll(file => new { filename = file.Path, status = "modified", additions = file.Additions, deletions = file.Deletions, changes = file.Additions + file.Deletions }),
    };

    public static string Url(Exchange at, Repository repository) => $"{at.ApiUrl}/repos/{repository.FullName}";

    private static object Person(GitPerson person) => new { name = person.Name, email = person.Email, date = Iso.Text(person.Date) };
}
