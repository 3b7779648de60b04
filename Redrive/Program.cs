using System.CommandLine;
using Amazon.Runtime;
using WhatsAppBuffer.Redrive;

var queue = new Argument<string?>("QUEUE") { Arity = ArgumentArity.ZeroOrOne, Description = "a dead-letter queue; without it all of the deployment's" };
var prefix = new Option<string?>("--prefix") { Description = "the deployment's prefix, if it has one" };
var dryRun = new Option<bool>("--dry-run") { Description = "say what would be put back, and change nothing" };
var max = new Option<int?>("--max") { Description = "letters at the most" };
var endpoint = new Option<string?>("--endpoint") { Description = "what plays AWS, such as http://127.0.0.1:4766; without it AWS itself" };
var command = new RootCommand("Puts dead letters back where they came from.") { queue, prefix, dryRun, max, endpoint };
command.SetAction(async (arguments, cancellationToken) =>
{
    IReadOnlyList<RedriveQueue> queues = RedriveQueue.All(arguments.GetValue(prefix));
    if (arguments.GetValue(queue) is { } name)
    {
        if (RedriveQueue.Find(name) is not { } found)
        {
            return Fail($"{name} is no dead-letter queue of this system: those end in {string.Join(", ", queues.Select(each => each.Name))}.");
        }

        queues = [found];
    }

    if (arguments.GetValue(max) is < 1)
    {
        return Fail("--max is a number of letters, from 1.");
    }

    Uri? address = null;
    if (arguments.GetValue(endpoint) is { } given && !(Uri.TryCreate(given, UriKind.Absolute, out address) && address.Scheme is "http" or "https"))
    {
        return Fail($"--endpoint is an address such as http://127.0.0.1:4766, and not {given}.");
    }

    try
    {
        using RedriveClients clients = address is not null
            ? RedriveClients.At(address, Environment.GetEnvironmentVariable("AWS_REGION"), hasCredentials: Environment.GetEnvironmentVariable("AWS_ACCESS_KEY_ID") is not null)
            : RedriveClients.OfAws();
        bool isDryRun = arguments.GetValue(dryRun);
        RedriveReport report = await new Redriver(clients, isDryRun).RunAsync(queues, arguments.GetValue(max) ?? int.MaxValue, cancellationToken);
        Console.Write(ReportText.Of(report, queues, isDryRun));
        return report.Skipped.Count == 0 ? 0 : 1;
    }
    catch (Exception failure) when (failure is AmazonServiceException or AmazonClientException or HttpRequestException)
    {
        return Fail($"{failure.Message} (Credentials, region and endpoint are those of the AWS CLI: `aws sts get-caller-identity`.)");
    }
});
return await command.Parse(args).InvokeAsync();

static int Fail(string why)
{
    Console.Error.WriteLine($"redrive: {why}");
    return 2;
}
