namespace Veelocity.Web.Linking.Sources;

/// <summary>How plainly each kind of source speaks of production; less is better. What says production goes before what only deploys.</summary>
internal static class SourceRank
{
    public const int ProductionEnvironment = 0;
    public const int Environment = 10;
    public const int Workflow = 20;
    public const int ProductionJob = 26;
    public const int AnotherRepository = 45;
    public const int Releases = 60;
    public const int Tags = 70;
    public const int CommitsElsewhere = 75;
    public const int Merges = 80;
    public const int NeverByItself = 100;
}
