using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.SNS;
using Constructs;

namespace WhatsAppBuffer.Infra.Resources;

/// <summary>What a <see cref="ServiceTopic"/> is made of.</summary>
internal sealed record ServiceTopicProps
{
    /// <summary>The topic's name.</summary>
    public required string Name { get; init; }

    /// <summary>The only service that may publish, such as <c>connect.amazonaws.com</c>.</summary>
    public required string Publisher { get; init; }

    /// <summary>Encrypts the messages.</summary>
    public required MessageKey Key { get; init; }
}

/// <summary>An SNS topic that one AWS service publishes to, for this account only, over TLS only, encrypted.</summary>
internal sealed class ServiceTopic : Construct
{
    public ServiceTopic(Construct scope, string id, ServiceTopicProps props)
        : base(scope, id)
    {
        Topic = new Topic(this, "Topic", new TopicProps { TopicName = props.Name, MasterKey = props.Key.Key, EnforceSSL = true });
        Topic.AddToResourcePolicy(new PolicyStatement(new PolicyStatementProps
        {
            Sid = "AllowPublisher",
            Principals = [new ServicePrincipal(props.Publisher)],
            Actions = ["sns:Publish"],
            Resources = [Topic.TopicArn],
            Conditions = ThisAccount.AsSource(this),
        }));
        props.Key.AllowPublisher(props.Publisher, props.Name);
    }

    /// <summary>The topic.</summary>
    public Topic Topic { get; }
}
