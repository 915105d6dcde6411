using Veelocity.Web.Api;
using Veelocity.Web.Connectors;
using Veelocity.Web.Data;
using Veelocity.Web.Linking;
using Veelocity.Web.Metrics;
using Veelocity.Web.Organizations;
using Veelocity.Web.Pages;
using Veelocity.Web.Platform;
using Veelocity.Web.Sync;

var builder = WebApplication.CreateBuilder(args);
var connectionString = builder.Configuration.GetConnectionString("Veelocity")
    ?? throw new InvalidOperationException("ConnectionStrings:Veelocity is missing.");

builder.Services
    .AddPlatform()
    .AddVeelocityData(connectionString)
    .AddOrganizations()
    .AddConnectors()
    .AddSync()
    .AddLinking()
    .AddDeliveryMetrics()
    .AddPages()
    .AddApi();

var app = builder.Build();
app.UsePlatform();
app.MapPages();
app.MapApi();
await app.RunAsync();

/// <summary>The app; public so that tests can start it.</summary>
public sealed partial class Program;
