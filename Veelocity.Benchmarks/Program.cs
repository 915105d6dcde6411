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
    case "memory":
        await MemoryBenchmark.RunAsync(arguments);
        return 0;
    case "scale":
        await ScaleBenchmark.RunAsync(arguments);
        return 0;
    case "load":
        await LoadBenchmark.RunAsync(arguments);
        return 0;
    default:
        Console.Error.WriteLine("""
            dashboard [--repositories 200] [--pull-requests 100000] [--deployments 20000] [--requests 40]
            scale [--repositories 200] [--pull-requests 1000000] [--deployments 200000] [--incidents 10000] [--requests 40]
            load [--organizations 100] [--pull-requests 1000000] [--web 2] [--workers 2] [--connections 8] [--seconds 20] [--minutes 0] [--rate 0]
            writer [--pull-requests 20000] [--runs 20000] [--rounds 3]
            memory [--runs 1000000] [--step 100000]
            """);
        return 2;
}
