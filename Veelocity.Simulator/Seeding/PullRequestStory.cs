using Veelocity.Simulator.Worlds;

namespace Veelocity.Simulator.Seeding;

/// <summary>The life of one pull request from its first commit to its end: each step is done at its time and sets the next.</summary>
internal sealed class PullRequestStory(RepositoryStory home, Developer developer, PullRequestPlan plan)
{
    private readonly Setting _setting = home.Setting;
    private readonly Dice _dice = home.Setting.Dice;
    private readonly Repository _repository = home.Repository;
    private readonly Developer _author = plan.Author == AuthorKind.Gone ? home.Setting.People.Gone : developer;
    private PullRequest _pull = null!;
    private Commit _base = null!;

    private double Slow => _setting.Slowness(_setting.Clock.Now) * (plan.IsHotfix || plan.IsQuick ? 0.08 : plan.IsBot ? 0.3 : 1);

    /// <summary>Work begins; the branch leaves the default branch here.</summary>
    public void Begin()
    {
        _base = _repository.Head!;
        var start = _setting.Clock.Now;
        var opens = Later(7);
        _setting.Clock.At(opens, () => Open(start));
    }

    private void Open(DateTimeOffset start)
    {
        var now = _setting.Clock.Now;
        var account = Account();
        var issue = !plan.IsBot && _dice.Chance(0.75) ? _setting.Issues.Next(_repository.Name, _dice.Between(1, 900)) : null;
        var title = plan.Author is AuthorKind.Dependabot or AuthorKind.Renovate ? Words.Update(_dice) : Words.Title(_dice);
        var number = home.NextNumber();
        _pull = _repository.Add(new PullRequest(_repository, 2_000_000_000L + _setting.World.NextId(), number)
        {
            Title = issue is not null && _dice.Chance(0.2) ? $"[{issue}] {title}" : title,
            Body = Words.Body(_dice, title, issue),
            Author = plan.Author == AuthorKind.Gone ? null : account,
            IsDraft = plan.StartsAsDraft,
            CreatedAt = now,
            UpdatedAt = now,
            BaseSha = _base.Sha,
            HeadRef = BranchName(title, issue, number),
            HeadOwner = _repository.Owner.Login,
        });
        if (plan.IsHotfix || _dice.Chance(0.3))
            _pull.Labels.Add(new Label(plan.IsHotfix ? 1 : 2, plan.IsHotfix ? "hotfix" : "enhancement", plan.IsHotfix ? "d73a4a" : "a2eeef"));
        home.Forge.For(null);
        WriteCommits(start, now, plan.Commits);
        home.Actions.Check(_pull, now);
        home.Delivery.Opened(_pull);
        Ask(now);
        if (plan.IsForgotten)
            return;
        _setting.Clock.At(Later(plan.StartsAsDraft ? 9 : 0.01), Ready);
    }

    private void Ready()
    {
        var now = _setting.Clock.Now;
        if (_pull.IsDraft)
        {
            _pull.IsDraft = false;
            Happened("ready_for_review", Account());
        }

        if (plan.GoesBackToDraft && _pull.Timeline.TrueForAll(happened => happened.Kind != "convert_to_draft"))
        {
            _setting.Clock.At(Later(2), () =>
            {
                _pull.IsDraft = true;
                Happened("convert_to_draft", Account());
                _setting.Clock.At(Later(12), Ready);
            });
            return;
        }

        if (_dice.Chance(0.25))
            _setting.Clock.At(now + _dice.Minutes(2, 9), () => Reviews.By(_setting.People.ReviewBot, _pull, "COMMENTED", "Automated review: nothing found.", _setting));
        if (plan.IsAbandoned)
        {
            _setting.Clock.At(Later(70), Abandon);
            return;
        }

        if (plan.HasNoReview)
        {
            _setting.Clock.At(Later(6), Merge);
            return;
        }

        new Reviews(_setting, _pull, plan, home, Later).Begin(Merge);
    }

    private void Merge()
    {
        if (_pull.IsDraft || _pull.ClosedAt is not null)
            return;
        var now = _setting.Clock.Now;
        var merger = plan.IsBot || _dice.Chance(0.25) ? Reviewer() : _author;
        var landed = new Merging(home.Forge, _pull, merger.Signs).Land(home.MergeMethod(), now);
        _pull.MergeCommit = landed;
        _pull.MergedAt = _pull.ClosedAt = now;
        _pull.MergedBy = merger == _setting.People.Gone ? null : merger.Account;
        _pull.RequestedReviewers.Clear();
        Happened("merged", _pull.MergedBy);
        Happened("closed", _pull.MergedBy);
        _repository.Branches.Remove(_pull.HeadRef);
        _repository.Push(landed, now);
        home.Actions.CheckMain(landed, _pull, now);
        home.Delivery.Merged(_pull);
        if (plan.IsReverted)
            _setting.Clock.At(merger.AtWork(now + _dice.Around(14), _dice), () => new RevertStory(home, _pull, Reviewer()).Begin());
    }

    private void Abandon()
    {
        _pull.ClosedAt = _setting.Clock.Now;
        Happened("closed", Account());
        if (_dice.Chance(0.6))
            _repository.Branches.Remove(_pull.HeadRef);
    }

    private void WriteCommits(DateTimeOffset from, DateTimeOffset to, int count)
    {
        var head = _base;
        for (var index = 0; index < count; index++)
        {
            var at = from + ((to - from) * ((index + 0.5) / count));
            at = new DateTimeOffset(at.Ticks - (at.Ticks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
            var authored = index == 0 && plan.HasOldAuthorDate ? at.AddDays(-200) : plan.HasSkewedClock ? to.AddHours(2) : at;
            var message = index == 0 ? _pull.Title : Words.Subject(_dice);
            var signs = plan.IsBot ? new GitPerson(Account()!.Name!, Account()!.Email!, authored, Account()) : _author.Signs(authored);
            head = home.Forge.Commit(message, signs, signs with { Date = at }, head);
            AddCommit(head);
        }

        if (plan.UpdatesFromMain && _repository.Head is { } main && main != _base)
            AddCommit(home.Forge.Commit($"Merge branch 'main' into {_pull.HeadRef}", _author.Signs(to), _author.Signs(to), head, main));
    }

    private void AddCommit(Commit commit)
    {
        _pull.Add(commit);
        _pull.Additions += commit.Additions;
        _pull.Deletions += commit.Deletions;
        _pull.ChangedFiles = _pull.Files.Count;
        _repository.Branches[_pull.HeadRef] = commit;
    }

    private void Ask(DateTimeOffset now)
    {
        for (var asked = _dice.Between(0, 2); asked > 0; asked--)
        {
            INode reviewer = _dice.Chance(0.15) ? _dice.Pick(_setting.People.Organization.Teams) : Reviewer().Account;
            if (_pull.RequestedReviewers.Contains(reviewer))
                continue;
            _pull.RequestedReviewers.Add(reviewer);
            _pull.Timeline.Add(_setting.World.Register(new TimelineEvent(_setting.World.NextId(), "review_requested", Account(), now, reviewer)));
        }
    }

    private Developer Reviewer()
    {
        var reviewer = _dice.Pick(_setting.People.Developers);
        return reviewer == _author ? _setting.People.Developers[(_setting.People.Developers.IndexOf(reviewer) + 1) % _setting.People.Developers.Count] : reviewer;
    }

    private void Happened(string kind, Account? by)
    {
        _pull.Timeline.Add(_setting.World.Register(new TimelineEvent(_setting.World.NextId(), kind, by, _setting.Clock.Now)));
        _pull.Touch(_setting.Clock.Now);
    }

    private DateTimeOffset Later(double medianHours)
    {
        var at = _setting.Clock.Now + _dice.Around(medianHours * Slow);
        return plan.IsBot || plan.IsHotfix || plan.IsQuick ? at : _author.AtWork(at, _dice);
    }

    private Account? Account() => plan.Author switch
    {
        AuthorKind.Dependabot => _setting.People.Dependabot,
        AuthorKind.Renovate => _setting.People.Renovate,
        AuthorKind.Agent => _setting.People.Agent,
        AuthorKind.Gone => null,
        _ => _author.Account,
    };

    private string FirstName => _author.Account.Login.Split('-')[0];

    private string BranchName(string title, string? issue, int number) => plan switch
    {
        { Author: AuthorKind.Dependabot } => $"dependabot/npm_and_yarn/{Words.Slug(title)}-{number}",
        { Author: AuthorKind.Renovate } => $"renovate/{Words.Slug(title)}-{number}",
        { Author: AuthorKind.Agent } => $"copilot/{Words.Slug(title)}-{number}",
        { IsHotfix: true } => $"hotfix/{Words.Slug(title)}-{number}",
        _ when issue is null => $"{FirstName}/{Words.Slug(title)}-{number}",
        // Some copy the name that the tracker suggests, others write their own.
        _ => number % 2 == 0 ? $"{FirstName}/{issue.ToLowerInvariant()}-{Words.Slug(title)}-{number}" : $"feature/{issue}-{Words.Slug(title)}-{number}",
    };
}
