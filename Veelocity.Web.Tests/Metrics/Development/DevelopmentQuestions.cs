using Veelocity.Web.Data;
using Veelocity.Web.Metrics;
using Veelocity.Web.Metrics.Development;
using Veelocity.Web.Metrics.Explain;
using Veelocity.Web.Metrics.People;

namespace Veelocity.Web.Tests.Metrics.Development;

/// <summary>The development metrics, ready to be asked, as one request has them.</summary>
internal sealed class DevelopmentQuestions
{
    public DevelopmentQuestions(VeelocityDb db)
    {
        var teams = new TeamScopes(db);
        var rosters = new Rosters(db, teams);
        var (pulls, issues) = (new PullEvents(db, rosters), new IssueEvents(db, rosters));
        var groups = new WorkGroups(db, rosters, issues, teams);
        Review = new ReviewTime(pulls, groups);
        Cycle = new CycleTime(db, issues, pulls, groups);
        Throughput = new Throughput(pulls, issues, groups, new FirstData(db, teams));
        Lists = new WorkLists(new WorkSets(Review, Cycle, Throughput), new PullLookup(db), new IssueLookup(db));
        Explained = new DevelopmentExplained(Review, Cycle, Throughput, Lists);
        Load = new ReviewLoad(db, rosters);
        Contributions = new Contributions(db, teams, Review, Throughput, Load);
        Developer = new DeveloperFigures(db, rosters, Review, Cycle, Throughput, Load);
        Timeline = new DeveloperTimeline(db, rosters);
        Open = new OpenWork(db, rosters);
    }

    public ReviewTime Review { get; }
    public CycleTime Cycle { get; }
    public Throughput Throughput { get; }
    public WorkLists Lists { get; }
    public DevelopmentExplained Explained { get; }
    public ReviewLoad Load { get; }
    public Contributions Contributions { get; }
    public DeveloperFigures Developer { get; }
    public DeveloperTimeline Timeline { get; }
    public OpenWork Open { get; }
}
