using LocalAws.Endpoint;
using LocalAws.Lambda.Functions;
using WhatsAppBuffer.Topology;

namespace WhatsAppBuffer.Simulator.App.Deployment.Templates;

/// <summary>
/// Reads from a synthesized template what a local cloud can set up. Types it does not imitate are left out and listed; so are settings that make
/// no difference here (encryption, backups, roles, logs). Any other setting is carried over or refused by name.
/// </summary>
/// <param name="account">Whose ARNs.</param>
/// <param name="endpoint">Where queue URLs lead.</param>
/// <param name="codeOf">How to start a function of the system.</param>
internal sealed class TemplateReader(AwsAccount account, Uri endpoint, Func<FunctionSpec, FunctionCode> codeOf)
{
    private static readonly Dictionary<string, string[]> WithoutEffect = new()
    {
        [ResourceTypes.Table] = ["DeletionProtectionEnabled", "PointInTimeRecoverySpecification", "SSESpecification", "TableClass", "Tags"],
        [ResourceTypes.Topic] = ["KmsMasterKeyId", "Tags", "TracingConfig"],
        [ResourceTypes.Subscription] = [],
        [ResourceTypes.Queue] = ["KmsDataKeyReusePeriodSeconds", "KmsMasterKeyId", "SqsManagedSseEnabled", "Tags"],
        [ResourceTypes.Bucket] =
        [
            "BucketEncryption", "LifecycleConfiguration", "LoggingConfiguration", "OwnershipControls", "PublicAccessBlockConfiguration", "Tags", "VersioningConfiguration",
        ],
        [ResourceTypes.Parameter] = ["Description", "Tags"],
        [ResourceTypes.Function] = ["Architectures", "Code", "Description", "LoggingConfig", "Role", "Tags", "TracingConfig"],
        [ResourceTypes.InvokeConfig] = [],
        [ResourceTypes.Rule] = ["Tags"],
        [ResourceTypes.Mapping] = ["MetricsConfig", "Tags"],
    };

    private readonly FunctionReader _functions = new(codeOf);

    /// <exception cref="UserErrorException">Something cannot be worked out or is not imitated; the message names template, resource and property.</exception>
    public TemplateContents Read(Template template)
    {
        var intrinsics = new Intrinsics(template, account, endpoint);
        var resources = new List<CloudResource>();
        var invokeConfigs = new Dictionary<string, AsyncInvocationSettings>();
        var created = new List<string>();
        var ignored = new List<IgnoredPart>();
        foreach (TemplateResource resource in template.Resources.Values)
        {
            if (!WithoutEffect.TryGetValue(resource.Type, out string[]? withoutEffect) || ReachesPeople(resource))
            {
                ignored.Add(new IgnoredPart(resource.Type, resource.Id));
                continue;
            }

            RefuseCondition(template, resource);
            var properties = new ResourceProperties($"{template.Name}: {resource.Id}", resource.Properties, intrinsics);
            ignored.AddRange(properties.Ignore(withoutEffect).Select(name => new IgnoredPart(resource.Type, name, IsProperty: true)));
            if (resource.Type == ResourceTypes.InvokeConfig)
            {
                (string function, AsyncInvocationSettings settings) = FunctionReader.InvokeConfig(properties);
                invokeConfigs[function] = settings;
            }
            else
            {
                resources.Add(Read(resource, properties, intrinsics.Ids, template));
            }

            properties.RefuseTheRest();
            created.Add(resource.Type);
        }

        return new TemplateContents(template.Name, [.. resources.Select(resource => Complete(resource, invokeConfigs))], created, ignored);
    }

    private CloudResource Read(TemplateResource resource, ResourceProperties properties, PhysicalIds ids, Template template) => resource.Type switch
    {
        ResourceTypes.Table => TableReader.Read(resource, ids.Name(resource, "TableName"), properties),
        ResourceTypes.Topic => new TopicResource(resource.Id, Named(properties, ids.Name(resource, "TopicName"), "TopicName"), properties.Rest()),
        ResourceTypes.Queue => new QueueResource(resource.Id, Named(properties, ids.Name(resource, "QueueName"), "QueueName"), properties.Rest()),
        ResourceTypes.Bucket => new BucketResource(resource.Id, Named(properties, ids.BucketName(resource), "BucketName")),
        ResourceTypes.Parameter => new ParameterResource(
            resource.Id, Named(properties, ids.Name(resource, "Name"), "Name"), properties.RequiredText("Value"), properties.RequiredText("Type")),
        ResourceTypes.Function => _functions.Function(resource, ids.Name(resource, "FunctionName"), properties),
        ResourceTypes.Subscription => new SubscriptionResource(
            resource.Id, properties.RequiredText("TopicArn"), properties.RequiredText("Protocol"), properties.RequiredText("Endpoint"), properties.Rest()),
        ResourceTypes.Rule => RuleReader.Read(resource, ids.Name(resource, "Name"), properties),
        _ => MappingReader.Read(resource, properties, id => TableOf(id, template, ids)),
    };

    private static CloudResource Complete(CloudResource resource, Dictionary<string, AsyncInvocationSettings> invokeConfigs) =>
        resource is FunctionResource function && invokeConfigs.TryGetValue(function.Definition.Name, out AsyncInvocationSettings? settings)
            ? function with { Definition = function.Definition with { AsyncInvocation = settings } }
            : resource;

    private static string Named(ResourceProperties properties, string name, string property)
    {
        properties.Ignore(property);
        return name;
    }

    private static string? TableOf(string id, Template template, PhysicalIds ids) =>
        template.Resources.TryGetValue(id, out TemplateResource? table) && table.Type == ResourceTypes.Table ? ids.Name(table, "TableName") : null;

    // Nobody reads mail or text messages here.
    private static bool ReachesPeople(TemplateResource resource) =>
        resource.Type == ResourceTypes.Subscription && resource.Properties["Protocol"]?.ToString() is "email" or "email-json" or "sms";

    private static void RefuseCondition(Template template, TemplateResource resource)
    {
        if (resource.Condition is not null)
        {
            throw new UserErrorException($"{template.Name}: {resource.Id} exists only on the condition {resource.Condition}, and conditions are not worked out here.");
        }
    }
}
