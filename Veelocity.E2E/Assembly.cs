using Veelocity.E2E.Stage;

// Each test has a browser of its own to drive; more than two at once would only wait for one another.
[assembly: CollectionBehavior(MaxParallelThreads = 2)]
[assembly: AssemblyFixture(typeof(RunningApp))]
