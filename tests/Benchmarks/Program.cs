using BenchmarkDotNet.Running;
using WhatsAppBuffer.Benchmarks;

string which = args.FirstOrDefault() ?? "all";
string[] rest = args.Skip(1).ToArray();
string[] known = ["aggregator", "cold-start", "delivery", "files", "first-run", "invocations", "rhythms", "throughput", "all"];
if (!known.Contains(which))
{
    Console.Error.WriteLine($"'{which}' is no benchmark. There are: {string.Join(", ", known)}.");
    return 2;
}

if (which is "aggregator" or "all")
{
    BenchmarkRunner.Run<AggregatorBenchmark>(args: rest);
    await AggregatorRate.RunAsync();
}

if (which is "cold-start" or "all")
{
    await ColdStart.RunAsync();
}

if (which is "invocations" or "all")
{
    await Invocations.RunAsync();
}

if (which is "delivery" or "all")
{
    await Delivery.RunAsync(rest.FirstOrDefault());
}

if (which is "files" or "all")
{
    await Files.RunAsync();
}

if (which is "rhythms" or "all")
{
    await Rhythms.RunAsync(rest.FirstOrDefault());
}

if (which is "throughput" or "all")
{
    await Throughput.RunAsync(rest.FirstOrDefault());
}

// Not part of all: it needs the network.
if (which is "first-run")
{
    await FirstRun.RunAsync(CancellationToken.None);
}

return 0;
