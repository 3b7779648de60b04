using WhatsAppBuffer.Simulator.App;

namespace App.Tests.Deployment.Templates;

public class IntrinsicsTests
{
    [Theory]
    [InlineData("""{ "Ref": "Table" }""", "raw-us-east-1")]
    [InlineData("""{ "Ref": "Topic" }""", "arn:aws:sns:us-east-1:123456789012:in")]
    [InlineData("""{ "Ref": "Queue" }""", "http://127.0.0.1:4766/123456789012/dead")]
    [InlineData("""{ "Ref": "Function" }""", "x_on_raw_messages")]
    [InlineData("""{ "Ref": "Probe" }""", "/probe")]
    [InlineData("""{ "Ref": "Given" }""", "the default")]
    [InlineData("""{ "Ref": "AWS::Region" }""", "us-east-1")]
    [InlineData("""{ "Ref": "AWS::AccountId" }""", "123456789012")]
    public void Ref_is_what_CloudFormation_answers_for_the_type(string expression, string value) => Assert.Equal(value, SmallTemplate.Evaluate(expression));

    [Theory]
    [InlineData("""{ "Fn::GetAtt": ["Table", "Arn"] }""", "arn:aws:dynamodb:us-east-1:123456789012:table/raw-us-east-1")]
    [InlineData("""{ "Fn::GetAtt": "Function.Arn" }""", "arn:aws:lambda:us-east-1:123456789012:function:x_on_raw_messages")]
    [InlineData("""{ "Fn::GetAtt": ["Queue", "Arn"] }""", "arn:aws:sqs:us-east-1:123456789012:dead")]
    [InlineData("""{ "Fn::GetAtt": ["Queue", "QueueName"] }""", "dead")]
    [InlineData("""{ "Fn::GetAtt": ["Topic", "TopicName"] }""", "in")]
    public void GetAtt_is_what_CloudFormation_answers_for_the_type(string expression, string value) => Assert.Equal(value, SmallTemplate.Evaluate(expression));

    [Theory]
    [InlineData("""{ "Fn::Join": ["", ["arn:", { "Ref": "AWS::Partition" }, ":iam"]] }""", "arn:aws:iam")]
    [InlineData("""{ "Fn::Sub": "${AWS::URLSuffix}/${Queue.QueueName}/${!Literal}" }""", "amazonaws.com/dead/${Literal}")]
    [InlineData("""{ "Fn::Sub": ["${Own}-${Table}", { "Own": { "Ref": "Given" } }] }""", "the default-raw-us-east-1")]
    [InlineData("""{ "Fn::Select": [5, { "Fn::Split": [":", { "Ref": "Topic" }] }] }""", "in")]
    [InlineData("""{ "Fn::Select": ["0", ["a", "b"]] }""", "a")]
    public void Functions_of_functions_are_worked_out_from_within(string expression, string value) => Assert.Equal(value, SmallTemplate.Evaluate(expression));

    [Fact]
    public void A_resource_without_a_name_is_called_by_its_logical_id() =>
        Assert.Equal("Nameless", SmallTemplate.Evaluate("""{ "Fn::GetAtt": ["Nameless", "QueueName"] }"""));

    [Theory]
    [InlineData("""{ "Ref": "Nothing" }""", "Nothing")]
    [InlineData("""{ "Ref": "Key" }""", "AWS::KMS::Key")]
    [InlineData("""{ "Ref": "Open" }""", "Open, which has no default value")]
    [InlineData("""{ "Ref": "Elsewhere" }""", "Elsewhere, which has no default value")]
    [InlineData("""{ "Fn::GetAtt": ["Table", "StreamArn"] }""", "EventSourceArn")]
    [InlineData("""{ "Fn::GetAtt": ["Topic", "Colour"] }""", "Topic.Colour")]
    [InlineData("""{ "Fn::GetAtt": "Topic" }""", "names no attribute")]
    [InlineData("""{ "Fn::ImportValue": "x" }""", "Fn::ImportValue")]
    [InlineData("""{ "Fn::If": ["c", "a", "b"] }""", "Fn::If")]
    [InlineData("""{ "Fn::Select": [2, ["a", "b"]] }""", "item 2 of 2")]
    [InlineData("""{ "Fn::Join": ["", "no list"] }""", "needs a list")]
    [InlineData("""{ "Ref": "AWS::NoValue" }""", "must be a text")]
    public void What_cannot_be_worked_out_names_the_resource_the_property_and_the_reason(string expression, string reason)
    {
        var error = Assert.Throws<UserErrorException>(() => SmallTemplate.Evaluate(expression));

        Assert.StartsWith("t.json: Probe.Value", error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_refers_to_itself_is_an_error_and_no_endless_loop()
    {
        var error = Assert.Throws<UserErrorException>(() => SmallTemplate.ReadResources("""
            "A": { "Type": "AWS::SQS::Queue", "Properties": { "QueueName": { "Fn::GetAtt": ["B", "QueueName"] } } },
            "B": { "Type": "AWS::SQS::Queue", "Properties": { "QueueName": { "Fn::GetAtt": ["A", "QueueName"] } } }
            """));

        Assert.Contains("refers to itself", error.Message, StringComparison.Ordinal);
    }
}
