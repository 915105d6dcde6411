using Veelocity.Web.Tests.Database;

[assembly: AssemblyFixture(typeof(TestServer))]
