using Veelocity.Benchmarks;

var arguments = new Arguments(args);
switch (arguments.Command)
{
    case "dashboard":
        await DashboardBenchmark.RunAsync(arguments);
        return 0;
    case "writer":
        await WriterBenchmark.RunAsync(arguments);
        return 0;
    default:
        Console.Error.WriteLine("""
            dashboard [--repositories 200] [--pull-requests 100000] [--deployments 20000] [--requests 40]
            writer [--pull-requests 50000]
            """);
        return 2;
}
