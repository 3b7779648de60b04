using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;
using WhatsAppBuffer.Simulator.App.Dashboard;
using WhatsAppBuffer.Simulator.App.Storage;
using WhatsAppBuffer.Simulator.App.Words;
using LocalAws.Clock;
using WhatsAppBuffer.Topology;

namespace WhatsAppBuffer.Simulator.App.Cli;

/// <summary>The simulator's commands and options.</summary>
internal static class CommandLine
{
    private const string FidelityName = "fidelity";
    private const string QuotasDescription = "Amazon Connect's quotas: none, or aws for AWS's defaults (requests a second by operation, 500 chats).";

    /// <summary>Runs a command.</summary>
    /// <param name="args">The launcher's arguments.</param>
    /// <param name="page">The page that <c>up</c> shows; null for none.</param>
    /// <param name="clock">Real time.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] args, IPage? page, TimeProvider clock)
    {
        ParseResult parsed = Create(clock, page).Parse(args);
        if (Problem(parsed) is { } problem)
        {
            // 2, as for whatever else a user can mend: 1 says that a scenario did not hold.
            await Console.Error.WriteLineAsync($"wab: {problem}");
            return 2;
        }

        return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeToEnd(parsed) });
    }

    /// <summary>The commands, under the name of the launcher, which hands them its arguments.</summary>
    public static Command Create(TimeProvider clock, IPage? page = null)
    {
        var root = new Command("./wab.cs", "WhatsAppBuffer's simulator: the whole system on this machine.") { new HelpOption(), new VersionOption() };
        root.Subcommands.Add(Up(clock, page));
        root.Subcommands.Add(PlayScenario(clock));
        root.Subcommands.Add(Fidelity(clock));
        return root;
    }

    /// <summary>What is wrong with the command line, in one sentence; null when nothing is.</summary>
    public static string? Problem(ParseResult parsed)
    {
        if (parsed.Action is not ParseErrorAction)
        {
            return null;
        }

        Command command = parsed.CommandResult.Command;
        string path = command.Parents.Any() ? $"./wab.cs {command.Name}" : command.Name;
        if (parsed.UnmatchedTokens is not [var word, ..])
        {
            // The library may say it in several lines.
            return string.Join(' ', parsed.Errors[0].Message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        }

        bool isOption = word.StartsWith('-');
        IEnumerable<string> words = isOption ? command.Options.Select(option => option.Name) : command.Subcommands.Select(subcommand => subcommand.Name);
        string suggestion = Suggestion.For(word, words);
        return $"'{word}' is not {(isOption ? "an option" : command.Subcommands.Count > 0 ? "a command" : "an argument")} of {path}{(suggestion.Length > 0 ? suggestion : ".")} All there are: {path} --help";
    }

    /// <summary>
    /// How long Ctrl+C lets a command end by itself: functions and dashboard end one after the other, and AWS takes minutes to delete what a replay
    /// created; cut short, either would leave something behind.
    /// </summary>
    public static TimeSpan TimeToEnd(ParseResult parsed) => parsed.CommandResult.Command.Name == FidelityName ? TimeSpan.FromMinutes(10) : TimeSpan.FromSeconds(30);

    private static Command Up(TimeProvider clock, IPage? page)
    {
        Option<int?> port = Port("--port", 0, "Port of the endpoint on 127.0.0.1; 0 for any free one.");
        port.DefaultValueFactory = _ => int.TryParse(Environment.GetEnvironmentVariable("SIMULATOR_PORT"), out int assigned) ? assigned : SimulatorOptions.DefaultPort;
        Option<int?> window = Window($"The buffer in seconds of the simulator's clock, {BufferSettings.MinimumSeconds} to {BufferSettings.MaximumSeconds}.");
        window.DefaultValueFactory = _ => BufferSettings.DefaultSeconds;
        Option<double?> speed = Speed("Seconds of the simulator's clock per real second.");
        speed.DefaultValueFactory = _ => 1;
        Option<QuotaSet?> quotas = Quotas(QuotasDescription);
        Option<string?> functions = Functions();
        Option<string?> lambdaEndpoint = LambdaEndpoint();
        Option<string?> template = new("--from-template") { Description = "Set up what this synthesized template declares, such as artifacts/cdk.out/WhatsAppBuffer.template.json." };
        Option<Wiring?> wiring = WiringOption("How functions are told of what they have to do: by queues, or as in the guide, by asynchronous invocations.");
        Option<ReleaseChoice?> release = Choice<ReleaseChoice>("--release", "What ends a burst: the customer, who has written nothing for some seconds (quiet), or the clock, as in the guide (window). The default is quiet, and window with --window or --wiring guide.");
        Option<bool> statuses = new("--statuses") { Description = "Publish what becomes of messages to customers, as WhatsApp does: sent, delivered, read." };
        Option<bool> noDashboard = new("--no-dashboard") { Description = "Do not start the Aspire dashboard, and export no telemetry." };
        Option<int?> dashboardPort = Port("--dashboard-port", 1, "Port of the Aspire dashboard.");
        dashboardPort.DefaultValueFactory = _ => new DashboardOptions().Port;
        Option<int?> otlpPort = Port("--otlp-port", 2, "Port on which it takes OTLP over HTTP; OTLP over gRPC is on the port before.");
        otlpPort.DefaultValueFactory = _ => new DashboardOptions().OtlpPort;
        var command = new Command("up", "Run the whole system here until Ctrl+C.") { port, release, window, speed, quotas, wiring, statuses, template, functions, lambdaEndpoint, noDashboard, dashboardPort, otlpPort };
        var storage = new StorageArguments();
        storage.AddTo(command);
        var access = new AccessArguments();
        access.AddTo(command);
        var attach = new AttachArguments();
        attach.AddTo(command, lambdaEndpoint);
        command.Validators.Add(result =>
        {
            if (result.GetResult(template) is not null && result.GetResult(window) is { Implicit: false })
            {
                result.AddError("--window and --from-template exclude each other: the template has its own buffer time. Synthesize it with another: ./wab.cs synth -c bufferSeconds=5");
            }

            if (result.GetResult(template) is not null && result.GetResult(release) is { Implicit: false })
            {
                result.AddError("--release and --from-template exclude each other: the template has its own. Synthesize it with another: ./wab.cs synth -c release=quiet");
            }

            AddErrorsOfQuiet(result, release, window, wiring);
            if (result.GetResult(template) is not null && result.GetResult(wiring) is { Implicit: false })
            {
                result.AddError("--wiring and --from-template exclude each other: the template has its own. Synthesize it with another: ./wab.cs synth -c wiring=guide");
            }
        });
        command.SetAction((parsed, cancellationToken) => new UpCommand(clock).RunAsync(
            attach.Read(parsed, new SimulatorOptions
            {
                Page = page,
                Port = parsed.GetValue(port)!.Value,
                Address = Uri.TryCreate(Environment.GetEnvironmentVariable("SIMULATOR_URL"), UriKind.Absolute, out Uri? address) ? address : null,
                BufferSeconds = parsed.GetValue(window)!.Value,
                Speed = parsed.GetValue(speed)!.Value,
                Access = access.Read(parsed),
                Template = parsed.GetValue(template),
                Quotas = parsed.GetValue(quotas) ?? QuotaSet.None,
                Wiring = parsed.GetValue(wiring) ?? Wiring.Queues,
                Release = parsed.GetValue(release) ?? (parsed.GetResult(window) is { Implicit: false } || parsed.GetValue(wiring) is Wiring.Guide ? ReleaseChoice.Window : ReleaseChoice.Quiet),
                Statuses = parsed.GetValue(statuses),
                FunctionsFolder = parsed.GetValue(functions),
                Storage = storage.Read(parsed),
                LambdaEndpoint = parsed.GetValue(lambdaEndpoint) is { } lambda ? new Uri(lambda) : null,
                Dashboard = new DashboardOptions
                {
                    Enabled = !parsed.GetValue(noDashboard),
                    Port = parsed.GetValue(dashboardPort)!.Value,
                    OtlpPort = parsed.GetValue(otlpPort)!.Value,
                },
            }),
            cancellationToken));
        return command;
    }

    private static Command PlayScenario(TimeProvider clock)
    {
        Argument<string?> name = new("scenario") { Description = "A scenario's name or a file; the list of scenarios when missing.", Arity = ArgumentArity.ZeroOrOne };
        Option<int?> window = Window("The buffer in seconds, instead of the scenario's.");
        Option<double?> speed = Speed("Seconds of the simulator's clock per real second, instead of the scenario's.");
        Option<QuotaSet?> quotas = Quotas($"{QuotasDescription} Instead of the scenario's.");
        Option<ReleaseChoice?> release = Choice<ReleaseChoice>("--release", "What ends a burst, instead of the scenario's: on a simulator of the scenario's own.");
        Option<Wiring?> wiring = WiringOption("With queues, or as in the guide without them: on a simulator of the scenario's own.");
        Option<string?> functions = Functions();
        Option<bool> rights = new("--rights") { Description = "Print which rights the functions' calls needed, in IAM's words: on a simulator of the scenario's own." };
        var command = new Command("scenario", "Play a scenario and judge it: exit code 0 when everything expected held.") { name, release, window, speed, quotas, wiring, functions, rights };
        command.Validators.Add(result => AddErrorsOfQuiet(result, release, window, wiring));
        command.SetAction((parsed, cancellationToken) => new ScenarioCommand(clock).RunAsync(
            parsed.GetValue(name),
            parsed.GetValue(release),
            parsed.GetValue(window),
            parsed.GetValue(speed),
            parsed.GetValue(quotas),
            parsed.GetValue(wiring),
            parsed.GetValue(functions),
            parsed.GetValue(rights),
            cancellationToken));
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

    private static Option<int?> Port(string name, int lowest, string description) => Number(name, lowest, 65_535, $"a port: {lowest} to 65535", description);

    private static Option<int?> Window(string description) => Number(
        "--window", BufferSettings.MinimumSeconds, BufferSettings.MaximumSeconds, $"{BufferSettings.MinimumSeconds} to {BufferSettings.MaximumSeconds} seconds: AWS allows no other batching window", description);

    private static Option<double?> Speed(string description) => Number(
        "--speed", CloudClock.MinimumSpeed, CloudClock.MaximumSpeed, $"{CloudClock.MinimumSpeed} to {CloudClock.MaximumSpeed:N0} seconds of the simulator's clock per real second", description);

    /// <summary>An option that takes a number within bounds.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="lowest">The lowest.</param>
    /// <param name="highest">The highest.</param>
    /// <param name="range">What it takes, in words.</param>
    /// <param name="description">What it is for.</param>
    private static Option<T?> Number<T>(string name, T lowest, T highest, string range, string description)
        where T : struct, INumber<T> => new(name)
        {
            Description = description,
            CustomParser = result =>
            {
                string text = result.Tokens[0].Value;
                if (T.TryParse(text, CultureInfo.InvariantCulture, out T number) && number >= lowest && number <= highest)
                {
                    return number;
                }

                result.AddError($"{name} {text} is not {range}.");
                return null;
            },
        };

    private static Option<QuotaSet?> Quotas(string description) => Choice<QuotaSet>("--quotas", description);

    private static void AddErrorsOfQuiet(CommandResult result, Option<ReleaseChoice?> release, Option<int?> window, Option<Wiring?> wiring)
    {
        if (result.GetValue(release) is not ReleaseChoice.Quiet)
        {
            return;
        }

        if (result.GetResult(window) is { Implicit: false })
        {
            result.AddError("--window and --release quiet exclude each other: quiet has no window; quiet_seconds and quiet_max_seconds of the parameter say how long it is waited.");
        }

        if (result.GetValue(wiring) is Wiring.Guide)
        {
            result.AddError("--release quiet needs --wiring queues: what may not go yet waits in the queue.");
        }
    }

    private static Option<Wiring?> WiringOption(string description) => Choice<Wiring>("--wiring", description);

    private static Option<T?> Choice<T>(string name, string description)
        where T : struct, Enum
    {
        Dictionary<string, T> choices = Enum.GetValues<T>().ToDictionary(choice => choice.ToString().ToLowerInvariant());
        var option = new Option<T?>(name)
        {
            Description = description,
            HelpName = string.Join('|', choices.Keys),
            CustomParser = result =>
            {
                string text = result.Tokens[0].Value;
                if (choices.TryGetValue(text, out T choice))
                {
                    return choice;
                }

                string suggestion = Suggestion.For(text, choices.Keys);
                result.AddError($"{name} {text} is not {string.Join(" or ", choices.Keys)}{(suggestion.Length > 0 ? suggestion : ".")}");
                return null;
            },
        };
        option.CompletionSources.Add([.. choices.Keys]);
        return option;
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
}
