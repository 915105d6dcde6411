using Veelocity.Web.Tests.Database;
using Veelocity.Web.Tests.Web;

// Disposed in this order: the app's database is dropped while the server still runs.
[assembly: AssemblyFixture(typeof(TestApp))]
[assembly: AssemblyFixture(typeof(TestServer))]
