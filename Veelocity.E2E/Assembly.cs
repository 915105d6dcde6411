using Veelocity.E2E.Stage;
using Veelocity.Web.Tests.Database;
using Xunit.Sdk;
using Xunit.v3;

// Each test drives a browser window of its own. Three keep two cores busy while one of them waits for a frame or an answer.
[assembly: Parallelization(Mode = ParallelMode.All, MaxThreads = 3)]

// Disposed in this order: the app's database is dropped while the server still runs.
[assembly: AssemblyFixture(typeof(RunningApp))]
[assembly: AssemblyFixture(typeof(TestServer))]
