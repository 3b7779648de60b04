namespace WhatsAppBuffer.Simulator.App.Deployment.Templates;

/// <summary>The types of resources that are set up; all others are left out.</summary>
internal static class ResourceTypes
{
    public const string Table = "AWS::DynamoDB::Table";
    public const string Topic = "AWS::SNS::Topic";
    public const string Subscription = "AWS::SNS::Subscription";
    public const string Queue = "AWS::SQS::Queue";
    public const string Bucket = "AWS::S3::Bucket";
    public const string Parameter = "AWS::SSM::Parameter";
    public const string Function = "AWS::Lambda::Function";
    public const string InvokeConfig = "AWS::Lambda::EventInvokeConfig";
    public const string Rule = "AWS::Events::Rule";
    public const string Mapping = "AWS::Lambda::EventSourceMapping";
}
