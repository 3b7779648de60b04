using System.CommandLine;
using WhatsAppBuffer.Simulator.App.Dashboard;
using WhatsAppBuffer.Simulator.App.Storage;
using WhatsAppBuffer.Simulator.Clock;
using WhatsAppBuffer.Topology;

namespace WhatsAppBuffer.Simulator.App.Cli;

/// <summary>The simulator's commands and options.</summary>
internal static class CommandLine
{
    private const string FidelityName = "fidelity";
    private const string QuotasDescription = "Amazon Connect's quotas: none, or aws for AWS's defaults (requests a second by operation, 500 chats).";

    public static RootCommand Create(TimeProvider clock)
    {
        var root = new RootCommand("WhatsAppBuffer's simulator: the whole system on this machine.");
        root.Subcommands.Add(Up(clock));
        root.Subcommands.Add(PlayScenario(clock));
        root.Subcommands.Add(Fidelity(clock));
        return root;
    }

    /// <summary>
    /// How long Ctrl+C lets a command end by itself: functions and dashboard end one after the other, and AWS takes minutes to delete what a replay
    /// created; cut short, either would leave something behind.
    /// </summary>
    public static TimeSpan TimeToEnd(ParseResult parsed) => parsed.CommandResult.Command.Name == FidelityName ? TimeSpan.FromMinutes(10) : TimeSpan.FromSeconds(30);

    private static Command Up(TimeProvider clock)
    {
        Option<int> port = new("--port")
        {
            Description = "Port of the endpoint on 127.0.0.1; 0 for any free one.",
            DefaultValueFactory = _ => int.TryParse(Environment.GetEnvironmentVariable("SIMULATOR_PORT"), out int assigned) ? assigned : SimulatorOptions.DefaultPort,
        };
        Option<int> window = Window();
        window.DefaultValueFactory = _ => BufferSettings.DefaultSeconds;
        Option<double> speed = Speed();
        speed.DefaultValueFactory = _ => 1;
        Option<QuotaSet> quotas = new("--quotas") { Description = QuotasDescription, DefaultValueFactory = _ => QuotaSet.None };
        Option<string?> functions = Functions();
        Option<string?> lambdaEndpoint = LambdaEndpoint();
        Option<string?> template = new("--from-template") { Description = "Set up what this synthesized template declares, such as artifacts/cdk.out/WhatsAppBuffer.template.json." };
        Option<bool> statuses = new("--statuses") { Description = "Publish what becomes of messages to customers, as WhatsApp does: sent, delivered, read." };
        Option<bool> noDashboard = new("--no-dashboard") { Description = "Do not start the Aspire dashboard, and export no telemetry." };
        Option<int> dashboardPort = new("--dashboard-port") { Description = "Port of the Aspire dashboard.", DefaultValueFactory = _ => new DashboardOptions().Port };
        Option<int> otlpPort = new("--otlp-port")
        {
            Description = "Port on which it takes OTLP over HTTP; OTLP over gRPC is on the port before.",
            DefaultValueFactory = _ => new DashboardOptions().OtlpPort,
        };
        var command = new Command("up", "Run the whole system here until Ctrl+C.") { port, window, speed, quotas, statuses, template, functions, lambdaEndpoint, noDashboard, dashboardPort, otlpPort };
        var storage = new StorageArguments();
        storage.AddTo(command);
        var attach = new AttachArguments();
        attach.AddTo(command, lambdaEndpoint);
        command.Validators.Add(result =>
        {
            if (result.GetResult(template) is not null && result.GetResult(window) is { Implicit: false })
            {
                result.AddError("--window and --from-template exclude each other: the template has its own buffer time. Synthesize it with another: ./wab.cs synth -c bufferSeconds=5");
            }
        });
        command.SetAction((parsed, cancellationToken) => new UpCommand(clock).RunAsync(
            attach.Read(parsed, new SimulatorOptions
            {
                Port = parsed.GetValue(port),
                Address = Uri.TryCreate(Environment.GetEnvironmentVariable("SIMULATOR_URL"), UriKind.Absolute, out Uri? address) ? address : null,
                BufferSeconds = parsed.GetValue(window),
                Speed = parsed.GetValue(speed),
                Template = parsed.GetValue(template),
                Quotas = parsed.GetValue(quotas),
                Statuses = parsed.GetValue(statuses),
                FunctionsFolder = parsed.GetValue(functions),
                Storage = storage.Read(parsed),
                LambdaEndpoint = parsed.GetValue(lambdaEndpoint) is { } lambda ? new Uri(lambda) : null,
                Dashboard = new DashboardOptions
                {
                    Enabled = !parsed.GetValue(noDashboard),
                    Port = parsed.GetValue(dashboardPort),
                    OtlpPort = parsed.GetValue(otlpPort),
                },
            }),
            cancellationToken));
        return command;
    }

    private static Command PlayScenario(TimeProvider clock)
    {
        Argument<string?> name = new("scenario") { Description = "A scenario's name or a file; the list of scenarios when missing.", Arity = ArgumentArity.ZeroOrOne };
        Option<int?> window = new("--window") { Description = "The buffer in seconds, instead of the scenario's." };
        CheckWindow(window);
        Option<double?> speed = new("--speed") { Description = "Seconds of the simulator's clock per real second, instead of the scenario's." };
        CheckSpeed(speed);
        Option<QuotaSet?> quotas = new("--quotas") { Description = $"{QuotasDescription} Instead of the scenario's." };
        Option<string?> functions = Functions();
        var command = new Command("scenario", "Play a scenario and judge it: exit code 0 when everything expected held.") { name, window, speed, quotas, functions };
        command.SetAction((parsed, cancellationToken) => new ScenarioCommand(clock).RunAsync(
            parsed.GetValue(name), parsed.GetValue(window), parsed.GetValue(speed), parsed.GetValue(quotas), parsed.GetValue(functions), cancellationToken));
        return command;
    }

    private static Command Fidelity(TimeProvider clock)
    {
        Argument<string[]> names = new("recording") { Description = "Only these recordings of tests/Fixtures/AwsRecordings.", Arity = ArgumentArity.ZeroOrMore };
        Option<bool> aws = new("--aws") { Description = "In your AWS account, through your AWS CLI, instead of on a local cloud; asks first." };
        Option<bool> yes = new("--yes") { Description = "Do not ask." };
        var command = new Command(FidelityName, "Do again what was recorded on AWS, and tell the differences: exit code 0 when there are none.") { names, aws, yes };
        command.SetAction((parsed, cancellationToken) => new FidelityCommand(clock).RunAsync(parsed.GetValue(names) ?? [], parsed.GetValue(aws), parsed.GetValue(yes), cancellationToken));
        return command;
    }

    private static Option<int> Window()
    {
        Option<int> window = new("--window") { Description = $"The buffer in seconds of the simulator's clock, {BufferSettings.MinimumSeconds} to {BufferSettings.MaximumSeconds}." };
        CheckWindow(window);
        return window;
    }

    private static Option<double> Speed()
    {
        Option<double> speed = new("--speed") { Description = "Seconds of the simulator's clock per real second." };
        CheckSpeed(speed);
        return speed;
    }

    private static Option<string?> Functions() => new("--functions")
    {
        Description = "Folder with the published functions (such as artifacts/functions), instead of the build output.",
    };

    private static Option<string?> LambdaEndpoint()
    {
        Option<string?> endpoint = new("--lambda-endpoint")
        {
            Description = "Another Lambda endpoint that runs the functions, such as the AWS Lambda Test Tool's; a function is named there with hyphens: on-raw-messages.",
            DefaultValueFactory = _ => Environment.GetEnvironmentVariable("SIMULATOR_LAMBDA_ENDPOINT") is { Length: > 0 } set ? set : null,
        };
        endpoint.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } value && !(Uri.TryCreate(value, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https"))
            {
                result.AddError($"--lambda-endpoint {value} is no URL. It looks like http://localhost:5050.");
            }
        });
        return endpoint;
    }

    private static void CheckWindow(Option option) => option.Validators.Add(result =>
    {
        if (result.Tokens.Count == 1
            && int.TryParse(result.Tokens[0].Value, out int seconds)
            && seconds is < BufferSettings.MinimumSeconds or > BufferSettings.MaximumSeconds)
        {
            result.AddError($"--window {seconds} is not {BufferSettings.MinimumSeconds} to {BufferSettings.MaximumSeconds} seconds: AWS allows no other batching window.");
        }
    });

    private static void CheckSpeed(Option option) => option.Validators.Add(result =>
    {
        if (result.Tokens.Count == 1
            && double.TryParse(result.Tokens[0].Value, System.Globalization.CultureInfo.InvariantCulture, out double factor)
            && factor is not (>= CloudClock.MinimumSpeed and <= CloudClock.MaximumSpeed))
        {
            result.AddError($"--speed {result.Tokens[0].Value} is not {CloudClock.MinimumSpeed} to {CloudClock.MaximumSpeed:N0} seconds of the simulator's clock per real second.");
        }
    });
}
