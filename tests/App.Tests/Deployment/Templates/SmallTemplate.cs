using WhatsAppBuffer.Simulator.App.Deployment.Templates;
using LocalAws.Endpoint;
using LocalAws.Lambda.Functions;

namespace App.Tests.Deployment.Templates;

/// <summary>Reads templates of a few resources, and the whole one that the CDK app synthesizes.</summary>
internal static class SmallTemplate
{
    public static AwsAccount Account { get; } = new();

    public static Uri Endpoint { get; } = new("http://127.0.0.1:4766/");

    public static FunctionCode.Program Code { get; } = new("program");

    public static string Synthesized { get; } = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Templates", "WhatsAppBuffer.template.json"));

    public static TemplateContents Read(string template) => new TemplateReader(Account, Endpoint, _ => Code).Read(Template.Parse("t.json", template));

    /// <summary>A template with these resources.</summary>
    public static TemplateContents ReadResources(string resources) => Read($$"""{ "Resources": { {{resources}} } }""");

    /// <summary>What a parameter's value comes to, beside one resource of each kind.</summary>
    public static string Evaluate(string value)
    {
        TemplateContents read = Read($$"""
            {
              "Parameters": {
                "Given": { "Type": "String", "Default": "the default" },
                "Open": { "Type": "String" },
                "Elsewhere": { "Type": "AWS::SSM::Parameter::Value<String>", "Default": "/somewhere" }
              },
              "Resources": {
                "Probe": { "Type": "AWS::SSM::Parameter", "Properties": { "Name": "/probe", "Type": "String", "Value": {{value}} } },
                "Table": { "Type": "AWS::DynamoDB::Table", "Properties": { "TableName": { "Fn::Sub": "raw-${AWS::Region}" }, "BillingMode": "PAY_PER_REQUEST" } },
                "Topic": { "Type": "AWS::SNS::Topic", "Properties": { "TopicName": "in" } },
                "Queue": { "Type": "AWS::SQS::Queue", "Properties": { "QueueName": "dead" } },
                "Nameless": { "Type": "AWS::SQS::Queue" },
                "Function": { "Type": "AWS::Lambda::Function", "Properties": { "FunctionName": "x_on_raw_messages" } },
                "Key": { "Type": "AWS::KMS::Key" }
              }
            }
            """);
        return read.Resources.OfType<WhatsAppBuffer.Simulator.App.Deployment.ParameterResource>().Single().Value;
    }
}
