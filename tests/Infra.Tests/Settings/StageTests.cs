using System.Text.Json.Nodes;
using Infra.Tests.Synthesis;
using WhatsAppBuffer.Infra;
using WhatsAppBuffer.Infra.Settings;

namespace Infra.Tests.Settings;

/// <summary>A deployment's settings are a file, and what stands is not taken away by forgetting them.</summary>
public sealed class StageTests : IDisposable
{
    private readonly TemporaryFolder _root = new();
    private readonly List<string> _told = [];

    public StageTests() => Write("infra/cdk.json", """{ "context": { "@aws-cdk/core:checkSecretUsage": true, "retentionDays": 40 } }""");

    public void Dispose() => _root.Dispose();

    [Fact]
    public void A_stage_is_read_from_its_file_and_what_is_given_by_hand_wins_and_is_shown()
    {
        Write("deploy/care.json", """
            { "$schema": "./stage.schema.json", "bufferSeconds": 10, "prefix": "care", "tags": { "team": "care" }, "functions": { "whatsapp_event_handler": { "concurrency": 8, "memory": 1024 } } }
            """);

        DeploymentSettings settings = Settings("-c", "stage=care", "--context=bufferSeconds=5", "-c", "functions.on_raw_messages.timeout=60");

        Assert.Equal((5, 40, "WhatsAppBuffer-care", "care"), (settings.BufferSeconds, settings.RetentionDays, settings.StackName, settings.Tags["team"]));
        Assert.Equal((8, 1024), (settings.Functions["whatsapp_event_handler"].Queue!.Concurrency, settings.Functions["whatsapp_event_handler"].MemoryMegabytes));
        Assert.Equal((60, 90), (settings.Functions["on_raw_messages"].TimeoutSeconds, settings.Functions["on_raw_messages"].Queue!.VisibilityTimeoutSeconds));
        Assert.Contains("bufferSeconds=5 (given by hand; care.json says 10)", _told);
        Assert.Contains("functions.on_raw_messages.timeout=60 (given by hand; care.json says nothing)", _told);
    }

    [Fact]
    public void Everything_that_is_wrong_in_a_file_is_said_at_once()
    {
        Write("deploy/wrong.json", """{ "bufferSeconds": 0, "bufferSecs": 5, "functions": { "whatsapp_event_handler": { "timeout": 10 } }, "tableKeyArn": "alias/mine", "logRetentionDays": 31 }""");

        string problems = Assert.Throws<DeploymentException>(() => Settings("-c", "stage=wrong")).Message;

        Assert.All(["bufferSeconds is '0'", "'bufferSecs' is not a context key", "functions.whatsapp_event_handler.timeout is '10': give a whole number from 60 to 900", "tableKeyArn is 'alias/mine'", "logRetentionDays is '31'"],
            problem => Assert.Contains(problem, problems, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("[]", "the whole file")]
    [InlineData("""{ "tags": ["a"] }""", "'tags' of a stage is Array")]
    [InlineData("{", "is not JSON")]
    public void A_file_that_cannot_be_read_is_named(string json, string problem)
    {
        Write("deploy/wrong.json", json);

        Assert.Contains(problem, Assert.Throws<DeploymentException>(() => Settings("-c", "stage=wrong")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stage_without_a_file_lists_those_that_have_one()
    {
        Write("deploy/care.json", "{}");
        Write("deploy/stage.schema.json", "{}");

        Assert.EndsWith("There are care.", Assert.Throws<DeploymentException>(() => Settings("-c", "stage=cure")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_schema_knows_the_keys_and_the_checked_in_stages_keep_to_it()
    {
        JsonObject properties = JsonNode.Parse(File.ReadAllText(Repository.Path("deploy", "stage.schema.json")))!["properties"]!.AsObject();
        string known = Assert.Throws<DeploymentException>(() => DeploymentSettings.Parse(new Dictionary<string, string> { ["nothing"] = "" })).Message.Split("they are ")[1].TrimEnd('.');
        string[] keys = [.. known.Split(", ").Where(key => key is not ("stage" or "configCreatedWith" or "firstDeployment" or "tags.NAME"))];

        Assert.Equal(
            keys.Append("tags").Order(StringComparer.Ordinal),
            properties.Where(property => property.Key != "$schema").SelectMany(property => property.Key == "functions" ? OfFunctions(property.Value!) : [property.Key]).Order(StringComparer.Ordinal));
        foreach (string stage in (string[])["trial", "production"])
        {
            StageFile file = StageFile.Read(Repository.Path("deploy"), stage);
            Assert.NotNull(DeploymentSettings.Parse(file.Values));
            Assert.All(file.Values.Keys, key => Assert.True(properties.ContainsKey(key.Split('.')[0]), key));
        }

        static IEnumerable<string> OfFunctions(JsonNode functions) =>
            from function in functions["properties"]!.AsObject()
            from member in function.Value!["properties"]!.AsObject()
            select $"functions.{function.Key}.{member.Key}";
    }

    [Theory]
    [InlineData("""{ "alarmEmail": "a@example.com" }""", "{}", "Alarms would go nowhere")]
    [InlineData("{}", """{ "removalPolicy": "destroy" }""", "would lose their protection")]
    [InlineData("{}", """{ "pointInTimeRecovery": false }""", "continuous backup would end")]
    [InlineData("""{ "instanceId": "11111111-2222-3333-4444-555555555555" }""", "{}", "instanceId was 11111111-2222-3333-4444-555555555555, and nothing gives it any more.")]
    public void What_a_second_deployment_would_take_away_is_refused(string before, string after, string sentence)
    {
        Write("deploy/care.json", after);

        Assert.Equal(SettingsCommand.Refused, Run(Deployed("WhatsAppBuffer", before), "-c", "stage=care"));
        Assert.Contains(_told, line => line.StartsWith("Taken away: ", StringComparison.Ordinal) && line.Contains(sentence, StringComparison.Ordinal));
    }

    [Fact]
    public void A_prefix_that_was_forgotten_is_a_second_system_and_refused()
    {
        Write("deploy/care.json", "{}");

        Assert.Equal(SettingsCommand.Refused, Run(Deployed("WhatsAppBuffer-care", """{ "stage": "care", "prefix": "care" }"""), "-c", "stage=care"));
        Assert.Contains(_told, line => line.Contains("is deployed as WhatsAppBuffer-care", StringComparison.Ordinal));
    }

    [Fact]
    public void What_only_changes_is_shown_and_goes()
    {
        Write("deploy/care.json", """{ "bufferSeconds": 10, "alarmTopicArn": "arn:aws:sns:eu-west-1:111122223333:oncall" }""");
        string before = """{ "stage": "care", "retentionDays": "40", "bufferSeconds": 20, "alarmTopicArn": "arn:aws:sns:eu-west-1:111122223333:old" }""";

        Assert.Equal(0, Run(Deployed("WhatsAppBuffer", before), "-c", "stage=care"));
        Assert.Contains("Changed: bufferSeconds: 20 → 10", _told);
    }

    [Fact]
    public void The_launcher_learns_what_to_publish_and_whether_it_is_the_first_time()
    {
        Write("deploy/care.json", """{ "packaging": "managed", "architecture": "arm64" }""");
        using var output = new StringWriter();

        Assert.Equal(0, new SettingsCommand(_root.Path, output, _told.Add).Run(["-c", "stage=care", "--deployed", Deployed("Another", "{}")]));

        Assert.Equal("""{"StackName":"WhatsAppBuffer","Managed":true,"Architecture":"arm64","Exists":false,"ConfigCreatedWith":null}""", output.ToString().Trim());
    }

    [Theory]
    [InlineData("CREATE_COMPLETE", true)]
    [InlineData("UPDATE_ROLLBACK_COMPLETE", true)]
    [InlineData("ROLLBACK_COMPLETE", false)]
    public void A_stack_whose_creation_failed_never_stood(string status, bool stands)
    {
        DeployedStack[] stacks = DeployedStack.Read($$"""{ "Stacks": [{ "StackName": "WhatsAppBuffer", "StackStatus": "{{status}}" }] }""");

        Assert.Equal(stands, stacks.Length == 1);
    }

    private DeploymentSettings Settings(params string[] arguments) =>
        DeploymentSettings.Parse(Context.Of(Context.Given(arguments, File.ReadAllText(Path.Combine(_root.Path, "infra", "cdk.json"))), _root.Path, _told.Add));

    private int Run(string deployed, params string[] arguments) => new SettingsCommand(_root.Path, TextWriter.Null, _told.Add).Run([.. arguments, "--deployed", deployed]);

    /// <summary>What the AWS CLI tells of a stack that was deployed with settings.</summary>
    private string Deployed(string name, string settings)
    {
        Write("before/before.json", settings);
        var given = new DeploymentSettings { Given = StageFile.Read(Path.Combine(_root.Path, "before"), "before").Values };
        var stack = new JsonObject
        {
            ["Stacks"] = new JsonArray(new JsonObject
            {
                ["StackName"] = name,
                ["Outputs"] = new JsonArray(new JsonObject { ["OutputKey"] = "DeployedSettings", ["OutputValue"] = DeployedSettings.Write(given) }),
            }),
        };
        Write("deployed.json", stack.ToJsonString());
        return Path.Combine(_root.Path, "deployed.json");
    }

    private void Write(string path, string text) => _root.Write(path, System.Text.Encoding.UTF8.GetBytes(text));
}
