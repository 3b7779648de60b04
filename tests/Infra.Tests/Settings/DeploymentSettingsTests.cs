using System.Runtime.InteropServices;
using Infra.Tests.Synthesis;
using WhatsAppBuffer.Infra;
using WhatsAppBuffer.Infra.Settings;
using WhatsAppBuffer.Topology;

namespace Infra.Tests.Settings;

public class DeploymentSettingsTests
{
    [Fact]
    public void Without_context_everything_has_its_default()
    {
        DeploymentSettings settings = Parse();

        Assert.Equal(new DeploymentSettings(), settings);
        Assert.Equal((20, BufferWindow.Tumbling, 30), (settings.BufferSeconds, settings.Window, settings.RetentionDays));
        Assert.Equal((PackageKind.Native, Architecture.X64), (settings.Packaging, settings.Architecture));
        Assert.Equal((DataRemoval.Retain, true), (settings.RemovalPolicy, settings.PointInTimeRecovery));
        Assert.Equal("WhatsAppBuffer", settings.StackName);
    }

    [Fact]
    public void Every_key_is_read()
    {
        DeploymentSettings settings = Parse(
            ("bufferSeconds", "5"), ("window", "batching"), ("retentionDays", "90"), ("packaging", "managed"), ("architecture", "arm64"),
            ("instanceId", Deployments.InstanceId), ("contactFlowId", Deployments.ContactFlowId), ("alarmEmail", "a@example.com"),
            ("removalPolicy", "destroy"), ("pointInTimeRecovery", "false"), ("otlpEndpoint", "http://collector:4318"), ("prefix", "dev"),
            ("maxMessageCharacters", "4096"), ("sendCourtesies", "false"));

        Assert.Equal(
            new DeploymentSettings
            {
                BufferSeconds = 5,
                Window = BufferWindow.Batching,
                RetentionDays = 90,
                Chats = new ChatDefaults { MaxMessageCharacters = 4096, SendCourtesies = false },
                Packaging = PackageKind.Managed,
                Architecture = Architecture.Arm64,
                InstanceId = Deployments.InstanceId,
                ContactFlowId = Deployments.ContactFlowId,
                AlarmEmail = "a@example.com",
                RemovalPolicy = DataRemoval.Destroy,
                PointInTimeRecovery = false,
                OtlpEndpoint = "http://collector:4318",
                Prefix = "dev",
            },
            settings with { Given = new DeploymentSettings().Given });
        Assert.Equal(14, settings.Given.Count);
        Assert.Equal(("WhatsAppBuffer-dev", "dev_raw_messages", "/dev/a/b"), (settings.StackName, settings.NameOf("raw_messages"), settings.ParameterOf("/a/b")));
    }

    [Theory]
    [InlineData("bufferSeconds", "0", "give a whole number from 1 to 300")]
    [InlineData("bufferSeconds", "301", "give a whole number from 1 to 300")]
    [InlineData("bufferSeconds", "20.5", "give a whole number from 1 to 300")]
    [InlineData("bufferSeconds", "", "give a whole number from 1 to 300")]
    [InlineData("window", "sliding", "give tumbling or batching")]
    [InlineData("retentionDays", "0", "give a whole number from 1 to 365")]
    [InlineData("retentionDays", "366", "give a whole number from 1 to 365")]
    [InlineData("maxMessageCharacters", "15", "give a whole number from 16 to 16384")]
    [InlineData("sendCourtesies", "maybe", "give true or false")]
    [InlineData("packaging", "docker", "give native or managed")]
    [InlineData("architecture", "x86", "give x64 or arm64")]
    [InlineData("architecture", "wasm", "give x64 or arm64")]
    [InlineData("instanceId", "arn:aws:connect:eu-west-1:111122223333:instance/11111111-2222-3333-4444-555555555555", "what follows 'instance/' in its ARN")]
    [InlineData("contactFlowId", "my-flow", "what follows 'contact-flow/' in its ARN")]
    [InlineData("alarmEmail", "oncall", "give an e-mail address")]
    [InlineData("alarmTopicArn", "arn:aws:sns:eu-west-1:111122223333:oncall.fifo", "give the ARN of a standard SNS topic")]
    [InlineData("removalPolicy", "snapshot", "give retain or destroy")]
    [InlineData("pointInTimeRecovery", "maybe", "give true or false")]
    [InlineData("otlpEndpoint", "https://user:key@otlp.example.com", "without user, password or query")]
    [InlineData("otlpEndpoint", "https://otlp.example.com?api-key=1", "without user, password or query")]
    [InlineData("otlpEndpoint", "otlp.example.com", "give an http(s) URL")]
    [InlineData("prefix", "Dev", "1–16 lower-case letters and digits")]
    [InlineData("prefix", "aws1", "not beginning with 'aws' or 'ssm'")]
    [InlineData("prefix", "abcdefghijklmnopq", "1–16 lower-case letters and digits")]
    public void A_value_that_cannot_be_used_is_refused_with_its_key_and_what_to_give(string key, string value, string advice)
    {
        var refused = Assert.Throws<DeploymentException>(() => Parse((key, value)));

        Assert.StartsWith($"Context key {key} is '{value}': ", refused.Message, StringComparison.Ordinal);
        Assert.Contains(advice, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_misspelt_key_is_refused_and_the_keys_are_listed()
    {
        var refused = Assert.Throws<DeploymentException>(() => Parse(("bufferSecond", "5")));

        Assert.StartsWith("'bufferSecond' is not a context key of this app; they are bufferSeconds, window, ", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("@aws-cdk/core:checkSecretUsage")]
    [InlineData("aws:cdk:enable-path-metadata")]
    [InlineData("acknowledged-issue-numbers")]
    [InlineData("cli-telemetry")]
    public void Keys_of_the_CDK_itself_are_left_alone(string key)
    {
        Assert.Equal(new DeploymentSettings(), Parse((key, "true")));
    }

    [Fact]
    public void All_that_is_wrong_is_told_at_once()
    {
        var refused = Assert.Throws<DeploymentException>(() => Parse(("bufferSeconds", "0"), ("window", "x"), ("colour", "red")));

        Assert.Equal(3, refused.Message.Split(Environment.NewLine).Length);
    }

    [Fact]
    public void A_flow_without_its_instance_is_refused()
    {
        var refused = Assert.Throws<DeploymentException>(() => Parse(("contactFlowId", Deployments.ContactFlowId)));

        Assert.Equal("contactFlowId needs instanceId as well.", refused.Message);
    }

    [Fact]
    public void Where_the_customer_ends_a_burst_what_belongs_to_the_clock_is_refused_by_name()
    {
        Assert.Equal(ReleaseChoice.Quiet, Parse(("release", "quiet")).Release);
        Assert.StartsWith("bufferSeconds is of release=window; ", Refusal(("release", "quiet"), ("bufferSeconds", "5")), StringComparison.Ordinal);
        Assert.StartsWith("window is of release=window; ", Refusal(("release", "quiet"), ("window", "batching")), StringComparison.Ordinal);
        Assert.StartsWith("release=quiet needs wiring=queues", Refusal(("release", "quiet"), ("wiring", "guide")), StringComparison.Ordinal);
        Assert.Contains("give window or quiet", Refusal(("release", "noisy")), StringComparison.Ordinal);

        static string Refusal(params (string Key, string Value)[] context) => Assert.Throws<DeploymentException>(() => Parse(context)).Message;
    }

    [Fact]
    public void Two_places_for_alarms_are_refused()
    {
        var refused = Assert.Throws<DeploymentException>(() => Parse(("alarmEmail", "a@example.com"), ("alarmTopicArn", "arn:aws:sns:eu-west-1:111122223333:oncall")));

        Assert.Equal("Give alarmEmail or alarmTopicArn, not both.", refused.Message);
    }

    private static DeploymentSettings Parse(params (string Key, string Value)[] context) =>
        DeploymentSettings.Parse(context.ToDictionary(pair => pair.Key, pair => pair.Value));
}
