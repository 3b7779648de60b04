using System.Globalization;
using Microsoft.Extensions.Configuration;
using WhatsAppBuffer.Topology;

namespace WhatsAppBuffer.AppHost.Choices;

/// <summary>
/// What the developer chose, each as <c>--name value</c> on the command line or as <c>Parameters:name</c> in Aspire's usual places (user
/// secrets, <c>Parameters__name</c> in the environment).
/// </summary>
/// <param name="Storage"><c>storage</c>.</param>
/// <param name="Lambda"><c>lambda</c>.</param>
/// <param name="WindowSeconds"><c>window</c>: the buffer in seconds.</param>
/// <param name="Release"><c>release</c>: what ends a burst; the customer, unless a window is chosen.</param>
/// <param name="Speed"><c>speed</c>: seconds of the simulator's clock per real second.</param>
internal sealed record DeveloperChoices(StorageKind Storage, LambdaKind Lambda, int WindowSeconds, ReleaseChoice Release, double Speed)
{
    /// <summary>The same as of <c>./wab.cs up</c>.</summary>
    private const int DefaultPort = 4766;

    private static readonly Dictionary<string, StorageKind> Storages = new()
    {
        ["embedded"] = StorageKind.Embedded,
        ["dynamodb-local"] = StorageKind.DynamoDbLocal,
        ["localstack"] = StorageKind.LocalStack,
        ["aws"] = StorageKind.Aws,
    };

    private static readonly Dictionary<string, LambdaKind> Lambdas = new() { ["attached"] = LambdaKind.Attached, ["simulator"] = LambdaKind.Simulator, ["emulator"] = LambdaKind.Emulator };

    private static readonly Dictionary<string, ReleaseChoice> Releases = new() { ["quiet"] = ReleaseChoice.Quiet, ["window"] = ReleaseChoice.Window };

    /// <summary><c>port</c>: of the AWS endpoint on 127.0.0.1. <c>aspire run --isolated</c> and tests take a free one instead.</summary>
    public int Port { get; init; } = DefaultPort;

    /// <summary>The developer's own account; only with <see cref="StorageKind.Aws"/>.</summary>
    public OwnAccount? Account { get; init; }

    /// <summary>Unlocks LocalStack images newer than the last one that runs without.</summary>
    public string? LocalStackToken { get; init; }

    public string ReleaseName => Releases.First(known => known.Value == Release).Key;

    public string StorageName => NameOf(Storage);

    public string LambdaName => Lambdas.First(known => known.Value == Lambda).Key;

    /// <summary>Reads and checks them.</summary>
    /// <param name="configuration">The AppHost's configuration.</param>
    /// <param name="runtime">Asked only when it matters.</param>
    /// <param name="cancellationToken">Stops asking.</param>
    /// <exception cref="ChoiceException">A choice is unknown or cannot be had here.</exception>
    public static async Task<DeveloperChoices> ReadAsync(IConfiguration configuration, IContainerRuntime runtime, CancellationToken cancellationToken)
    {
        double speed = Number(configuration, "speed", 1, value => value > 0 && double.IsFinite(value), "a number above 0");
        StorageKind storage = await StorageAsync(OneOf(configuration, "storage", Storages), speed, runtime, cancellationToken);
        return new DeveloperChoices(
            storage,
            HostOf(OneOf(configuration, "lambda", Lambdas) ?? LambdaKind.Attached),
            (int)Number(configuration, "window", BufferSettings.DefaultSeconds, IsWindow, $"a whole number of seconds from {BufferSettings.MinimumSeconds} to {BufferSettings.MaximumSeconds}"),
            ReleaseOf(OneOf(configuration, "release", Releases), hasWindow: Setting(configuration, "window") is not null),
            speed)
        {
            Port = (int)Number(configuration, "port", DefaultPort, value => value == Math.Floor(value) && value is > 0 and <= ushort.MaxValue, "a port, 1 to 65535"),
            Account = storage == StorageKind.Aws ? OwnAccount.Read(configuration) : null,
            LocalStackToken = configuration["LOCALSTACK_AUTH_TOKEN"] is { Length: > 0 } token ? token : null,
        };
    }

    private static string NameOf(StorageKind storage) => Storages.First(known => known.Value == storage).Key;

    internal static string? Setting(IConfiguration configuration, string name) =>
        new[] { configuration[name], configuration[$"Parameters:{name}"] }.FirstOrDefault(value => !string.IsNullOrWhiteSpace(value));

    private static ReleaseChoice ReleaseOf(ReleaseChoice? asked, bool hasWindow) => (asked, hasWindow) switch
    {
        (ReleaseChoice.Quiet, true) => throw new ChoiceException("--window and --release quiet exclude each other: with quiet the customer ends a burst. Leave one out."),
        (null, true) => ReleaseChoice.Window,
        _ => asked ?? ReleaseChoice.Quiet,
    };

    private static LambdaKind HostOf(LambdaKind asked)
    {
#if !LAMBDA_TEST_TOOL
        if (asked == LambdaKind.Emulator)
        {
            throw new ChoiceException("--lambda emulator needs the package Aspire.Hosting.AWS, which the package feed of this build lacks: choose --lambda attached (breakpoints) or --lambda simulator, which need nothing.");
        }
#endif
        return asked;
    }

    /// <summary>A container is chosen only where one can start: what waits for a container that cannot waits for ever.</summary>
    private static async Task<StorageKind> StorageAsync(StorageKind? asked, double speed, IContainerRuntime runtime, CancellationToken cancellationToken)
    {
        if (speed != 1 && asked is not null and not StorageKind.Embedded)
        {
            throw new ChoiceException($"--storage {NameOf(asked.Value)} runs by the real clock: leave --speed out, or choose --storage embedded, which follows the simulator's.");
        }

        if (speed != 1 || asked is StorageKind.Embedded or StorageKind.Aws)
        {
            return asked ?? StorageKind.Embedded;
        }

        if (await runtime.FindAsync(cancellationToken) is not null)
        {
            return asked ?? StorageKind.LocalStack;
        }

        return asked is null
            ? StorageKind.Embedded
            : throw new ChoiceException(
                $"--storage {NameOf(asked.Value)} needs a container runtime, and none answers here. "
                + "Install and start Docker or Podman (see that `docker container ls` or `podman container ls` works), or choose --storage embedded, which needs nothing.");
    }

    private static TKind? OneOf<TKind>(IConfiguration configuration, string name, Dictionary<string, TKind> known)
        where TKind : struct =>
        Setting(configuration, name) is not { } value ? null
        : known.TryGetValue(value, out TKind kind) ? kind
        : throw new ChoiceException($"--{name} {value} is unknown. Choose one of: {string.Join(", ", known.Keys)}.");

    private static double Number(IConfiguration configuration, string name, double otherwise, Predicate<double> isValid, string meaning) =>
        Setting(configuration, name) is not { } text ? otherwise
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && isValid(value) ? value
        : throw new ChoiceException($"--{name} {text} is not {meaning}.");

    private static bool IsWindow(double value) => value == Math.Floor(value) && value is >= BufferSettings.MinimumSeconds and <= BufferSettings.MaximumSeconds;
}
