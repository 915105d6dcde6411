using Veelocity.Web.Tests.Database;
using Veelocity.Web.Tests.Metrics;
using Veelocity.Web.Tests.Web;

// Disposed in this order: databases are dropped while the server still runs.
[assembly: AssemblyFixture(typeof(TestApp))]
[assembly: AssemblyFixture(typeof(MetricsDatabase))]
[assembly: AssemblyFixture(typeof(TestServer))]
