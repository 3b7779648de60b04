using System.Text.Json.Nodes;
using LocalAws.Endpoint;

namespace WhatsAppBuffer.Simulator.App.Deployment.Templates;

/// <summary>
/// What <c>Ref</c> and <c>Fn::GetAtt</c> answer for each type of resource. Source: CloudFormation's reference of resource types, return values.
/// A resource without a name is called by its logical id, where CloudFormation makes a name up.
/// </summary>
/// <param name="template">The template.</param>
/// <param name="account">Whose ARNs.</param>
/// <param name="endpoint">Where queue URLs lead.</param>
/// <param name="evaluate">Works out a name that is itself a function; told where it stands.</param>
internal sealed class PhysicalIds(Template template, AwsAccount account, Uri endpoint, Func<JsonNode?, string, JsonNode?> evaluate)
{
    private readonly HashSet<string> _resolving = [];

    /// <exception cref="UserErrorException">There is no such thing, or it has no value here.</exception>
    public string Ref(string id, string where) => PseudoParameter(id) ?? (template.Parameters.TryGetValue(id, out string? value)
        ? value ?? throw Error(where, $"refers to the parameter {id}, which has no default value")
        : Of(Resource(id, where), null, where));

    /// <exception cref="UserErrorException">There is no such thing, or it has no such attribute here.</exception>
    public string Attribute(string id, string attribute, string where) => Of(Resource(id, where), attribute, where);

    /// <summary>A resource's name.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="property">The property that gives it.</param>
    public string Name(TemplateResource resource, string property)
    {
        string where = $"{template.Name}: {resource.Id}.{property}";
        if (!_resolving.Add(resource.Id))
        {
            throw Error(where, "refers to itself");
        }

        try
        {
            return evaluate(resource.Properties[property], where)?.ToString() ?? resource.Id;
        }
        finally
        {
            _resolving.Remove(resource.Id);
        }
    }

    /// <summary>A bucket's name; where CloudFormation makes one up, it has no capital letters.</summary>
    public string BucketName(TemplateResource resource) => resource.Properties.ContainsKey("BucketName") ? Name(resource, "BucketName") : resource.Id.ToLowerInvariant();

    private string Of(TemplateResource resource, string? attribute, string where) => (resource.Type, attribute) switch
    {
        (ResourceTypes.Table, null) => Name(resource, "TableName"),
        (ResourceTypes.Table, "Arn") => account.Arn("dynamodb", $"table/{Name(resource, "TableName")}"),
        (ResourceTypes.Table, "StreamArn") => throw Error(where, $"needs the ARN of the stream of {resource.Id}, which only the EventSourceArn of a mapping can have here"),
        (ResourceTypes.Topic, null or "TopicArn") => account.Arn("sns", Name(resource, "TopicName")),
        (ResourceTypes.Topic, "TopicName") => Name(resource, "TopicName"),
        (ResourceTypes.Queue, null or "QueueUrl") => new Uri(endpoint, $"{account.Id}/{Name(resource, "QueueName")}").ToString(),
        (ResourceTypes.Queue, "Arn") => account.Arn("sqs", Name(resource, "QueueName")),
        (ResourceTypes.Queue, "QueueName") => Name(resource, "QueueName"),
        (ResourceTypes.Bucket, null) => BucketName(resource),
        (ResourceTypes.Bucket, "Arn") => $"arn:aws:s3:::{BucketName(resource)}",
        (ResourceTypes.Parameter, null) => Name(resource, "Name"),
        (ResourceTypes.Function, null) => Name(resource, "FunctionName"),
        (ResourceTypes.Function, "Arn") => account.Arn("lambda", $"function:{Name(resource, "FunctionName")}"),
        (ResourceTypes.Rule, null) => Name(resource, "Name"),
        (ResourceTypes.Rule, "Arn") => account.Arn("events", $"rule/{Name(resource, "Name")}"),
        _ => throw Error(where, $"refers to {resource.Id}{(attribute is null ? "" : $".{attribute}")}, and {resource.Type} has no such value here"),
    };

    private TemplateResource Resource(string id, string where) => template.Resources.GetValueOrDefault(id)
        ?? throw Error(where, $"refers to {id}, which the template neither declares as a resource nor as a parameter");

    private string? PseudoParameter(string id) => id switch
    {
        "AWS::Region" => account.Region,
        "AWS::AccountId" => account.Id,
        "AWS::Partition" => "aws",
        "AWS::URLSuffix" => "amazonaws.com",
        _ => null,
    };

    private static UserErrorException Error(string where, string what) => new($"{where} {what}.");
}
