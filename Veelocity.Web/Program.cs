using Veelocity.Web.Api;
using Veelocity.Web.Commands;
using Veelocity.Web.Connectors;
using Veelocity.Web.Data;
using Veelocity.Web.Linking;
using Veelocity.Web.Metrics;
using Veelocity.Web.Organizations;
using Veelocity.Web.Pages;
using Veelocity.Web.Platform;
using Veelocity.Web.Platform.Observability;
using Veelocity.Web.Platform.Postgres;
using Veelocity.Web.Platform.Startup;
using Veelocity.Web.SampleData;
using Veelocity.Web.Sync;
using Veelocity.Web.Sync.Webhooks;

return await StartupModule.RunAsync(async () =>
{
    if (Command.Help(args) is { } help)
    {
        Console.WriteLine(help);
        return 0;
    }
    var command = Command.Of(args);
    var builder = WebApplication.CreateBuilder(args);
    command.Prepare(builder, args);
    builder.AddFreeAddress();
    builder.AddObservability();
    var connectionString = await builder.AddPostgresAsync();

    builder.Services
        .AddPlatform()
        .AddVeelocityData(connectionString)
        .AddKeyEncryption(builder.Configuration)
        .AddOrganizations()
        .AddConnectors()
        .AddSync()
        .AddLinking()
        .AddSampleData()
        .AddDeliveryMetrics()
        .AddPages()
        .AddApi();

    var app = builder.Build();
    if (command.ServesPages)
    {
        app.UseMetrics();
        app.UsePlatform();
        app.MapProbes();
        app.UseOrganizations();
        app.MapPages();
        app.MapApi();
        app.MapWebhooks();
    }
    app.AnnounceWhenReady();
    await Migrate.RunAsync(app.Services);
    return await command.RunAsync(app, args);
});

/// <summary>The app; public so that tests can start it.</summary>
public sealed partial class Program;
